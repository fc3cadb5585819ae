//go:build e2e

package twilio_test

import (
	"encoding/json"
	"strconv"
	"testing"

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
	text, err := chromedp.Run(d.tab, chromedp.Evaluate[string](`JSON.stringify(window.told.filter((t) => t.Event === "taskReceived"))`))
	require.NoError(d, err)
	require.NoError(d, json.Unmarshal([]byte(text), &of))
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
	said, err := chromedp.Run(d.tab, chromedp.Evaluate[string](`Twilio.Flex.Actions.invokeAction("StartOutboundCall", {destination: "+442079460002"})
		.then(() => "started", () => "refused")`, chromedp.EvalAwaitPromise))
	require.NoError(t, err)
	require.Equal(t, "refused", said)
	require.Empty(t, d.Unknown())
}

func TestE2EWithoutVoiceACallOfOnesOwnIsNothing(t *testing.T) {
	d := openRecordedDesk(t)
	d.VoiceGone()
	d.run(chromedp.Reload())
	d.isUp(1)
	d.waitFor(`window.told !== undefined`)
	d.do("StartOutboundCall", "", `{ destination: "+442079460000" }`)
	require.Empty(t, d.received())
	d.VoiceBack()
	d.run(chromedp.Reload())
	d.isUp(1)
	d.RingOut(true)
	d.waitFor(`window.told !== undefined`)
	d.startCall("+442079460000")
}
