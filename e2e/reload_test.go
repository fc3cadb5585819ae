//go:build e2e

package e2e

import (
	"strconv"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// In these tests the page goes away under a task. The calls are on a desk phone:
// one in the browser ends with its page.

func TestE2EReloadDuringTheCall(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{Deskphone: true})
	d.accept(call)
	d.hasRows(call, 1)
	d.isPopped(call)
	d.reload()
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	d.outboxIsEmpty()
}

func TestE2EReloadInWrapUp(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{Deskphone: true})
	d.accept(call)
	d.customerHangsUp(call)
	d.hasRows(call, 2)
	d.isPopped(call)
	d.reload()
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	d.outboxIsEmpty()
}

func TestE2EReloadBeforeSalesforceAnswers(t *testing.T) {
	for _, method := range []string{"runApex", "saveLog"} {
		t.Run(method, func(t *testing.T) {
			d := openDesk(t)
			centre.Console.LoseAnswer(method)
			t.Cleanup(func() { centre.Console.Unmute(method) })
			call := d.ring(twilio.Task{Deskphone: true})
			d.accept(call)
			d.asks(method)
			if method == "saveLog" {
				// A pop that is on its way when the page goes can't be told from one that was done.
				d.isPopped(call)
			}
			d.reload()
			centre.Console.Unmute(method)
			d.isPopped(call)
			d.customerHangsUp(call)
			d.complete(call)
			d.keeps(sandbox.StoryOf(call))
			d.outboxIsEmpty()
		})
	}
}

func TestE2ETheTaskEndsWhileThePageIsGone(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{Deskphone: true})
	d.accept(call)
	d.hasRows(call, 1)
	d.isPopped(call)
	require.NoError(t, d.page.Go(d.soon(), "about:blank"))
	d.comes("a Flex that hears nothing more", func() bool { return centre.Twilio.Tabs() == 0 })
	require.NoError(t, centre.Twilio.Complete(call.SID))
	require.NoError(t, d.page.Go(d.soon(), sandbox.ConsoleURL))
	require.NoError(t, d.agent.Ready(d.soon()))
	st := sandbox.StoryOf(call)
	st.Statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted}
	d.keeps(st)
	d.comes("a line that says so", func() bool { return d.says("caselog:", "ended while Flex was not open here") })
	d.outboxIsEmpty()
}

// reload loads the page again; the desk is ready when it returns.
func (d *desk) reload() {
	d.t.Helper()
	// For a moment after the reload the old frame still answers.
	require.NoError(d.t, d.flex.Eval(d.soon(), "void (window.isOld = true)", nil))
	require.NoError(d.t, d.page.Reload(d.soon()))
	d.comes("the new page's Flex", func() bool {
		isNew := false
		err := d.flex.Eval(d.soon(), "!window.isOld && document.querySelector("+strconv.Quote(twilio.Desktop)+") !== null", &isNew)
		return err == nil && isNew
	})
	require.NoError(d.t, d.agent.Ready(d.soon()))
}

// hasRows waits until the org has so many rows of a reservation.
func (d *desk) hasRows(res twilio.Reservation, n int) {
	d.t.Helper()
	d.comes("the rows so far", func() bool { return len(d.logsOf(res)) == n })
}

// outboxIsEmpty waits until nothing is left in the browser for Salesforce.
func (d *desk) outboxIsEmpty() {
	d.t.Helper()
	const count = `new Promise((resolve, reject) => {
		indexedDB.databases().then((all) => {
			const mine = all.find((db) => db.name.startsWith('flex-caselog-'));
			if (!mine) return reject(new Error('there is no store'));
			const open = indexedDB.open(mine.name);
			open.onsuccess = () => {
				const request = open.result.transaction('records').objectStore('records').count();
				request.onsuccess = () => { open.result.close(); resolve(request.result); };
			};
		}, reject);
	})`
	d.comes("an empty outbox", func() bool {
		left := -1
		err := d.flex.Eval(d.soon(), count, &left)
		return err == nil && left == 0
	})
}
