//go:build e2e

package twilio_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

func TestE2EAnAgentTakesACallHangsUpAndCompletes(t *testing.T) {
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

func TestE2EACustomerHangsUpFirst(t *testing.T) {
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

func TestE2EAnAgentChatsEndsTheChatAndCompletes(t *testing.T) {
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

func TestE2EAnAgentRejectsACallAndGetsItAgain(t *testing.T) {
	d := openDesk(t)
	call := d.Ring(twilio.Task{})
	d.click(twilio.RejectButton)
	d.becomes(call.SID, twilio.Rejected)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	again, err := d.RingAgain(call.SID)
	require.NoError(t, err)
	d.run(chromedp.WaitVisible(twilio.AcceptButton))
	require.NoError(t, d.CustomerCancels(again.SID))
	d.run(chromedp.WaitNotPresent(twilio.AcceptButton))
	d.screenshot("customer-cancelled")
	chat := d.Ring(twilio.Task{Channel: "sms"})
	d.click(twilio.RejectButton)
	d.becomes(chat.SID, twilio.Rejected)
	require.Empty(t, d.Unknown())
}

func TestE2ETwoTabsShowTheSame(t *testing.T) {
	first := openDesk(t)
	second := first.openTab()
	call := first.Ring(twilio.Task{})
	first.run(chromedp.WaitVisible(twilio.AcceptButton))
	second.click(twilio.AcceptButton)
	first.becomes(call.SID, twilio.Accepted)
	first.run(chromedp.WaitVisible(twilio.TaskItem), chromedp.WaitNotPresent(twilio.AcceptButton))
	second.screenshot("second-tab")
	require.NoError(t, first.CustomerHangsUp(call.SID))
	second.click(twilio.CompleteButton)
	first.becomes(call.SID, twilio.Completed)
	first.run(chromedp.WaitNotPresent(twilio.TaskItem))
	require.Empty(t, first.Unknown())
}

func TestE2EACallOnADeskPhoneOutlivesTheTab(t *testing.T) {
	d := openDesk(t)
	call := d.Ring(twilio.Task{Deskphone: true})
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.run(chromedp.Reload())
	d.isUp(1)
	d.screenshot("after-reload")
	d.becomes(call.SID, twilio.Accepted)
	d.clickOf(twilio.HangUpButton)
	d.becomes(call.SID, twilio.Wrapping)
	d.click(twilio.CompleteButton)
	d.becomes(call.SID, twilio.Completed)
	require.Empty(t, d.Unknown())
}

func TestE2EACallInTheBrowserEndsWithTheTab(t *testing.T) {
	d := openDesk(t)
	call := d.Ring(twilio.Task{})
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.run(chromedp.WaitVisible(twilio.ListHangUpButton), chromedp.Reload())
	d.becomes(call.SID, twilio.Wrapping)
	d.isUp(1)
	d.clickOf(twilio.CompleteButton)
	d.becomes(call.SID, twilio.Completed)
}

func TestE2EACallOutlivesTheNetwork(t *testing.T) {
	d := openDesk(t)
	call := d.Ring(twilio.Task{})
	d.click(twilio.AcceptButton)
	d.becomes(call.SID, twilio.Accepted)
	d.run(chromedp.WaitVisible(twilio.HangUpButton))
	d.DropSockets()
	d.screenshot("network-cut")
	require.NoError(t, d.CustomerHangsUp(call.SID))
	d.run(chromedp.WaitVisible(twilio.CompleteButton)) // Flex has found out by itself.
	d.screenshot("network-lost")
	d.press(twilio.CompleteButton)
	d.becomes(call.SID, twilio.Completed)
}

func TestE2EAnAgentCallsACustomer(t *testing.T) {
	d := openDesk(t)
	d.run(chromedp.Steps(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[any](`void Twilio.Flex.Actions.invokeAction("StartOutboundCall", {destination: "+442079460000"})`)(ctx, tab)
		return chromedp.Void{}, err
	}))
	d.run(chromedp.WaitVisible(twilio.HangUpButton))
	d.screenshot("outbound")
	d.click(twilio.HangUpButton)
	d.click(twilio.CompleteButton)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	require.Empty(t, d.Unknown())
}

func TestE2EFlexsOwnLoaderLoadsAPlugin(t *testing.T) {
	const bundle = `(function () {
		function Plugin() {}
		Plugin.prototype.init = function (flex, manager) {
			document.body.setAttribute("data-plugin", manager.serviceConfiguration.ui_attributes.custom_data?.features.caselog.log_level);
		};
		Twilio.Flex.Plugins.init(Plugin);
	})();`
	d := openDesk(t, twilio.Plugin{Name: "caselog", Version: "1.0.0", Bundle: []byte(bundle), Integrity: true})
	d.SetFeature("caselog", map[string]any{"log_level": "debug"})
	d.run(chromedp.Reload(), chromedp.WaitVisible(`body[data-plugin="debug"]`))
}
