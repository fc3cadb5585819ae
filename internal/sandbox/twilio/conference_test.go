package twilio

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// heard is an event about somebody in a conference, or about the reservation.
func (c centre) hearParties() *[]string {
	heard := new([]string)
	c.router.emit = func(event string, payload any) {
		if party, ok := payload.(map[string]any); ok {
			event += " " + party["type"].(string)
		}
		*heard = append(*heard, event)
	}
	return heard
}

func TestWhoLeavesACallFirst(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		end  func(centre, string) error
		then []string
	}{
		"the customer hangs up": {
			func(c centre, sid string) error { return c.CustomerHangsUp(sid) },
			[]string{"participant.removed customer", "reservation.wrapup", "task.wrapup", "participant.removed agent"}},
		"the customer, of whom Flex hears late": {
			func(c centre, sid string) error { c.PartiesLate(true); return c.CustomerHangsUp(sid) },
			[]string{"reservation.wrapup", "task.wrapup", "participant.removed agent", "participant.removed customer"}},
		"the agent hangs up": {
			func(c centre, sid string) error { c.hungUp(sid); return nil },
			[]string{"participant.removed agent", "reservation.wrapup", "task.wrapup", "participant.removed customer"}},
		"a program completes it": {
			func(c centre, sid string) error { return c.Complete(sid) },
			[]string{"reservation.completed", "task.completed", "participant.removed agent", "participant.removed customer"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCentre(t)
			heard := c.hearParties()
			call := c.Ring(Task{Deskphone: true})
			require.NoError(t, c.move(call.SID, Accepted))
			require.Equal(t, []string{
				"reservation.created", "reservation.accepted", "participant.added customer", "participant.added agent",
			}, *heard)
			*heard = nil
			require.NoError(t, test.end(c, call.SID))
			require.Equal(t, test.then, *heard)
		})
	}
}

func TestAConversationHasNoConference(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	heard := c.hearParties()
	chat := c.Ring(Task{Channel: "web"})
	require.NoError(t, c.move(chat.SID, Accepted))
	require.NoError(t, c.CustomerHangsUp(chat.SID))
	require.Equal(t, []string{"reservation.created", "reservation.accepted", "reservation.wrapup", "task.wrapup"}, *heard)
}

func TestFlexReadsWhoIsInACall(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	call := f.Ring(Task{Deskphone: true})
	interaction := "v1/Interactions/KD" + call.TaskSID[2:]
	_, before := f.request("GET", interaction+"/Channels", nil)
	require.Empty(t, before.(map[string]any)["channels"])
	require.NoError(t, f.move(call.SID, Accepted))

	_, answer := f.request("GET", interaction+"/Channels", nil)
	channel := answer.(map[string]any)["channels"].([]any)[0].(map[string]any)
	require.Equal(t, "voice", channel["type"])
	participants := func() (of []map[string]any) {
		_, answer := f.request("GET", interaction+"/Channels/"+channel["sid"].(string)+"/Participants", nil)
		for _, each := range answer.(map[string]any)["participants"].([]any) {
			of = append(of, each.(map[string]any))
		}
		return of
	}
	here := participants()
	require.Len(t, here, 2)
	require.Equal(t, "customer", here[0]["type"])
	require.Equal(t, []any{call.Attributes["call_sid"]}, here[0]["media_properties"].(map[string]any)["CallSid"])
	require.Equal(t, "agent", here[1]["type"])
	require.Equal(t, call.SID, here[1]["routing_properties"].(map[string]any)["reservation_sid"])

	_, held := f.request("POST", interaction+"/Channels/x/Participants/"+here[0]["sid"].(string),
		map[string]any{"media_properties": map[string]any{"hold": true}})
	require.Equal(t, []any{"true"}, held.(map[string]any)["media_properties"].(map[string]any)["Hold"])

	f.router.customerLeaves(call.SID)
	require.Len(t, participants(), 1)
}
