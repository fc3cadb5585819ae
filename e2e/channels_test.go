//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EEachChannelsCustomer(t *testing.T) {
	d := openDesk(t)
	unasked := d.ring(twilio.Task{Channel: "callback", Attributes: map[string]any{"from": "+442079460010"}})
	d.accept(unasked)
	require.NoError(t, d.agent.Finish(d.soon(), unasked))
	for name, tt := range map[string]struct {
		task  twilio.Task
		phone string // of the Contact; empty where there is none
	}{
		"voice":    {twilio.Task{Attributes: map[string]any{"from": "+442079460011"}}, "+442079460011"},
		"sms":      {twilio.Task{Channel: "sms", Attributes: map[string]any{"customerAddress": "+442079460012"}}, "+442079460012"},
		"whatsapp": {twilio.Task{Channel: "whatsapp", Attributes: map[string]any{"customerAddress": "whatsapp:+442079460013"}}, "+442079460013"},
		"messenger": {
			// An account's number is digits, and no telephone number.
			twilio.Task{Channel: "messenger", Attributes: map[string]any{"customerAddress": "messenger:442079460014"}}, ""},
		"web":  {twilio.Task{Channel: "web"}, ""},
		"chat": {twilio.Task{Channel: "chat"}, ""},
	} {
		d.plays(name, func() {
			res := d.takes(tt.task)
			d.ends(res)
			require.Equal(d.t, tt.phone, d.phoneOf(res))
		})
	}
	d.plays("email", func() {
		mail := d.takes(twilio.Task{Channel: "email"})
		d.finishes(mail)
		require.Empty(d.t, d.phoneOf(mail))
	})
	d.plays("chat of before Flex Conversations", func() {
		chat := d.takes(twilio.Task{Channel: "chat", Legacy: true})
		// Flex's own buttons would ask its conversation, and there is none here.
		d.customerHangsUp(chat)
		require.NoError(d.t, centre.Twilio.Complete(chat.SID))
		d.keeps(sandbox.StoryOf(chat))
		require.Empty(d.t, d.phoneOf(chat))
		require.Equal(d.t, chat.TaskSID, d.caseOf(chat).Engagement)
	})
	d.leftNothing(unasked, "a channel that nobody has configured")
}

func TestE2EOnlyTheConfiguredChannels(t *testing.T) {
	centre.Twilio.SetFeature("caselog", map[string]any{"channels": []string{"voice", "callback"}})
	t.Cleanup(func() { centre.Twilio.SetFeature("caselog", nil) })
	d := openDesk(t)
	off := d.ring(twilio.Task{Channel: "sms"})
	d.accept(off)
	d.hangUp(off)
	d.complete(off)

	custom := d.takes(twilio.Task{Channel: "callback", Attributes: map[string]any{"from": "+442079460020", "name": "Ada"}})
	d.finishes(custom)
	d.ends(d.takes(twilio.Task{}))
	d.leftNothing(off, "a channel that is switched off")
}

// finishes is the end of a task that Flex has no wrap-up for, with all its promises kept.
func (d *desk) finishes(res twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, d.agent.Finish(d.soon(), res))
	st := sandbox.StoryOf(res)
	st.Statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted}
	d.keeps(st)
}

// phoneOf is the telephone of the Contact of a reservation's Case, empty without one.
func (d *desk) phoneOf(res twilio.Reservation) string {
	d.t.Helper()
	return d.phone(d.caseOf(res))
}

func (d *desk) phone(c sandbox.Case) string {
	d.t.Helper()
	if c.Contact == "" {
		return ""
	}
	contact, err := centre.Org.Record(d.soon(), c.Contact)
	require.NoError(d.t, err)
	phone, _ := contact["Phone"].(string)
	return phone
}
