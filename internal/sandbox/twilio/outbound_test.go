package twilio

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// dialled is the agent's own call, as Flex starts and accepts it, while the far end rings.
func (f flex) dialled(attributes string) Reservation {
	f.t.Helper()
	f.RingOut(true)
	status, task := f.request("POST", workspace+"/Tasks", map[string]any{
		"TaskChannelUniqueName": "voice", "RoutingTarget": workerSID, "Attributes": attributes,
	})
	require.Equal(f.t, 200, status)
	call, ok := f.Reservation(task.(map[string]any)["sid"].(string))
	require.True(f.t, ok)
	return call
}

func TestAnOutboundCallWaitsForTheFarEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		then   func(f flex, p phone, call Reservation, callSID string)
		status Status
	}{
		"that answers": {func(f flex, _ phone, call Reservation, _ string) { require.NoError(f.t, f.CustomerAnswers(call.SID)) }, Accepted},
		"that is busy": {func(f flex, _ phone, call Reservation, _ string) {
			require.NoError(f.t, f.CustomerDeclines(call.SID, Busy))
		}, Canceled},
		"until the agent hangs up": {func(_ flex, p phone, _ Reservation, callSID string) {
			p.say("hangup", map[string]any{"callsid": callSID})
		}, Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{})
			p := f.phone()
			call := f.dialled(`{"direction":"outbound","outbound_to":"+442079460000","from":"+15550001111","recordId":"003x"}`)
			require.Equal(t, "003x", call.Attributes["recordId"])
			f.accept(call.SID)
			invite := p.hear("invite")
			p.pickUp(invite)
			require.Eventually(t, func() bool {
				f.voice.mu.Lock()
				defer f.voice.mu.Unlock()
				c := f.voice.calls[invite["callsid"].(string)]
				return c != nil && c.answered
			}, waitLimit, waitStep)
			require.Equal(t, Pending, f.now(call).Status, "the agent is in the call, the customer is not")
			test.then(f, p, call, invite["callsid"].(string))
			f.becomes(call.SID, test.status)
		})
	}
}

func TestASupervisorListensWithoutAReservation(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	p := f.phone()
	status, _ := f.request("POST", workspace+"/Tasks/WTx/Reservations/WRx", map[string]any{
		"Instruction": "supervise", "Supervisor": workerSID, "SupervisorMode": "monitor",
	})
	require.Equal(t, 200, status)
	invite := p.hear("invite")
	p.pickUp(invite)
	p.say("hangup", map[string]any{"callsid": invite["callsid"]})
	require.Eventually(t, func() bool { return !f.voice.has(invite["callsid"].(string)) }, waitLimit, waitStep)
	require.Empty(t, f.router.live())
}

func TestAnInternalCallIsBetweenClients(t *testing.T) {
	t.Parallel()
	incoming, outgoing := InternalCall(false).attributes(), InternalCall(true).attributes()
	require.Equal(t, "client:agent2", incoming["from"])
	require.NotContains(t, incoming, "direction")
	require.NotContains(t, incoming, "caller")
	require.Equal(t, "client:agent2", outgoing["outbound_to"])
	require.Equal(t, "outbound", outgoing["direction"])
	require.Equal(t, true, outgoing["client_call"])
}
