package jscall

import "github.com/hack-pad/safejs"

// ParseJSON returns the value that text, JSON, describes. The page's own parser
// does it: Go's is 70 kB of download. It errors with a [*ThrownError] where text
// is not JSON.
func ParseJSON(text string) (safejs.Value, error) {
	v, err := invoke(jsonParse, text)
	return v, clean("", err)
}

// JSON returns v as JSON. It errors where v is not to be had as JSON: undefined,
// a function, a cycle.
func JSON(v safejs.Value) (string, error) {
	json, err := Get(safejs.Global(), "JSON")
	if err != nil {
		return "", err
	}
	text, err := Call(json, "stringify", v)
	if err != nil {
		return "", err
	}
	return String(text)
}
