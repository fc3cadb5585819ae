//go:build faults

package main

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
)

// offerFaults puts caselogFaults.panic() on the page, by which an end-to-end
// test has the program die. No build that is deployed has this file.
func offerFaults(host safejs.Value) error {
	// On a goroutine of its own, since an edge would recover it.
	f, err := jscall.Edge{}.Func("faults", func([]safejs.Value) { go panic("a deliberate fault") })
	if err != nil {
		return err
	}
	window, err := jscall.Get(host, "window")
	if err != nil {
		return err
	}
	object, err := jscall.Get(safejs.Global(), "Object")
	if err != nil {
		return err
	}
	_, err = jscall.Call(object, "assign", window, map[string]any{"caselogFaults": map[string]any{"panic": f}})
	return err
}
