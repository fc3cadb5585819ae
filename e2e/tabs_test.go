//go:build e2e

package e2e

import (
	"context"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EASecondTabDoublesNothing(t *testing.T) {
	d := openDesk(t)
	d.openTab(chromium.Open)
	call := d.takes(twilio.Task{Deskphone: true})
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	// A second whole call: had the other tab made anything of the first, it would
	// be there by now.
	again := d.takes(twilio.Task{Deskphone: true})
	d.customerHangsUp(again)
	d.complete(again)
	d.keeps(sandbox.StoryOf(again))
	d.keeps(sandbox.StoryOf(call))
}

func TestE2EASecondTabTakesOver(t *testing.T) {
	d := openDesk(t)
	other := d.openTab(chromium.Open)
	call := d.ring(twilio.Task{Deskphone: true})
	d.accept(call)
	d.hasRows(call, 1)
	d.isPopped(call)
	d.page.Close()
	d.customerHangsUp(call)
	other.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

// openTab opens the console in another tab of the same browser, beside this one or in front of it. Its events come
// from the same worker.
func (d *desk) openTab(open func(ctx context.Context, address string) (*browser.Page, error)) *desk {
	d.t.Helper()
	tab := &desk{t: d.t, since: d.since}
	before := centre.Twilio.Tabs()
	page, err := open(d.soon(), sandbox.ConsoleURL)
	require.NoError(d.t, err)
	tab.page, tab.flex = page, page.Frame(sandbox.FlexHost)
	tab.agent = sandbox.Agent{Screen: tab.flex, Twilio: centre.Twilio}
	d.t.Cleanup(func() {
		if d.t.Failed() {
			tab.report()
		}
		page.Close()
	})
	require.NoError(d.t, tab.agent.Ready(d.soon()))
	d.comes("its connection", func() bool { return centre.Twilio.Tabs() > before })
	return tab
}
