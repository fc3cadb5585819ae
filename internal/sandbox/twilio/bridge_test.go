package twilio

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	workspace = "Workspaces/" + workspaceSID
	theWorker = workspace + "/Workers/" + workerSID
)

// rung is what the requests of the table below can be about.
type rung struct{ call, chat Reservation }

func (r rung) callURL() string { return theWorker + "/Reservations/" + r.call.SID }

func (r rung) channelURL() string {
	attributes := r.chat.Attributes
	return "v1/Interactions/" + attributes["flexInteractionSid"].(string) + "/Channels/" + attributes["flexInteractionChannelSid"].(string)
}

func (r rung) inviteURL() string {
	return r.channelURL() + "/Invites/" + r.chat.Attributes["flexChannelInviteSid"].(string)
}

func (r rung) invite(action string) map[string]any {
	return map[string]any{"action": action, "routing": map[string]any{
		"type": "taskrouter", "reservation": map[string]any{"sid": r.chat.SID},
	}}
}

func TestWhatFlexAsksOfTaskRouter(t *testing.T) {
	t.Parallel()
	const none = ""
	for name, test := range map[string]struct {
		// call and chat are how far they have come before the request.
		call, chat []Status
		method     string
		url        func(rung) string
		params     func(rung) map[string]any
		status     int
		// field of the answer, where it matters, and where call and chat are afterwards.
		field, value     string
		callNow, chatNow Status
	}{
		"who the worker is": {
			method: "GET", url: func(rung) string { return theWorker }, field: "activity_name", value: "Available"},
		"another activity": {
			method: "POST", url: func(rung) string { return theWorker },
			params: func(rung) map[string]any { return map[string]any{"ActivitySid": "WA00000000000000000000000000000003"} },
			field:  "activity_name", value: "Break"},
		"an activity that does not exist": {
			method: "POST", url: func(rung) string { return theWorker },
			params: func(rung) map[string]any { return map[string]any{"ActivitySid": "WA9"} }, field: "activity_name", value: "Available"},
		"the worker's attributes": {
			method: "POST", url: func(rung) string { return theWorker },
			params: func(rung) map[string]any { return map[string]any{"Attributes": `{"a":1}`} }, field: "attributes", value: `{"a":1}`},
		"accepting a call": {
			method: "POST", url: rung.callURL, params: func(rung) map[string]any { return map[string]any{"Instruction": "conference"} },
			field: "reservation_status", value: "accepted", callNow: Accepted},
		"accepting it twice": {
			call: []Status{Accepted}, method: "POST", url: rung.callURL,
			params: func(rung) map[string]any { return map[string]any{"Instruction": "conference"} },
			status: http.StatusBadRequest, callNow: Accepted},
		"rejecting a call": {
			method: "POST", url: rung.callURL, params: func(rung) map[string]any { return map[string]any{"ReservationStatus": "rejected"} },
			field: "reservation_status", value: "rejected", callNow: Rejected},
		"completing a call in wrap-up": {
			call: []Status{Accepted, Wrapping}, method: "POST", url: rung.callURL,
			params: func(rung) map[string]any { return map[string]any{"ReservationStatus": "completed"} },
			field:  "reservation_status", value: "completed", callNow: Completed},
		"asking how a reservation is": {
			method: "GET", url: rung.callURL, field: "reservation_status", value: "pending", callNow: Pending},
		"a reservation that never was": {
			method: "POST", url: func(rung) string { return theWorker + "/Reservations/WRx" },
			params: func(rung) map[string]any { return map[string]any{"ReservationStatus": "accepted"} }, status: http.StatusNotFound},
		"wrapping up a call on a desk phone": {
			call: []Status{Accepted}, method: "POST", url: func(r rung) string { return workspace + "/Tasks/" + r.call.TaskSID },
			params: func(rung) map[string]any { return map[string]any{"AssignmentStatus": "wrapping"} },
			field:  "assignment_status", value: "wrapping", callNow: Wrapping},
		"a task's attributes": {
			method: "POST", url: func(r rung) string { return workspace + "/Tasks/" + r.call.TaskSID },
			params: func(rung) map[string]any { return map[string]any{"Attributes": map[string]any{"a": "b"}} },
			field:  "attributes", value: `{"a":"b"}`, callNow: Pending},
		"an outbound call": {
			method: "POST", url: func(rung) string { return workspace + "/Tasks" },
			params: func(rung) map[string]any {
				return map[string]any{"TaskChannelUniqueName": "voice", "Attributes": `{"direction":"outbound","outbound_to":"+1"}`}
			},
			field: "routing_target", value: "client:agent1"},
		"a transfer": {
			call: []Status{Accepted}, method: "POST", url: func(r rung) string { return workspace + "/Tasks/" + r.call.TaskSID + "/Transfers" },
			params: func(r rung) map[string]any {
				return map[string]any{"ReservationSid": r.call.SID, "Mode": "COLD", "To": "WKx"}
			},
			field: "transfer_type", value: "WORKER", callNow: Wrapping},
		"holding the customer": {
			call: []Status{Accepted}, method: "POST", url: func(rung) string { return theWorker + "/CustomerParticipant" },
			params: func(r rung) map[string]any { return map[string]any{"TaskSid": r.call.TaskSID} },
			field:  "assignment_status", value: "assigned", callNow: Accepted},
		"accepting a chat": {
			method: "POST", url: rung.inviteURL, params: func(r rung) map[string]any { return r.invite("accept") },
			field: "status", value: "accepted", chatNow: Accepted},
		"rejecting a chat": {
			method: "POST", url: rung.inviteURL, params: func(r rung) map[string]any { return r.invite("decline") },
			field: "status", value: "rejected", chatNow: Rejected},
		"ending a chat": {
			chat: []Status{Accepted}, method: "POST", url: rung.channelURL,
			params: func(rung) map[string]any {
				return map[string]any{"status": "closed", "routing": map[string]any{"status": "wrapup"}}
			},
			field: "status", value: "closed", chatNow: Wrapping},
		"completing a chat": {
			chat: []Status{Accepted, Wrapping}, method: "POST", url: rung.channelURL,
			params: func(rung) map[string]any {
				return map[string]any{"status": "closed", "routing": map[string]any{"status": "closed"}}
			},
			field: "status", value: "closed", chatNow: Completed},
		"a channel that never was": {
			method: "POST", url: func(rung) string { return "v1/Interactions/KDx/Channels/UOx" },
			params: func(rung) map[string]any { return map[string]any{"status": "closed"} }, status: http.StatusNotFound},
		"who is in a chat": {
			method: "GET", url: func(r rung) string { return r.channelURL() + "/Participants" }, field: none},
		"which channels an interaction has": {
			method: "GET", url: func(rung) string { return "v1/Interactions/KDx/Channels" }, field: none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{})
			r := rung{call: f.Ring(Task{Deskphone: true}), chat: f.Ring(Task{Channel: "chat"})}
			for _, to := range test.call {
				require.NoError(t, f.move(r.call.SID, to))
			}
			for _, to := range test.chat {
				require.NoError(t, f.move(r.chat.SID, to))
			}
			params := map[string]any{}
			if test.params != nil {
				params = test.params(r)
			}
			status, payload := f.request(test.method, test.url(r), params)
			require.Equal(t, max(test.status, http.StatusOK), status)
			if test.field != none {
				require.Equal(t, test.value, payload.(map[string]any)[test.field])
			}
			for sid, now := range map[string]Status{r.call.SID: test.callNow, r.chat.SID: test.chatNow} {
				if reservation, _ := f.Reservation(sid); now != "" {
					require.Equal(t, now, reservation.Status)
				}
			}
			require.Empty(t, f.Unknown())
		})
	}
}

func TestTheListsThatAStartingFlexTakesUp(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	live, over := f.Ring(Task{Deskphone: true}), f.Ring(Task{})
	require.NoError(t, f.move(live.SID, Accepted))
	require.NoError(t, f.Rescind(over.SID))
	for url, length := range map[string]int{
		workspace + "/Activities": 3, theWorker + "/WorkerChannels": len(taskChannels), theWorker + "/Reservations": 1,
	} {
		status, payload := f.request("GET", url, nil)
		require.Equal(t, http.StatusOK, status)
		require.Len(t, payload.(map[string]any)["contents"], length, url)
	}
}

func TestWhatNobodyKnowsIsAnEmptyListAndIsNoted(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	for range 2 {
		status, payload := f.request("GET", theWorker+"/Statistics", nil)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, map[string]any{"contents": []any{}, "after_sid": nil}, payload)
	}
	require.Equal(t, []string{"bridge GET Workspaces/WS…/Workers/WK…/Statistics"}, f.Unknown())
}

func TestNonsenseIsRefused(t *testing.T) {
	t.Parallel()
	response, _ := newFlex(t, Config{}).ask(http.MethodPost, "event-bridge.twilio.com", "/v1/wschannels", "nonsense")
	require.Equal(t, http.StatusBadRequest, response.StatusCode)
}

func TestEveryTabHearsEverythingInOrder(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	tabs := []line{f.tab(), f.tab()}
	require.Equal(t, 2, f.Tabs())
	call := f.Ring(Task{Channel: "sms"})
	require.NoError(t, f.move(call.SID, Accepted))
	require.NoError(t, f.CustomerHangsUp(call.SID))
	for _, tab := range tabs {
		for _, expected := range []struct{ event, status string }{
			{"reservation.created", "pending"}, {"reservation.accepted", "accepted"}, {"reservation.wrapup", "wrapping"},
		} {
			kind, payload := tab.event()
			require.Equal(t, expected.event, kind)
			require.Equal(t, call.SID, payload["sid"])
			require.Equal(t, expected.status, payload["reservation_status"], "an event says how things were")
		}
		kind, payload := tab.event()
		require.Equal(t, "task.wrapup", kind)
		require.Equal(t, call.TaskSID, payload["sid"])
	}
}

func TestEventsAreHeldBack(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{Delay: time.Millisecond})
	tab := f.tab()
	f.Hold()
	call := f.Ring(Task{})
	f.SetWorkerAttributes(map[string]any{"team": "blue"})
	status, _ := f.request("GET", theWorker+"/Reservations/"+call.SID, nil)
	require.Equal(t, http.StatusOK, status, "requests are answered meanwhile")
	f.Release()
	kind, _ := tab.event()
	require.Equal(t, "reservation.created", kind)
	kind, payload := tab.event()
	require.Equal(t, "worker.attributes.update", kind)
	require.Contains(t, payload["attributes"], `"team":"blue"`)
}

func TestADroppedTabConnectsAgain(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	tab := f.tab()
	f.DropBridge()
	tab.isDropped()
	call := f.Ring(Task{})
	require.Zero(t, f.Tabs())
	tab = f.tab()
	require.NoError(t, f.CustomerCancels(call.SID))
	kind, payload := tab.event()
	require.Equal(t, "reservation.canceled", kind, "what was missed is not said again")
	require.EqualValues(t, 1, payload["canceled_reason_code"])
	f.DropSockets()
	tab.isDropped()
}
