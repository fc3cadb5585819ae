//go:build e2e

package twilio_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

func TestAnAgentTakesACallHangsUpAndCompletes(t *testing.T) {
	d := openDesk(t)
	d.screenshot("1-desktop")
	call := d.Ring(twilio.Task{})
	d.run(chromedp.WaitVisible(twilio.AcceptButton))
	d.screenshot("2-ringing")
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.run(chromedp.WaitVisible(twilio.HangUpButton), chromedp.WaitVisible(twilio.ListHangUpButton))
	d.screenshot("3-accepted")
	d.click(twilio.HangUpButton)
	d.becomes(call.SID, twilio.Wrapping)
	d.run(chromedp.WaitVisible(twilio.CompleteButton))
	d.screenshot("4-wrap-up")
	d.click(twilio.CompleteButton)
	d.becomes(call.SID, twilio.Completed)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	d.screenshot("5-completed")
	require.Empty(t, d.Unknown())
}

func TestACustomerHangsUpFirst(t *testing.T) {
	d := openDesk(t)
	call := d.Ring(twilio.Task{Attributes: map[string]any{"from": "+442079460000", "name": "Ada"}})
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.run(chromedp.WaitVisible(twilio.HangUpButton))
	require.NoError(t, d.CustomerHangsUp(call.SID))
	d.run(chromedp.WaitVisible(twilio.CompleteButton))
	d.screenshot("customer-hung-up")
	d.click(twilio.CompleteButton)
	d.becomes(call.SID, twilio.Completed)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	require.Empty(t, d.Unknown())
}

func TestAnAgentChatsEndsTheChatAndCompletes(t *testing.T) {
	d := openDesk(t)
	chat := d.Ring(twilio.Task{Channel: "web"})
	d.run(chromedp.WaitVisible(twilio.AcceptButton))
	d.screenshot("chat-1-ringing")
	d.click(twilio.AcceptButton)
	d.becomes(chat.SID, twilio.Accepted)
	d.run(chromedp.WaitVisible(twilio.EndChatButton))
	d.screenshot("chat-2-accepted")
	d.click(twilio.EndChatButton)
	d.becomes(chat.SID, twilio.Wrapping)
	d.run(chromedp.WaitVisible(twilio.CompleteButton))
	d.screenshot("chat-3-wrap-up")
	d.click(twilio.CompleteButton)
	d.becomes(chat.SID, twilio.Completed)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	require.Empty(t, d.Unknown())
}
