package soak

import (
	"slices"
	"testing"
	"time"

	"flexcaselog/internal/sandbox"

	"github.com/stretchr/testify/require"
)

// Two calls, the second a transfer of the first: one engagement, one Case.
const (
	theTask = "WT1"
	theCase = "500000000000001AAA"
)

var start = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func calls() []Task {
	attributes := map[string]any{"direction": "inbound", "name": "Ada"}
	return []Task{
		{Reservation: "WR1", SID: theTask, Channel: "voice", Attributes: attributes, Wrapup: 2000},
		{Reservation: "WR2", SID: theTask, Channel: "voice", Attributes: attributes},
	}
}

func history() map[string]stays {
	return map[string]stays{
		"WR1": {sandbox.StatusAccepted: 3 * time.Second, sandbox.StatusWrapup: 2 * time.Second},
		"WR2": {sandbox.StatusAccepted: 4 * time.Second},
	}
}

func row(reservation, status, key string, after, lasted int) sandbox.Log {
	l := sandbox.Log{
		Case: theCase, Name: "Ada - " + status, Status: status, Key: reservation + key, Task: theTask,
		Reservation: reservation, Channel: "voice", Direction: "inbound", Start: start.Add(time.Duration(after) * time.Second),
	}
	if status != sandbox.StatusCompleted {
		l.Duration = &lasted
	}
	return l
}

// org is what the two calls must have left.
type org struct {
	cases []sandbox.Case
	logs  []sandbox.Log
	pops  []string
}

func whole() *org {
	return &org{
		cases: []sandbox.Case{{ID: theCase, Number: "1", Engagement: theTask}},
		logs: []sandbox.Log{
			row("WR1", sandbox.StatusAccepted, "-accepted", 0, 3),
			row("WR2", sandbox.StatusAccepted, "-accepted", 1, 4),
			row("WR1", sandbox.StatusWrapup, "-wrapup", 3, 2),
			row("WR1", sandbox.StatusCompleted, "-completed", 5, 0),
			row("WR2", sandbox.StatusCompleted, "-completed", 5, 0),
		},
		pops: []string{theCase, theCase[:15]},
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*org)
		want  Rows // but for what is always so
		wrong int  // sentences
	}{
		"all is well":          {func(*org) {}, Rows{Found: 5}, 0},
		"a row is lost":        {func(o *org) { o.logs = slices.Delete(o.logs, 2, 3) }, Rows{Found: 4, Lost: 1}, 0},
		"a row is there twice": {func(o *org) { o.logs = append(o.logs, o.logs[3]) }, Rows{Found: 5, Doubled: 1}, 0},
		"a row of a state nobody was in": {
			func(o *org) { o.logs = append(o.logs, row("WR2", sandbox.StatusWrapup, "-wrapup", 5, 0)) }, Rows{Found: 5, Doubled: 1}, 0,
		},
		"a row of nobody's":        {func(o *org) { o.logs = append(o.logs, row("WR3", sandbox.StatusAccepted, "-accepted", 0, 0)) }, Rows{Found: 5, Doubled: 1}, 0},
		"rows in another order":    {func(o *org) { o.logs[2], o.logs[3] = o.logs[3], o.logs[2] }, Rows{Found: 5, OutOfOrder: 1}, 0},
		"a second Case":            {func(o *org) { o.cases = append(o.cases, sandbox.Case{ID: "500000000000002AAA", Engagement: theTask}) }, Rows{Found: 5, Doubled: 1}, 2},
		"a Case of nobody's":       {func(o *org) { o.cases = append(o.cases, sandbox.Case{ID: "500000000000002AAA", Engagement: "WT2"}) }, Rows{Found: 5, Doubled: 1}, 0},
		"a third pop of two calls": {func(o *org) { o.pops = append(o.pops, theCase) }, Rows{Found: 5, SecondPops: 1}, 0},
		"a pop of something else":  {func(o *org) { o.pops = append(o.pops, "500000000000009AAA") }, Rows{Found: 5}, 1},
		"a field":                  {func(o *org) { o.logs[0].Channel = "chat" }, Rows{Found: 5}, 1},
		"a duration that the page knows better": {
			func(o *org) {
				*o.logs[0].Duration, o.logs[2].Start, o.logs[3].Start = 5, start.Add(5*time.Second), start.Add(7*time.Second)
			},
			Rows{Found: 5}, 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := whole()
			c.spoil(o)
			got := judge(calls(), history(), o.cases, o.logs, o.pops)
			require.Len(t, got.Wrong, c.wrong, "%q", got.Wrong)
			c.want.Expected, c.want.Cases, c.want.Pops, c.want.Wrong = 5, len(o.cases), len(o.pops), got.Wrong
			require.Equal(t, c.want, got)
			if name == "all is well" {
				require.NoError(t, got.Err())
			} else {
				require.Error(t, got.Err())
			}
		})
	}
}

func TestReportComplainsOfGrowth(t *testing.T) {
	t.Parallel()
	r := Report{Before: Sample{Wasm: 10 << 20, Heap: 2 << 20}, After: Sample{Wasm: 14 << 20, Heap: 2 << 20}}
	require.NoError(t, r.Err())
	r.After.Heap++
	require.ErrorContains(t, r.Err(), "memory has grown by 4.00 MB")
}
