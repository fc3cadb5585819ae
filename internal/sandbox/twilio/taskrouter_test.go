package twilio

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// centre is a Twilio whose events are kept instead of sent.
type centre struct {
	*Twilio
	events *[]string
}

func newCentre(t *testing.T) centre {
	t.Helper()
	c := centre{Twilio: New(Config{}), events: new([]string)}
	c.router.emit = func(event string, _ any) {
		if !strings.HasPrefix(event, "participant.") { // conference_test.go
			*c.events = append(*c.events, event)
		}
	}
	t.Cleanup(c.Close)
	return c
}

func TestEveryChangeOfStateHasItsEvents(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path       []Status
		taskStatus string
		events     []string
	}{
		"an offer":                      {nil, "reserved", nil},
		"an accepted one":               {[]Status{Accepted}, "assigned", []string{"reservation.accepted"}},
		"a rejected one":                {[]Status{Rejected}, "pending", []string{"reservation.rejected"}},
		"one nobody answered":           {[]Status{TimedOut}, "pending", []string{"reservation.timeout"}},
		"one another agent took":        {[]Status{Rescinded}, "pending", []string{"reservation.rescinded"}},
		"a customer who did not wait":   {[]Status{Canceled}, "canceled", []string{"reservation.canceled", "task.canceled"}},
		"a conversation that is over":   {[]Status{Accepted, Wrapping}, "wrapping", []string{"reservation.accepted", "reservation.wrapup", "task.wrapup"}},
		"one completed without wrap-up": {[]Status{Accepted, Completed}, "completed", []string{"reservation.accepted", "reservation.completed", "task.completed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCentre(t)
			sid := c.Ring(Task{Deskphone: true}).SID
			for _, to := range test.path {
				require.NoError(t, c.move(sid, to))
			}
			require.Equal(t, append([]string{"reservation.created"}, test.events...), *c.events)
			reservation, ok := c.Reservation(sid)
			require.True(t, ok)
			require.Equal(t, test.taskStatus, reservation.TaskStatus)
		})
	}
}

func TestACallThatTaskRouterWouldRefuseChangesNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path   []Status
		refuse func(c centre, sid string) error
		reason string
	}{
		"a hang-up while it rings":       {nil, func(c centre, sid string) error { return c.CustomerHangsUp(sid) }, "is pending and cannot become wrapping"},
		"completing while it rings":      {nil, func(c centre, sid string) error { return c.Complete(sid) }, "is pending and cannot become completed"},
		"a time-out of an accepted one":  {[]Status{Accepted}, func(c centre, sid string) error { return c.TimeOut(sid) }, "is accepted and cannot become timeout"},
		"rescinding what is wrapping":    {[]Status{Accepted, Wrapping}, func(c centre, sid string) error { return c.Rescind(sid) }, "is wrapping and cannot become rescinded"},
		"cancelling what is completed":   {[]Status{Accepted, Completed}, func(c centre, sid string) error { return c.CustomerCancels(sid) }, "is completed and cannot become canceled"},
		"offering again what is live":    {[]Status{Accepted}, func(c centre, sid string) error { _, err := c.RingAgain(sid); return err }, "is accepted and cannot become pending"},
		"a reservation that never was":   {nil, func(c centre, _ string) error { return c.Complete("WRx") }, "there is no WRx"},
		"attributes of one that was not": {nil, func(c centre, _ string) error { return c.SetAttributes("WRx", nil) }, "there is no WRx"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCentre(t)
			sid := c.Ring(Task{Deskphone: true}).SID
			for _, to := range test.path {
				require.NoError(t, c.move(sid, to))
			}
			before, _ := c.Reservation(sid)
			events := len(*c.events)
			require.ErrorContains(t, test.refuse(c, sid), test.reason)
			after, _ := c.Reservation(sid)
			require.Equal(t, before, after)
			require.Len(t, *c.events, events)
		})
	}
}

func TestALostTaskIsOfferedAgain(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	first := c.Ring(Task{})
	require.NoError(t, c.TimeOut(first.SID))
	second, err := c.RingAgain(first.TaskSID)
	require.NoError(t, err)
	require.Equal(t, first.TaskSID, second.TaskSID)
	require.NotEqual(t, first.SID, second.SID)
	require.Equal(t, Pending, second.Status)
	latest, ok := c.Reservation(first.TaskSID)
	require.True(t, ok)
	require.Equal(t, second, latest)
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		task    Task
		channel string
		has     map[string]any
		hasNot  []string
	}{
		"a call comes from a number": {
			Task{}, "voice", map[string]any{"direction": "inbound", "from": customerNumber, "to": centreNumber}, []string{"channelType"}},
		"the caller's attributes go over those": {
			Task{Channel: "voice", Attributes: map[string]any{"from": "anonymous", "x": 1.0}}, "voice",
			map[string]any{"from": "anonymous", "x": 1.0}, nil},
		"nil takes one away": {
			Task{Attributes: map[string]any{"from": nil}}, "voice", map[string]any{"direction": "inbound"}, []string{"from"}},
		"an outbound call has a destination": {
			Task{Attributes: map[string]any{"direction": "outbound"}}, "voice",
			map[string]any{"direction": "outbound", "outbound_to": customerNumber}, []string{"caller", "call_sid"}},
		"a WhatsApp message is chat to TaskRouter": {
			Task{Channel: "whatsapp"}, "chat", map[string]any{"channelType": "whatsapp", "customerAddress": "whatsapp:" + customerNumber}, nil},
		"a text message has a number": {
			Task{Channel: "sms"}, "sms", map[string]any{"channelType": "sms", "customerAddress": customerNumber}, nil},
		"a web chat's customer has none": {
			Task{Channel: "web"}, "chat", map[string]any{"channelType": "web"}, []string{"to"}},
		"a custom task has nothing but its own": {
			Task{Channel: "callback", Attributes: map[string]any{"x": "y"}}, "callback", map[string]any{"x": "y"}, []string{"from", "channelType"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reservation := newCentre(t).Ring(test.task)
			require.Equal(t, test.channel, reservation.Channel)
			require.Subset(t, reservation.Attributes, test.has)
			for _, key := range test.hasNot {
				require.NotContains(t, reservation.Attributes, key)
			}
		})
	}
}

func TestAConversationHasAllItsSIDs(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	one, other := c.Ring(Task{Channel: "chat"}), c.Ring(Task{Channel: "chat"})
	for key, prefix := range map[string]string{
		"flexInteractionSid": "KD", "flexInteractionChannelSid": "UO", "flexChannelInviteSid": "KG", "conversationSid": "CH",
	} {
		require.Regexp(t, regexp.MustCompile("^"+prefix+"[0-9a-f]{32}$"), one.Attributes[key])
		require.NotEqual(t, one.Attributes[key], other.Attributes[key])
	}
	require.Regexp(t, "^WR[0-9a-f]{32}$", one.SID)
	require.Regexp(t, "^WT[0-9a-f]{32}$", one.TaskSID)
}

func TestAttributesAreTheCallersNoMore(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	nested := map[string]any{"outcome": "won"}
	sid := c.Ring(Task{Attributes: map[string]any{"conversations": nested}}).SID
	nested["outcome"] = "lost"
	reservation, _ := c.Reservation(sid)
	require.Equal(t, map[string]any{"outcome": "won"}, reservation.Attributes["conversations"])
	require.NoError(t, c.SetAttributes(sid, map[string]any{"from": nil, "name": "Ada"}))
	reservation, _ = c.Reservation(sid)
	require.NotContains(t, reservation.Attributes, "from")
	require.Equal(t, "Ada", reservation.Attributes["name"])
	require.Equal(t, []string{"reservation.created", "task.updated"}, *c.events)
}

func TestAnAcceptedCallIsAConference(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	call := c.Ring(Task{Deskphone: true})
	require.NoError(t, c.move(call.SID, Accepted))
	accepted, _ := c.Reservation(call.SID)
	require.Contains(t, accepted.Attributes, "conference")
	require.Equal(t, call.Attributes["call_sid"], accepted.Attributes["conference"].(map[string]any)["participants"].(map[string]any)["customer"])
}

// The fields without which twilio-taskrouter.js 's Reservation and Task refuse what they are given (its *Properties lists).
func TestNothingThatFlexInsistsOnIsMissing(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	res, err := c.router.look(c.Ring(Task{}).SID)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(mustJSON(res), &fields))
	for _, field := range []string{
		"account_sid", "date_created", "date_updated", "reservation_status", "sid", "task", "reservation_timeout", "worker_sid",
		"workspace_sid", "version",
	} {
		require.Contains(t, fields, field)
	}
	for _, field := range []string{
		"addons", "age", "attributes", "date_created", "date_updated", "priority", "queue_name", "queue_sid", "reason", "routing_target",
		"sid", "assignment_status", "task_channel_unique_name", "task_channel_sid", "timeout", "workflow_name", "workflow_sid", "version",
		"virtual_start_time",
	} {
		require.Contains(t, fields["task"], field)
	}
}

// The page and the stand-in are two packages that do not know each other, but they have to mean the same account.
func TestThePageLogsInWithTheSameSIDs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../flexhost/host/index.html")
	require.NoError(t, err)
	for _, text := range []string{accountSID, flexUserSID, "identity: '" + identity + "'"} {
		require.Contains(t, string(page), text)
	}
}
