//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2ETheAgentHangsUp(t *testing.T) {
	d := openDesk(t)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Equal(t, "agent", d.endedBy(call))
	shown := fmt.Sprintf("document.querySelector('.record[data-object=Case][data-id=%q]')", d.caseOf(call).ID)
	require.NoError(t, d.page.Wait(d.soon(), "the Case on the screen", shown))
}

func TestE2ETheCustomerHangsUp(t *testing.T) {
	d := openDesk(t)
	call := d.takes(twilio.Task{})
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.NotEqual(t, "agent", d.endedBy(call))
}

func TestE2EDurationsAreThoseOfTheStates(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{})
	// The rows' times are the plugin's; these are the test's own.
	var began, ended [3]time.Time
	during := func(state int, do func()) {
		began[state] = time.Now()
		do()
		ended[state] = time.Now()
	}
	during(0, func() { d.accept(call); d.hears(call, "taskAccepted") })
	d.lasts(4 * time.Second)
	during(1, func() { d.customerHangsUp(call); d.hears(call, "taskWrapup") })
	d.lasts(3 * time.Second)
	during(2, func() { d.complete(call); d.hears(call, "taskCompleted") })
	d.keeps(sandbox.StoryOf(call))
	const off = time.Second
	for state, row := range d.logsOf(call) {
		require.WithinRange(t, row.Start, began[state].Add(-off), ended[state].Add(off))
		if row.Duration != nil {
			lasted := time.Duration(*row.Duration) * time.Second
			require.GreaterOrEqual(t, lasted, began[state+1].Sub(ended[state])-off)
			require.LessOrEqual(t, lasted, ended[state+1].Sub(began[state])+off)
		}
	}
}

// lasts lets time pass in a state: all other tests are over before a wrong
// duration could show.
func (d *desk) lasts(stay time.Duration) {
	d.t.Helper()
	select {
	case <-time.After(stay):
	case <-d.soon().Done():
	}
}

func TestE2ETwoTasksOfOneNumberAtOnce(t *testing.T) {
	for name, tasks := range map[string][2]twilio.Task{
		// Flex takes two calls at once only where the audio is not in the browser.
		"two calls":        {{Deskphone: true}, {Deskphone: true}},
		"call and SMS":     {{}, {Channel: "sms"}},
		"SMS and WhatsApp": {{Channel: "sms"}, {Channel: "whatsapp"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t)
			first := d.ring(tasks[0])
			d.accept(first)
			second := d.ring(tasks[1])
			d.accept(second)
			for _, res := range []twilio.Reservation{first, second} {
				d.isPopped(res)
			}
			d.hangUp(first)
			d.hangUp(second)
			d.complete(first)
			d.complete(second)
			d.keeps(sandbox.StoryOf(first))
			d.keeps(sandbox.StoryOf(second))
			require.NotEqual(t, d.caseOf(first).ID, d.caseOf(second).ID)
			require.Equal(t, d.caseOf(first).Contact, d.caseOf(second).Contact, "one number is one Contact")
		})
	}
}

func TestE2EACallerWithoutANumberGetsACaseWithoutAContact(t *testing.T) {
	d := openDesk(t)
	call := d.takes(twilio.Task{Attributes: map[string]any{"from": "anonymous", "caller": "anonymous", "name": "anonymous"}})
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Empty(t, d.caseOf(call).Contact)
}

func TestE2EACallThatIsNeverAcceptedLeavesNothing(t *testing.T) {
	d := openDesk(t)
	lost := d.loses(twilio.Task{}, func(res twilio.Reservation) error { return centre.Twilio.CustomerCancels(res.SID) })
	// The next call is a whole one: once its rows are there, the lost one's would be.
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Empty(t, d.logsOf(lost))
}
