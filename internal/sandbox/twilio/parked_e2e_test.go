//go:build e2e

package twilio_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

func TestE2EAPausedConversationComesBackAsANewTask(t *testing.T) {
	d := openRecordedDesk(t)
	d.SetConfiguration(map[string]any{"agent_conv_end_methods": map[string]any{"enabled": []string{"Pause", "Leave"}}})
	d.run(chromedp.Reload())
	d.isUp(1)
	chat := d.Ring(twilio.Task{Channel: "web"})
	d.click(twilio.AcceptButton)
	d.hears(chat.SID, "taskAccepted")
	channel := chat.Attributes["flexInteractionChannelSid"].(string)
	d.do("PauseChannel", chat.SID, `{ channelSid: "`+channel+`" }`)
	d.hears(chat.SID, "taskCompleted")
	require.Equal(t, []string{"taskReceived", "taskAccepted", "taskCompleted"}, d.events(chat.SID), "there is no wrap-up")
	d.waitFor(`Twilio.Flex.Manager.getInstance().store.getState().flex.worker.pausedEmailConversationsMap?.size === 1`)
	d.do("ResumeChannel", "", `{ channelSid: "`+channel+`" }`)
	d.click(twilio.AcceptButton)
	again := d.received()[1]
	require.NotEqual(t, chat.TaskSID, again.Task)
	d.hears(again.SID, "taskAccepted")
	d.click(twilio.EndChatButton)
	d.click(twilio.CompleteButton)
	d.hears(again.SID, "taskCompleted")

	custom := d.Ring(twilio.Task{Channel: "callback"})
	d.click(twilio.AcceptButton)
	require.Equal(t, "callback", d.hears(custom.SID, "taskAccepted").Channel)
	d.click(twilio.EndChatButton)
	d.hears(custom.SID, "taskCompleted")
	require.Equal(t, []string{"taskReceived", "taskAccepted", "taskCompleted"}, d.events(custom.SID), "Flex completes it at once")

	legacy := d.Ring(twilio.Task{Channel: "chat", Legacy: true})
	d.click(twilio.AcceptButton)
	d.hears(legacy.SID, "taskAccepted")
	// Flex's own End and Complete would ask the conversation first, and there is none here.
	require.NoError(t, d.CustomerHangsUp(legacy.SID))
	d.hears(legacy.SID, "taskWrapup")
	require.NoError(t, d.Complete(legacy.SID))
	d.hears(legacy.SID, "taskCompleted")
	require.Empty(t, d.Unknown())
}
