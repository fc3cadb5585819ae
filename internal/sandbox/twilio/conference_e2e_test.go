//go:build e2e

package twilio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

// What a plugin can read of who ended a call.
func TestE2EFlexShowsWhoLeftFirst(t *testing.T) {
	d := openRecordedDesk(t)
	for _, test := range []struct {
		name  string
		end   func(call string)
		event string
		then  []string
	}{
		{"the customer", func(call string) { require.NoError(t, d.CustomerHangsUp(call)) }, "taskWrapup", []string{"agent joined", "customer left"}},
		{"the agent", func(string) { d.click(twilio.HangUpButton) }, "taskWrapup", []string{"agent left", "customer joined"}},
		{"a program", func(call string) { require.NoError(t, d.Complete(call)) }, "taskCompleted", []string{"agent joined", "customer joined"}},
	} {
		call := d.takeCall(twilio.Task{})
		test.end(call.SID)
		require.Equal(t, test.then, d.hears(call.SID, test.event).Raw, test.name)
		if test.event == "taskWrapup" {
			d.click(twilio.CompleteButton)
			d.becomes(call.SID, twilio.Completed)
		}
	}
	require.Empty(t, d.Unknown())
}
