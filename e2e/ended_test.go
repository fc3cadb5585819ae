//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EWhoEndedTheCall(t *testing.T) {
	d := openDesk(t)
	byCustomer := func(call twilio.Reservation) { d.customerHangsUp(call) }
	for name, tt := range map[string]struct {
		task  twilio.Task
		ends  func(call twilio.Reservation)
		ended string
	}{
		"the customer":                 {twilio.Task{}, byCustomer, "customer"},
		"the customer of a desk phone": {twilio.Task{Deskphone: true}, byCustomer, "customer"},
		"the agent":                    {twilio.Task{}, d.hangUp, "agent"},
		"the agent, on a desk phone":   {twilio.Task{Deskphone: true}, d.hangUp, "agent"},
		"a program":                    {twilio.Task{}, func(call twilio.Reservation) { require.NoError(d.t, centre.Twilio.Complete(call.SID)) }, ""},
		"the customer, as is known too late": {twilio.Task{}, func(call twilio.Reservation) {
			centre.Twilio.PartiesLate(true)
			defer centre.Twilio.PartiesLate(false)
			d.customerHangsUp(call)
		}, ""},
	} {
		d.plays(name, func() {
			call := d.takes(tt.task)
			require.NoError(d.t, d.agent.Talking(d.soon(), call))
			tt.ends(call)
			st := sandbox.StoryOf(call)
			if now, _ := centre.Twilio.Reservation(call.SID); now.Status == twilio.Wrapping {
				d.complete(call)
			} else {
				st.Statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted}
			}
			d.keeps(st)
			require.Equal(d.t, tt.ended, d.endedBy(call))
		})
	}
}
