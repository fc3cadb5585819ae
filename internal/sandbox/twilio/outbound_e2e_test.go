//go:build e2e

package twilio_test

import (
	"context"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

// startCall is the agent's own call, which Flex accepts by itself.
func (d desk) startCall(destination string) twilio.Reservation {
	d.Helper()
	before := len(d.received())
	d.do("StartOutboundCall", "", `{ destination: "`+destination+`", taskAttributes: { recordId: "003x" } }`)
	d.waitFor(`window.told.filter((t) => t.Event === "taskReceived").length > ` + strconv.Itoa(before))
	call, ok := d.Reservation(d.received()[before].SID)
	require.True(d, ok)
	return call
}

// received are the offers that Flex has told of.
func (d desk) received() (of []told) {
	d.Helper()
	told := d.text(`JSON.stringify(window.told.filter((t) => t.Event === "taskReceived"))`)
	require.NoError(d, json.Unmarshal([]byte(told), &of))
	return of
}

func TestE2EAnAgentsOwnCallIsAcceptedWhenTheFarEndAnswers(t *testing.T) {
	d := openRecordedDesk(t)
	d.RingOut(true)
	call := d.startCall("+442079460000")
	require.Equal(t, "003x", call.Attributes["recordId"])
	require.Equal(t, "outbound", call.Attributes["direction"])
	require.Equal(t, "+442079460000", call.Attributes["outbound_to"])
	d.hears(call.SID, "afterAcceptTask")
	require.Equal(t, []string{"taskReceived"}, d.events(call.SID), "Flex is connecting")
	d.comes("the agent in the call", func() bool { return d.Connecting(call.SID) })
	require.NoError(t, d.CustomerAnswers(call.SID))
	d.hears(call.SID, "taskAccepted")
	d.click(twilio.HangUpButton)
	d.click(twilio.CompleteButton)
	d.hears(call.SID, "taskCompleted")

	busy := d.startCall("+442079460001")
	d.hears(busy.SID, "afterAcceptTask")
	require.NoError(t, d.CustomerDeclines(busy.SID, twilio.Busy))
	d.hears(busy.SID, "taskCanceled")
	require.Equal(t, []string{"taskReceived", "taskCanceled"}, d.events(busy.SID))

	// Offline there are no calls of one's own.
	require.NoError(t, d.SetActivity("Offline"))
	d.waitFor(`Twilio.Flex.Manager.getInstance().workerClient.activity.name === "Offline"`)
	require.Equal(t, "refused", d.text(`Twilio.Flex.Actions.invokeAction("StartOutboundCall", {destination: "+442079460002"})
		.then(() => "started", () => "refused")`))
	require.Empty(t, d.Unknown())
}

func TestE2EACallOfOnesOwnIsNothingBeforeFlexHasFoundTheMicrophone(t *testing.T) {
	d := openRecordedDesk(t)
	d.RingOut(true)
	d.run(beforeEachPage(`{
		const devices = navigator.mediaDevices, list = devices.enumerateDevices.bind(devices);
		const found = new Promise((resolve) => { window.findDevices = resolve; });
		devices.enumerateDevices = () => found.then(list);
	}`), chromedp.Reload())
	d.listens(1)
	d.waitFor(`window.told !== undefined && Twilio.Flex.Manager.getInstance().voiceClient?.state === "registered"`)
	d.do("StartOutboundCall", "", `{ destination: "+442079460000" }`)
	d.waitFor(`document.body.innerText.includes("audio input device")`)
	require.Empty(t, d.Offers())
	d.waitFor("!(" + twilio.HasMicrophone + ")")
	d.text(`findDevices(), ""`)
	d.isUp(1)
	d.startCall("+442079460000")
}

// beforeEachPage runs a script in every page that is loaded from now on, before the page's own.
func beforeEachPage(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
	})
}

func TestE2EWithoutVoiceACallOfOnesOwnIsNothing(t *testing.T) {
	d := openRecordedDesk(t)
	d.VoiceGone()
	d.run(chromedp.Reload())
	d.isUp(1)
	d.waitFor(`window.told !== undefined`)
	d.do("StartOutboundCall", "", `{ destination: "+442079460000" }`)
	require.Empty(t, d.Offers())
	d.VoiceBack()
	d.run(chromedp.Reload())
	d.isUp(1)
	d.RingOut(true)
	d.waitFor(`window.told !== undefined`)
	d.startCall("+442079460000")
}
