//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EOffersThatAreNotTakenLeaveNoTrace(t *testing.T) {
	d := openDesk(t)
	lost := map[string]twilio.Reservation{}
	for name, lose := range map[string]func(twilio.Reservation) error{
		"rejected":  func(res twilio.Reservation) error { return d.agent.Reject(d.soon(), res) },
		"timed out": func(res twilio.Reservation) error { return centre.Twilio.TimeOut(res.SID) },
		"rescinded": func(res twilio.Reservation) error { return centre.Twilio.Rescind(res.SID) },
		"cancelled": func(res twilio.Reservation) error { return centre.Twilio.CustomerCancels(res.SID) },
	} {
		for _, task := range []twilio.Task{{}, {Channel: "web"}} {
			lost[name+" "+task.Channel] = d.loses(task, lose)
		}
	}
	// The next call is a whole one: once its rows are there, those of the lost ones would be.
	d.ends(d.takes(twilio.Task{}))
	for name, res := range lost {
		d.leftNothing(res, name)
	}
	require.Equal(t, 1, d.calls("runApex"))
	require.Equal(t, 1, d.calls("screenPop"))
}

func TestE2ETheWaysATaskEnds(t *testing.T) {
	// The setting that lets agents pause a conversation is read when Flex starts.
	centre.Twilio.SetConfiguration(map[string]any{"agent_conv_end_methods": map[string]any{"enabled": []string{"Pause"}}})
	t.Cleanup(func() { centre.Twilio.SetConfiguration(map[string]any{"agent_conv_end_methods": nil}) })
	d := openDesk(t)

	d.plays("completed by a program in the middle of the call", func() {
		call := d.takes(twilio.Task{})
		require.NoError(d.t, centre.Twilio.Complete(call.SID))
		st := sandbox.StoryOf(call)
		st.Statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted}
		d.keeps(st)
	})
	d.plays("completed by a program in wrap-up", func() {
		call := d.takes(twilio.Task{})
		d.customerHangsUp(call)
		require.NoError(d.t, centre.Twilio.Complete(call.SID))
		d.keeps(sandbox.StoryOf(call))
	})
	d.plays("accepted without a click", func() {
		// As a plugin does that answers for the agent.
		const answers = `void Twilio.Flex.Manager.getInstance().workerClient.once('reservationCreated',
			(res) => Twilio.Flex.Actions.invokeAction('AcceptTask', { sid: res.sid }))`
		require.NoError(d.t, d.flex.Eval(d.soon(), answers, nil))
		call := d.ring(twilio.Task{})
		require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Accepted))
		d.ends(call)
	})
	d.plays("accepted by a program, without an action", func() {
		call := d.ring(twilio.Task{Deskphone: true})
		require.NoError(d.t, centre.Twilio.Accept(call.SID))
		d.ends(call)
	})
	d.plays("other attributes during the conversation", func() {
		chat := d.takes(twilio.Task{Channel: "web"})
		require.NoError(d.t, centre.Twilio.SetAttributes(chat.SID, map[string]any{
			"customerName": "Grace Hopper", "name": "Grace Hopper", "from": "+442079460000", "direction": nil,
			"conversations": map[string]any{"outcome": "Sold"},
		}))
		d.hangUp(chat)
		d.complete(chat)
		st := sandbox.StoryOf(chat)
		st.Customer = "" // of the rows after the change it is nobody's promise
		d.keeps(st)
	})
	d.plays("paused and resumed", func() {
		chat := d.takes(twilio.Task{Channel: "web"})
		channel := fmt.Sprintf("{ channelSid: %q }", chat.Attributes["flexInteractionChannelSid"])
		require.NoError(d.t, d.agent.Do(d.soon(), "PauseChannel", chat, channel))
		require.NoError(d.t, d.agent.Becomes(d.soon(), chat, twilio.Completed))
		paused := sandbox.StoryOf(chat)
		paused.Statuses = []string{sandbox.StatusAccepted, sandbox.StatusCompleted} // Flex has no wrap-up for it
		d.keeps(paused)

		const listed = "window.Twilio.Flex.Manager.getInstance().store.getState().flex.worker.pausedEmailConversationsMap?.size > 0"
		require.NoError(d.t, d.flex.Wait(d.soon(), "the paused conversation", listed))
		require.NoError(d.t, d.agent.Do(d.soon(), "ResumeChannel", twilio.Reservation{}, channel))
		resumed := d.offeredAfter(chat)
		require.NotEqual(d.t, chat.TaskSID, resumed.TaskSID)
		d.acceptsNext(chat, resumed)
		d.hangUp(resumed)
		d.complete(resumed)
		d.sharesItsCase(paused, sandbox.StoryOf(resumed))
	})
	d.outboxIsEmpty()
}

// plays is one of several cases that share a desk. The first that fails is the last.
func (d *desk) plays(name string, play func()) {
	d.t.Helper()
	parent := d.t
	defer func() { d.t = parent }()
	if !parent.Run(name, func(t *testing.T) { d.t = t; play() }) {
		parent.FailNow()
	}
}

// takes is a task that is accepted and whose Case is popped.
func (d *desk) takes(task twilio.Task) twilio.Reservation {
	d.t.Helper()
	res := d.ring(task)
	d.accept(res)
	d.isPopped(res)
	return res
}

// ends is the rest of a task that was accepted, with all its promises kept.
func (d *desk) ends(res twilio.Reservation) {
	d.t.Helper()
	d.isPopped(res)
	d.hangUp(res)
	d.complete(res)
	d.keeps(sandbox.StoryOf(res))
}

// acceptsNext takes a later reservation of the same Case, which is popped again: it
// is not on the screen any more, as it never was on another agent's.
func (d *desk) acceptsNext(first, next twilio.Reservation) {
	d.t.Helper()
	require.NoError(d.t, d.page.Eval(d.soon(), lightning.Home, nil))
	d.accept(next)
	d.comes("a pop for each reservation", func() bool { return len(d.pops(first)) == 2 })
}

// sharesItsCase says that two reservations have one Case, which was popped for each, and their own rows.
func (d *desk) sharesItsCase(first, second sandbox.Story) {
	d.t.Helper()
	require.Equal(d.t, first.Engagement, second.Engagement)
	first.Pops, second.Pops = 2, 2
	d.keeps(second)
	d.keeps(first)
}

// offeredAfter waits for the first offer that came after a reservation's.
func (d *desk) offeredAfter(res twilio.Reservation) (next twilio.Reservation) {
	d.t.Helper()
	d.comes("the next offer", func() bool {
		offers := centre.Twilio.Offers()
		for i, offer := range offers {
			if offer.SID == res.SID && i+1 < len(offers) {
				next = offers[i+1]
				return true
			}
		}
		return false
	})
	d.rung = append(d.rung, next)
	return next
}

// loses is a task that rings until something ends that.
func (d *desk) loses(task twilio.Task, lose func(twilio.Reservation) error) twilio.Reservation {
	d.t.Helper()
	res := d.ring(task)
	require.NoError(d.t, d.flex.Wait(d.soon(), "the offer", exists(twilio.AcceptButton)))
	require.NoError(d.t, lose(res))
	require.NoError(d.t, d.flex.Wait(d.soon(), "no offer", "!"+exists(twilio.AcceptButton)))
	return res
}

// leftNothing says that the org has neither a Case nor a row of a reservation.
func (d *desk) leftNothing(res twilio.Reservation, name string) {
	d.t.Helper()
	require.Empty(d.t, d.logsOf(res), name)
	cases, err := centre.Cases(d.soon())
	require.NoError(d.t, err)
	for _, c := range cases {
		require.False(d.t, c.Serves(sandbox.StoryOf(res).Engagement), name)
	}
}

func exists(selector string) string {
	return fmt.Sprintf("(document.querySelector(%q) !== null)", selector)
}
