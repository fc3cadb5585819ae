//go:build faults

package main

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/jscall"
)

// offerFaults puts caselogFaults.panic() on the page, by which an end-to-end
// test has the program die. No build that is deployed has this file.
func offerFaults(host *flexbridge.Host) error {
	// On a goroutine of its own, since an edge would recover it.
	f, err := jscall.Edge{}.Func("faults", func([]safejs.Value) { go panic("a deliberate fault") })
	if err != nil {
		return err
	}
	return jscall.Set(host.Window, "caselogFaults", map[string]any{"panic": f})
}
