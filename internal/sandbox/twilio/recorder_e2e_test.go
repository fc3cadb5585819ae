//go:build e2e

package twilio_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

// recorder is a plugin that writes down what Flex tells its plugins, and how the task stood then.
//
//go:embed testdata/recorder.js
var recorder []byte

// told is one thing that Flex told its plugins of a reservation.
type told struct {
	Event, SID, Task, Status, TaskStatus, Channel string

	// Parties are those of task.conference, as <type> <status>, sorted; nil without a conference. Flex renews them twice a second
	// at most. Raw are those they are made from, which Flex has as soon as it hears of them.
	Parties, Raw []string
	// In and Out are the mode and the type of the transfers.
	In, Out string
}

func openRecordedDesk(t *testing.T) desk {
	t.Helper()
	return openDesk(t, twilio.Plugin{Name: "recorder", Version: "1.0.0", Bundle: recorder})
}

// record is everything that Flex has told of a reservation.
func (d desk) record(sid string) (of []told) {
	d.Helper()
	require.NoError(d, json.Unmarshal([]byte(d.text("JSON.stringify(window.told)")), &of))
	return slices.DeleteFunc(of, func(t told) bool { return t.SID != sid })
}

// hears waits until Flex has told of an event of a reservation.
func (d desk) hears(sid, event string) (heard told) {
	d.Helper()
	d.comes(event, func() bool {
		record := d.record(sid)
		i := slices.IndexFunc(record, func(t told) bool { return t.Event == event })
		if i >= 0 {
			heard = record[i]
		}
		return i >= 0
	})
	return heard
}

// events are the names of what Flex has told of a reservation, but for changes of the task, which come at any time.
func (d desk) events(sid string) (names []string) {
	d.Helper()
	for _, t := range d.record(sid) {
		if t.Event != "taskUpdated" && !strings.HasPrefix(t.Event, "before") && !strings.HasPrefix(t.Event, "after") {
			names = append(names, t.Event)
		}
	}
	return names
}

// do runs one of Flex's own actions and waits for it. The payload is JavaScript, with task for a reservation's.
func (d desk) do(action, sid, payload string) {
	d.Helper()
	script := `(async () => {
		const task = ` + taskOf(sid) + `;
		await Twilio.Flex.Actions.invokeAction("` + action + `", ` + payload + `);
		return "done";
	})().catch((e) => "failed: " + (e && (e.message || JSON.stringify(e))))`
	require.Equal(d, "done", d.text(script))
}

// takeCall rings a call and accepts it, and waits until Flex has read who is in it.
func (d desk) takeCall(task twilio.Task) twilio.Reservation {
	d.Helper()
	call := d.Ring(task)
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.waitFor(taskOf(call.SID) + `.conference?.participants.length === 2`)
	return call
}

// taskOf is the JavaScript for Flex's task of a reservation, which must be there.
func taskOf(sid string) string {
	return `Twilio.Flex.Manager.getInstance().store.getState().flex.worker.tasks.get("` + sid + `")`
}

// waitFor waits until an expression is true.
func (d desk) waitFor(expression string) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.tab, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(0))); err != nil {
		d.screenshot("failed")
		require.NoError(d, err, expression)
	}
}
