//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// patience bounds everything that is waited for. It says nothing about speed:
// the machine may be busy with something else.
const patience = 90 * time.Second

// desk is an agent's desk: a page of its own with a Flex that starts anew.
type desk struct {
	t     *testing.T
	agent sandbox.Agent
	page  *browser.Page
	flex  sandbox.Screen
	since int                  // calls on the wire before this desk was opened
	rung  []twilio.Reservation // for the report
}

// openDesk opens the console with Flex in it.
func openDesk(t *testing.T) *desk {
	t.Helper()
	return openDeskAt(t, sandbox.ConsoleURL, sandbox.FlexHost)
}

// openDeskAt opens an address where Flex is in the frame of a host, or is the
// page itself where there is none. The desk is ready to take calls.
func openDeskAt(t *testing.T, address, frame string) *desk {
	t.Helper()
	d := &desk{t: t, since: len(centre.Console.Wire())}
	ctx := d.soon()
	page, err := chromium.Open(ctx, address)
	require.NoError(t, err)
	d.page, d.flex = page, page
	if frame != "" {
		d.flex = page.Frame(frame)
	}
	d.agent = sandbox.Agent{Screen: d.flex, Twilio: centre.Twilio}
	t.Cleanup(d.leave)
	require.NoError(t, d.agent.Ready(ctx))
	return d
}

// leave takes everything away that the next desk should not find.
func (d *desk) leave() {
	if d.t.Failed() {
		d.report()
	}
	d.page.Close()
	for _, res := range centre.Twilio.Offers() {
		// A test that failed may have left anything; of these one fits, or neither.
		_ = centre.Twilio.Complete(res.SID)
		_ = centre.Twilio.CustomerCancels(res.SID)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	require.NoError(d.t, chromium.Wipe(ctx))
	for centre.Twilio.Tabs() > 0 {
		require.NoError(d.t, ctx.Err(), "the tab that was closed is still connected")
		time.Sleep(10 * time.Millisecond)
	}
}

func (d *desk) soon() context.Context {
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	d.t.Cleanup(cancel)
	return ctx
}

func (d *desk) ring(task twilio.Task) twilio.Reservation {
	d.t.Helper()
	res := centre.Twilio.Ring(task)
	d.rung = append(d.rung, res)
	return res
}

func (d *desk) accept(res twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, d.agent.Accept(d.soon(), res))
}

func (d *desk) hangUp(res twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, d.agent.HangUp(d.soon(), res))
}

func (d *desk) complete(res twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, d.agent.Complete(d.soon(), res))
}

func (d *desk) customerHangsUp(res twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, centre.Twilio.CustomerHangsUp(res.SID))
}

// keeps waits until the org keeps every promise for a reservation.
func (d *desk) keeps(st sandbox.Story) {
	d.t.Helper()
	require.NoError(d.t, centre.Await(d.soon(), st))
}

// wire is what this desk's frame has asked of Salesforce.
func (d *desk) wire() []lightning.Message { return centre.Console.Wire()[d.since:] }

// calls counts what this desk's frame has asked of one method.
func (d *desk) calls(method string) (n int) {
	for _, m := range d.wire() {
		if m.Method == method {
			n++
		}
	}
	return n
}

// says tells whether a line of the console holds all of these words.
func (d *desk) says(words ...string) bool {
	for _, l := range d.page.Console() {
		all := true
		for _, w := range words {
			all = all && strings.Contains(l.Text, w)
		}
		if all {
			return true
		}
	}
	return false
}

// comes waits until something is so.
func (d *desk) comes(what string, so func() bool) {
	d.t.Helper()
	require.Eventually(d.t, so, patience, 20*time.Millisecond, what)
}

// report tells all there is to know of a desk whose test has failed.
func (d *desk) report() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var b strings.Builder
	fmt.Fprintln(&b, "--- the frame's console, without complaints about what the sandbox does not have")
	for _, l := range d.page.Console() {
		if !strings.Contains(l.Text, "Failed to load resource") && !strings.Contains(l.Text, "EncodingError") {
			fmt.Fprintln(&b, l)
		}
	}
	fmt.Fprintln(&b, "--- the Open CTI wire")
	for _, m := range d.wire() {
		args, _ := json.Marshal(m.Args)
		fmt.Fprintf(&b, "%s %s #%d %s\n", m.At.UTC().Format(time.TimeOnly+".000"), m.Method, m.CallID, args)
	}
	fmt.Fprintln(&b, "--- the rows of this desk's reservations")
	logs, err := centre.Logs(ctx)
	if err != nil {
		fmt.Fprintln(&b, err)
	}
	for _, res := range d.rung {
		now, _ := centre.Twilio.Reservation(res.SID)
		fmt.Fprintln(&b, res.SID, "is", now.Status)
		for _, l := range logs {
			if l.Reservation == res.SID {
				row, _ := json.Marshal(l)
				fmt.Fprintln(&b, " ", string(row))
			}
		}
	}
	fmt.Fprintln(&b, "--- screen pops:", centre.Console.Pops())
	fmt.Fprintln(&b, "--- picture:", d.picture(ctx))
	d.t.Log(b.String())
}

func (d *desk) picture(ctx context.Context) string {
	png, err := d.page.Screenshot(ctx)
	if err != nil {
		return err.Error()
	}
	path := filepath.Join(pictures, strings.NewReplacer("/", "_", " ", "_").Replace(d.t.Name())+".png")
	if err := os.WriteFile(path, png, 0o644); err != nil {
		return err.Error()
	}
	return path
}
