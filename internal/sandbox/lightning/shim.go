package lightning

import (
	"bytes"
	"encoding/json"
)

// Shim is a stand-in for Salesforce's client library that somebody else has put into the softphone's frame. Its zero value does
// everything that the library does.
type Shim struct {
	// NoIDs makes saveLog call back at once with {success: true} and nothing else. The record is written all the same.
	NoIDs bool
	// DeafApex makes runApex do nothing but warn in the console: its callback is never called.
	DeafApex bool
	// Missing are methods that are not there at all.
	Missing []string
}

// Script is the shim as a script, to be run in the frame before whoever uses it.
func (s Shim) Script() string {
	script, _ := assets.ReadFile("assets/shim.js")
	lacks, _ := json.Marshal(map[string]any{"ids": s.NoIDs, "apexAnswers": s.DeafApex, "methods": s.Missing}) // plain data
	return string(bytes.Replace(script, []byte("__LACKS__"), lacks, 1))
}
