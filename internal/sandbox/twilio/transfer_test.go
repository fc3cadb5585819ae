package twilio

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// accepted is a call that the agent has taken.
func (f flex) accepted() Reservation {
	f.t.Helper()
	call := f.Ring(Task{Deskphone: true})
	require.NoError(f.t, f.move(call.SID, Accepted))
	return call
}

func (f flex) transfer(call Reservation, to, mode string) (transferSID string) {
	f.t.Helper()
	status, payload := f.request("POST", theWorker+"/Transfers", map[string]any{
		"ReservationSid": call.SID, "TaskSid": call.TaskSID, "To": to, "Mode": mode,
	})
	require.Equal(f.t, 200, status)
	return payload.(map[string]any)["sid"].(string)
}

func (f flex) now(res Reservation) Reservation {
	f.t.Helper()
	now, ok := f.Reservation(res.SID)
	require.True(f.t, ok)
	return now
}

func TestAColdTransferTakesTheAgentOutOfTheCall(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	call := f.accepted()
	tab := f.tab()
	f.transfer(call, queueSID, Cold)
	for _, expected := range []string{"task.transfer-initiated", "participant.removed", "reservation.wrapup"} {
		kind, _ := tab.event()
		require.Equal(t, expected, kind)
	}
	require.Equal(t, Wrapping, f.now(call).Status)

	next, err := f.TransferArrives(call.TaskSID)
	require.NoError(t, err)
	require.Equal(t, call.TaskSID, next.TaskSID)
	require.NotEqual(t, call.SID, next.SID)
	for kind := ""; kind != "reservation.created"; {
		var payload map[string]any
		if kind, payload = tab.event(); kind == "reservation.created" {
			transfer := payload["task_transfer"].(map[string]any)
			require.Equal(t, call.SID, transfer["initiating_reservation_sid"])
			require.Equal(t, "QUEUE", transfer["transfer_type"])
			require.Equal(t, "COLD", transfer["transfer_mode"])
		}
	}
	require.NoError(t, f.move(next.SID, Accepted))
	require.Equal(t, "assigned", f.now(next).TaskStatus)
	_, err = f.TransferArrives(call.TaskSID)
	require.Error(t, err, "it has arrived")
	require.NoError(t, f.Complete(call.SID))
	require.Equal(t, "assigned", f.now(next).TaskStatus, "the task is the next agent's")
}

func TestAWarmTransferKeepsTheAgentInTheCall(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	call := f.accepted()
	f.transfer(call, OtherWorkerSID, Warm)
	require.Equal(t, Accepted, f.now(call).Status)
	next, err := f.TransferArrives(call.SID)
	require.NoError(t, err)
	require.NoError(t, f.move(next.SID, Accepted))
	require.Equal(t, Accepted, f.now(call).Status)
	f.hungUp(call.SID)
	require.Equal(t, Wrapping, f.now(call).Status)
	require.Equal(t, Accepted, f.now(next).Status)
	require.Equal(t, "assigned", f.now(call).TaskStatus)
}

func TestATransferThatIsCalledOffTakesItsOfferWithIt(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	call := f.accepted()
	sid := f.transfer(call, OtherWorkerSID, Warm)
	next, err := f.TransferArrives(call.SID)
	require.NoError(t, err)
	_, payload := f.request("POST", theWorker+"/Transfers/"+sid, map[string]any{"TransferStatus": "canceled"})
	require.Equal(t, "canceled", payload.(map[string]any)["transfer_status"])
	require.Equal(t, Canceled, f.now(next).Status)
	require.Equal(t, "assigned", f.now(call).TaskStatus)
}

func TestATaskThatAnotherAgentHadSaysSo(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	tab := f.tab()
	f.Ring(Task{Transferred: &Transferred{Mode: Warm, Kind: ToWorker}})
	_, payload := tab.event()
	transfer := payload["task_transfer"].(map[string]any)
	require.Equal(t, OtherWorkerSID, transfer["initiating_worker_sid"])
	require.Equal(t, workerSID, transfer["transfer_to"])
}

func TestAPausedConversationIsResumedInATaskOfItsOwn(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	chat := f.Ring(Task{Channel: "web"})
	require.NoError(t, f.move(chat.SID, Accepted))
	url := rung{chat: chat}.channelURL()
	_, answer := f.request("POST", url, map[string]any{"status": "pause", "routing": map[string]any{"status": "closed"}})
	require.InDelta(t, 0, answer.(map[string]any)["error_code"], 0)
	require.Equal(t, Completed, f.now(chat).Status)
	_, paused := f.request("GET", "v1/Channels", map[string]any{"status": "pause"})
	require.Len(t, paused.(map[string]any)["content"], 1)

	f.request("POST", url, map[string]any{"status": "active"})
	_, paused = f.request("GET", "v1/Channels", map[string]any{"status": "pause"})
	require.Empty(t, paused.(map[string]any)["content"])
	resumed := f.router.findWhere(func(res *reservation) bool { return res.status == Pending })
	next, ok := f.Reservation(resumed)
	require.True(t, ok)
	require.NotEqual(t, chat.TaskSID, next.TaskSID)
	require.Equal(t, chat.Attributes["flexInteractionSid"], next.Attributes["flexInteractionSid"])
}

func TestADigitalTransferLeavesTheAgentInWrapUp(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	chat := f.Ring(Task{Channel: "web"})
	require.NoError(t, f.move(chat.SID, Accepted))
	attributes := chat.Attributes
	f.request("POST", "v1/Instances/GOx/Interactions/"+attributes["flexInteractionSid"].(string)+"/Channels/"+
		attributes["flexInteractionChannelSid"].(string)+"/Transfers", map[string]any{"type": "cold", "to": queueSID})
	require.Equal(t, Wrapping, f.now(chat).Status)
	next, err := f.NextAgent(chat.SID)
	require.NoError(t, err)
	require.Equal(t, attributes["flexInteractionSid"], next.Attributes["flexInteractionSid"])
	require.NotEqual(t, chat.TaskSID, next.TaskSID)
}
