//go:build e2e

package e2e

import (
	"slices"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// newPops are the screen pops since the desk was opened.
func (d *desk) newPops(before int) []lightning.Pop { return centre.Console.Pops()[before:] }

func TestE2EWhatIsPopped(t *testing.T) {
	for name, tt := range map[string]struct {
		target string
		want   func(d *desk, call twilio.Reservation, pop lightning.Pop)
	}{
		"the contact": {"contact", func(d *desk, call twilio.Reservation, pop lightning.Pop) {
			require.Equal(d.t, d.caseOf(call).Contact, pop.RecordID)
			require.NotEmpty(d.t, pop.RecordID)
		}},
		"what a search for the number finds": {"search", func(d *desk, call twilio.Reservation, pop lightning.Pop) {
			search := d.lastCall("searchAndScreenPop")
			require.Equal(d.t, "+14155550123", search.Args["searchParams"])
			require.Equal(d.t, "inbound", search.Args["callType"])
		}},
		"a flow": {"flow:Greet_Caller", func(d *desk, call twilio.Reservation, pop lightning.Pop) {
			require.Equal(d.t, "flow", pop.Type)
			require.Equal(d.t, "Greet_Caller", pop.Params["flowDevName"])
			require.Equal(d.t, []any{
				map[string]any{"name": "engagement", "type": "String", "value": sandbox.StoryOf(call).Engagement},
				map[string]any{"name": "caseId", "type": "String", "value": d.caseOf(call).ID},
				map[string]any{"name": "phone", "type": "String", "value": "14155550123"},
			}, pop.Params["flowArgs"])
		}},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(centre.Console.Pops())
			d := configured(t, map[string]any{"pop_target": tt.target})
			call := d.ring(twilio.Task{})
			d.accept(call)
			d.comes("the pop", func() bool { return len(d.newPops(before)) == 1 })
			tt.want(d, call, d.newPops(before)[0])
			d.hangUp(call)
			d.complete(call)
			st := sandbox.StoryOf(call)
			st.Pops = 0 // of the Case
			d.keeps(st)
			require.Len(t, d.newPops(before), 1)
		})
	}
}

// lastCall is the last call of a method that came from this desk's frame.
func (d *desk) lastCall(method string) lightning.Message {
	d.t.Helper()
	for _, m := range slices.Backward(d.wire()) {
		if m.Method == method {
			return m
		}
	}
	require.Fail(d.t, "no call", "of %s", method)
	return lightning.Message{}
}

func TestE2EARecordThatIsOnTheScreenIsNotPopped(t *testing.T) {
	d := openDesk(t)
	chat := d.takes(twilio.Task{Channel: "web"})
	d.saysOfThePop("screen pop: done")
	d.hangUp(chat)
	d.complete(chat)
	d.hasRows(chat, 3) // nothing else is under way when it is asked what is on the screen
	again, err := centre.Twilio.NextAgent(chat.SID)
	require.NoError(t, err)
	d.rung = append(d.rung, again)
	d.accept(again)
	d.saysOfThePop("screen pop: not done: the record is open already")
	require.Len(t, d.pops(again), 1, "that of the first")

	// The agent goes on to something else: the next one is popped.
	require.NoError(t, d.page.Eval(d.soon(), lightning.Home, nil))
	d.hangUp(again)
	d.complete(again)
	third, err := centre.Twilio.NextAgent(again.SID)
	require.NoError(t, err)
	d.rung = append(d.rung, third)
	d.accept(third)
	d.comes("the second pop", func() bool { return len(d.pops(third)) == 2 })
	d.hangUp(third)
	d.complete(third)
}

func TestE2ETheCaseOfASelectedTaskComesBack(t *testing.T) {
	d := configured(t, map[string]any{"screen_pop": "select", "select_log": true})
	first := d.ring(twilio.Task{Channel: "web"})
	d.accept(first)
	d.comes("the first pop", func() bool { return len(d.pops(first)) == 1 })
	second := d.ring(twilio.Task{Channel: "sms"})
	d.accept(second)
	d.comes("the second pop", func() bool { return len(d.pops(second)) == 1 })

	// At least: on its way to a task the agent may select the other one.
	require.NoError(t, d.agent.Select(d.soon(), first))
	d.comes("the first Case again", func() bool { return len(d.pops(first)) >= 2 })
	require.NoError(t, d.agent.Select(d.soon(), second))
	d.comes("the second Case again", func() bool { return len(d.pops(second)) >= 2 })
	viewed := func(res twilio.Reservation) bool {
		return slices.Contains(d.events(res), "Task viewed")
	}
	require.True(t, viewed(first))
	require.True(t, viewed(second))
	for _, res := range []twilio.Reservation{first, second} {
		d.hangUp(res)
		d.complete(res)
	}
}

func TestE2EToSelectATaskMeansNothingOtherwise(t *testing.T) {
	d := openDesk(t)
	first, second := d.ring(twilio.Task{Channel: "web"}), twilio.Reservation{}
	d.accept(first)
	d.comes("the first pop", func() bool { return len(d.pops(first)) == 1 })
	second = d.ring(twilio.Task{Channel: "sms"})
	d.accept(second)
	d.comes("the second pop", func() bool { return len(d.pops(second)) == 1 })
	require.NoError(t, d.agent.Select(d.soon(), first))
	for _, res := range []twilio.Reservation{second, first} {
		d.hangUp(res)
		d.complete(res)
		d.keeps(sandbox.StoryOf(res)) // one pop each
	}
}

func TestE2EThePanelOpensWhenItRings(t *testing.T) {
	d := configured(t, map[string]any{"open_panel_on_ring": true})
	d.comes("the connection", func() bool { return d.calls("getAppViewInfo") > 0 })
	require.NoError(t, d.page.Click(d.soon(), "#panel-minimize"))
	const panel = "getComputedStyle(document.getElementById('panel')).visibility"
	require.NoError(t, d.page.Wait(d.soon(), "no panel", panel+" === 'hidden'"))
	call := d.ring(twilio.Task{})
	require.NoError(t, d.page.Wait(d.soon(), "the panel", panel+" === 'visible'"))
	d.accept(call)
	d.isPopped(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

func TestE2ETheCasesRowsAreReadAgainOnceSaved(t *testing.T) {
	d := openDesk(t)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.NoError(t, d.page.Wait(d.soon(), "the last row on the Case's page", "document.body.innerText.includes('Completed')"))
	d.comes("the refresh", func() bool { return d.calls("refreshView") > 0 })

	off := d.takes(twilio.Task{Channel: "web"})
	require.NoError(t, d.page.Wait(d.soon(), "the Case on the screen", lightning.View+".recordId === '"+d.caseOf(off).ID+"'"))
	require.NoError(t, d.page.Eval(d.soon(), lightning.Home, nil))
	before := d.calls("refreshView")
	d.hangUp(off)
	d.complete(off)
	d.keeps(sandbox.StoryOf(off))
	require.LessOrEqual(t, d.calls("refreshView")-before, 1, "but for one that was under way, only while the Case was on the screen")
}

func TestE2EThePopIsInTheTabThatTheAgentLooksAt(t *testing.T) {
	d := openDesk(t)
	tab := d.openTab(chromium.OpenTab)

	front := func(in, behind *desk) {
		t.Helper()
		require.NoError(t, in.page.Front(d.soon()))
		d.comes("its turn", func() bool { return in.flexReport().State["turn"] == "this tab writes" })
		call := d.ring(twilio.Task{Deskphone: true})
		in.accept(call)
		d.isPopped(call)
		shown := lightning.View + ".recordId === '" + d.caseOf(call).ID + "'"
		require.NoError(t, in.page.Wait(d.soon(), "the Case in the tab in front", shown))
		var there bool
		require.NoError(t, behind.page.Eval(d.soon(), shown, &there))
		require.False(t, there, "the tab behind it is left alone")
		d.customerHangsUp(call)
		in.complete(call)
		d.keeps(sandbox.StoryOf(call))
	}
	front(tab, d)
	front(d, tab)
}
