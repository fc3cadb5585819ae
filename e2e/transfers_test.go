//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// The next agent of these transfers is the same one: what comes is another
// reservation of the same task, or another task of the same interaction.
func TestE2ETheNextAgentGetsTheSameCase(t *testing.T) {
	d := openDesk(t)
	for _, mode := range []string{twilio.Warm, twilio.Cold} {
		for kind, to := range map[string]string{twilio.ToWorker: twilio.OtherWorkerSID, twilio.ToQueue: twilio.QueueSID} {
			d.plays(mode+" to a "+kind, func() {
				call := d.takes(twilio.Task{Deskphone: true})
				require.NoError(d.t, d.agent.Do(d.soon(), "TransferTask", call,
					fmt.Sprintf("{ task, targetSid: %q, options: { mode: %q } }", to, mode)))
				if mode == twilio.Warm {
					d.hangUp(call)
				}
				require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Wrapping))
				d.complete(call)
				d.keeps(sandbox.StoryOf(call))
				next, err := centre.Twilio.TransferArrives(call.TaskSID)
				require.NoError(d.t, err)
				d.goesOn(call, next)
			})
		}
	}
	d.plays("a conversation", func() {
		chat := d.takes(twilio.Task{Channel: "web"})
		require.NoError(d.t, d.agent.Do(d.soon(), "StartChannelTransfer", chat, fmt.Sprintf(`{
			instanceSid: Twilio.Flex.Manager.getInstance().serviceConfiguration.flex_instance_sid,
			interactionSid: %q, channelSid: %q, conversationSid: %q, fromSid: "UTsandbox", toSid: %q
		}`, chat.Attributes["flexInteractionSid"], chat.Attributes["flexInteractionChannelSid"], chat.Attributes["conversationSid"], twilio.QueueSID)))
		require.NoError(d.t, d.agent.Becomes(d.soon(), chat, twilio.Wrapping))
		d.complete(chat) // one agent who has it twice is told so by Flex
		next, err := centre.Twilio.NextAgent(chat.SID)
		require.NoError(d.t, err)
		d.goesOn(chat, next)
	})
	d.plays("both agents in the call", func() {
		call := d.takes(twilio.Task{Deskphone: true})
		require.NoError(d.t, d.agent.Do(d.soon(), "TransferTask", call,
			fmt.Sprintf("{ task, targetSid: %q, options: { mode: 'WARM' } }", twilio.OtherWorkerSID)))
		next, err := centre.Twilio.TransferArrives(call.TaskSID)
		require.NoError(d.t, err)
		d.rung = append(d.rung, next)
		d.acceptsNext(call, next)
		d.hangUp(call)
		d.hangUp(next)
		d.complete(next)
		d.complete(call)
		d.sharesItsCase(sandbox.StoryOf(call), sandbox.StoryOf(next))
	})
	d.plays("from an agent elsewhere", func() {
		from := &twilio.Transferred{Mode: twilio.Cold, Kind: twilio.ToWorker}
		d.ends(d.takes(twilio.Task{Deskphone: true, Transferred: from}))
	})
}

// goesOn is the rest of a conversation with the next agent.
func (d *desk) goesOn(first, next twilio.Reservation) {
	d.t.Helper()
	d.rung = append(d.rung, next)
	d.acceptsNext(first, next)
	d.hangUp(next)
	d.complete(next)
	d.sharesItsCase(sandbox.StoryOf(first), sandbox.StoryOf(next))
}

func TestE2EColleaguesAmongThemselvesMakeNothing(t *testing.T) {
	d := openDesk(t)
	var internal []twilio.Reservation
	for name, task := range map[string]twilio.Task{
		"called by a colleague": twilio.InternalCall(false),
		"calling a colleague":   twilio.InternalCall(true),
		// Flex's own: with its setting enableClientCalling the dialler takes a client for a number.
		"dialling a client": {Attributes: map[string]any{"direction": "outbound", "outbound_to": "client:agent2"}},
	} {
		d.plays(name, func() {
			call := d.ring(task)
			if task.Attributes["direction"] != "outbound" { // those Flex accepts by itself
				d.accept(call)
			}
			require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Accepted))
			d.hangUp(call)
			d.complete(call)
			internal = append(internal, call)
		})
	}
	d.plays("listening in", func() {
		// As in the view of a supervisor, who sees another agent's task.
		const theirs = `{ task: { sid: 'WR00000000000000000000000000000002', taskSid: 'WT00000000000000000000000000000002', status: 'accepted',
			taskChannelUniqueName: 'voice', attributes: {}, source: { addListener() {}, removeListener() {} },
			getChannels: async () => [], getParticipants: async () => [] } }`
		require.NoError(d.t, d.flex.Eval(d.soon(), "void Twilio.Flex.Actions.invokeAction('MonitorCall', "+theirs+").catch(() => {})", nil))
		d.comes("the call in the supervisor's browser", func() bool { return centre.Twilio.Listening() })
		require.NoError(d.t, d.flex.Eval(d.soon(), "void Twilio.Flex.Actions.invokeAction('StopMonitoringCall', "+theirs+").catch(() => {})", nil))
		d.comes("its end", func() bool { return !centre.Twilio.Listening() })
	})
	d.plays("a customer whose address is a client", func() {
		d.ends(d.takes(twilio.Task{Attributes: map[string]any{"from": "client:ada", "caller": "client:ada", "name": "Ada"}}))
	})
	for _, call := range internal {
		d.leftNothing(call, "an internal call")
	}
	require.Equal(t, 1, d.calls("screenPop"))
}
