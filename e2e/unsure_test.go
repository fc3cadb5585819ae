//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EARefusedCallIsTriedAgain(t *testing.T) {
	for _, method := range []string{"runApex", "saveLog", "screenPop"} {
		t.Run(method, func(t *testing.T) {
			d := openDesk(t)
			centre.Console.FailNext(method, lightning.Error{Code: lightning.CodeServer, Description: "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access"})
			call := d.ring(twilio.Task{})
			d.accept(call)
			// The agent keeps the call until the Case is there: later it would not be popped.
			d.isPopped(call)
			d.hangUp(call)
			d.complete(call)
			d.keeps(sandbox.StoryOf(call))
			require.GreaterOrEqual(t, d.calls(method), 2)
		})
	}
}

func TestE2EALostAnswerIsSettledAndNothingIsWrittenTwice(t *testing.T) {
	for _, method := range []string{"runApex", "saveLog", "screenPop"} {
		t.Run(method, func(t *testing.T) {
			d := openDesk(t)
			centre.Console.LoseAnswer(method)
			t.Cleanup(func() { centre.Console.Unmute(method) })
			call := d.ring(twilio.Task{})
			d.accept(call)
			d.asks(method)
			centre.Console.Unmute(method)
			d.isPopped(call)
			d.hangUp(call)
			d.complete(call)
			d.owesNothing() // The lost answer's deadline is over: what would be asked twice has been.
			d.keeps(sandbox.StoryOf(call))
		})
	}
}

// isPopped waits until a reservation's Case has been popped, once.
func (d *desk) isPopped(res twilio.Reservation) {
	d.t.Helper()
	d.comes("the pop", func() bool { return len(d.pops(res)) == 1 })
}

// pops are the screen pops of a reservation's Case.
func (d *desk) pops(res twilio.Reservation) (of []lightning.Pop) {
	d.t.Helper()
	cases, err := centre.Cases(d.soon())
	require.NoError(d.t, err)
	for _, p := range centre.Console.Pops() {
		for _, c := range cases {
			if c.ID == p.RecordID && c.Serves(sandbox.StoryOf(res).Engagement) {
				of = append(of, p)
			}
		}
	}
	return of
}
