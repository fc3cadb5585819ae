//go:build e2e

package twilio_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilio"
)

func TestE2EAnAgentTransfersACallAndTheNextGetsIt(t *testing.T) {
	d := openRecordedDesk(t)
	for _, test := range []struct{ mode, to, kind string }{
		{twilio.Warm, twilio.OtherWorkerSID, twilio.ToWorker},
		{twilio.Cold, twilio.QueueSID, twilio.ToQueue},
	} {
		call := d.takeCall(twilio.Task{Deskphone: true})
		d.do("TransferTask", call.SID, `{ task, targetSid: "`+test.to+`", options: { mode: "`+test.mode+`" } }`)
		if test.mode == twilio.Warm {
			d.click(twilio.HangUpButton)
		}
		require.Contains(t, d.hears(call.SID, "taskWrapup").Out, test.mode+" "+test.kind)
		d.click(twilio.CompleteButton)
		d.becomes(call.SID, twilio.Completed)

		next, err := d.TransferArrives(call.TaskSID)
		require.NoError(t, err)
		require.Equal(t, test.mode+" "+test.kind+" initiated", d.hears(next.SID, "taskReceived").In)
		d.click(twilio.AcceptButton)
		d.becomes(next.SID, twilio.Accepted)
		d.click(twilio.HangUpButton)
		require.Equal(t, call.TaskSID, d.hears(next.SID, "taskWrapup").Task)
		d.click(twilio.CompleteButton)
		d.becomes(next.SID, twilio.Completed)
		whole := []string{"taskReceived", "taskAccepted", "taskWrapup", "taskCompleted"}
		d.hears(next.SID, "taskCompleted")
		require.Equal(t, whole, d.events(call.SID))
		require.Equal(t, whole, d.events(next.SID))
	}
	require.Empty(t, d.Unknown())
}

func TestE2ETwoAgentsAreInACallAfterAWarmTransfer(t *testing.T) {
	d := openRecordedDesk(t)
	call := d.takeCall(twilio.Task{Deskphone: true})
	const transfer = `{ task, targetSid: "` + twilio.OtherWorkerSID + `", options: { mode: "WARM" } }`
	d.do("TransferTask", call.SID, transfer)
	d.waitFor(taskOf(call.SID) + `.outgoingTransferObject?.status === "initiated"`)
	d.do("CancelTransfer", call.SID, `{ task }`)
	d.waitFor(taskOf(call.SID) + `.outgoingTransferObject?.status === "canceled"`)
	d.do("TransferTask", call.SID, transfer)
	next, err := d.TransferArrives(call.SID)
	require.NoError(t, err)
	d.click(twilio.AcceptButton)
	d.becomes(next.SID, twilio.Accepted)
	d.do("WrapupTask", call.SID, `{ task }`)
	d.becomes(call.SID, twilio.Wrapping)
	d.do("CompleteTask", call.SID, `{ task }`)
	d.becomes(call.SID, twilio.Completed)
	require.Equal(t, "accepted", d.hears(next.SID, "taskAccepted").Status)
	d.do("WrapupTask", next.SID, `{ task }`)
	d.becomes(next.SID, twilio.Wrapping)
	d.do("CompleteTask", next.SID, `{ task }`)
	d.becomes(next.SID, twilio.Completed)
	d.run(chromedp.WaitNotPresent(twilio.TaskItem))
	require.Empty(t, d.Unknown())
}
