//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestTheAgentHangsUp(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Equal(t, "agent", d.endedBy(call))
}

func TestTheCustomerHangsUp(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.NotEqual(t, "agent", d.endedBy(call))
}

func TestTwoTasksOfOneNumberAtOnce(t *testing.T) {
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

func TestACallerWithoutANumberGetsACaseWithoutAContact(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{Attributes: map[string]any{"from": "anonymous", "caller": "anonymous", "name": "anonymous"}})
	d.accept(call)
	d.customerHangsUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Empty(t, d.caseOf(call).Contact)
}

func TestACallThatIsNeverAcceptedLeavesNothing(t *testing.T) {
	d := openDesk(t)
	lost := d.ring(twilio.Task{})
	require.NoError(t, centre.Twilio.CustomerCancels(lost.SID))
	// The next call is a whole one: once its rows are there, the lost one's would be.
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	logs, err := centre.Logs(d.soon())
	require.NoError(t, err)
	for _, l := range logs {
		require.NotEqual(t, lost.SID, l.Reservation)
	}
}
