//go:build faults

package main

import (
	"math/rand/v2"
	"strconv"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/jscall"
)

// offerFaults has the program die when anybody says anything on the broadcast channel
// caselogFaults, which reaches it in every thread, and says in the report that it
// listens, in other words in each life. It is for end-to-end tests: no build that is
// deployed has this file.
func offerFaults(host *flexbridge.Host) error {
	// On a goroutine of its own, since an edge would recover it.
	f, err := jscall.Edge{}.Func("faults", func([]safejs.Value) { go panic("a deliberate fault") })
	if err != nil {
		return err
	}
	constructor, err := jscall.Function(safejs.Global(), "BroadcastChannel")
	if err != nil {
		return err
	}
	channel, err := constructor.New("caselogFaults")
	if err != nil {
		return err
	}
	if err := channel.Set("onmessage", f); err != nil {
		return err
	}
	host.State("faults", "life "+strconv.Itoa(rand.Int()))
	return nil
}
