package flexbridge

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
)

// eval returns the value of a JavaScript expression.
func eval(t *testing.T, expression string) safejs.Value {
	t.Helper()
	v, err := jscall.Call(safejs.Global(), "eval", "("+expression+")")
	require.NoError(t, err)
	return v
}

// loader returns a host whose queue is a plain array: host.events.
func loader(t *testing.T, more string) *Host {
	t.Helper()
	h, err := NewHost(eval(t, `{
		origin: "https://acme.lightning.force.com", managerEvents: true, window: {}, settings: [],
		events: [], lines: [], wake: null, safe: 0, told: [],
		kept(number) { this.safe = number },
		tell(sentence) { this.told.push(sentence) },
		take() { const all = this.events; this.events = []; return all },
		onEvents(wake) { this.wake = wake; if (wake && this.events.length) wake() },
		log(level, line) { this.lines.push(level + " " + line) },
		`+more+`}`), jscall.Edge{})
	require.NoError(t, err)
	return h
}

func TestNewHost(t *testing.T) {
	tests := map[string]struct{ host, wantErr string }{
		"no loader":        {`undefined`, "flexbridge: host: value is undefined, not an object"},
		"no origin":        {`{managerEvents: true}`, "flexbridge: host: origin is undefined, not a string"},
		"no managerEvents": {`{origin: ""}`, "flexbridge: host: managerEvents is undefined, not a boolean"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := NewHost(eval(t, tt.host), jscall.Edge{})
			require.EqualError(t, err, tt.wantErr)
		})
	}
}

func TestConfig(t *testing.T) {
	tests := map[string]struct {
		settings, level string
		warnings        int
	}{
		"nothing set":                      {`[]`, "warn", 0},
		"the account's settings":           {`[{log_level: "info"}]`, "info", 0},
		"the worker's go over them":        {`[{log_level: "info"}, {log_level: "debug"}]`, "debug", 0},
		"a layer that is no object":        {`["info", {log_level: "debug"}]`, "debug", 0},
		"a setting that can't be read":     {`[{get log_level() { throw new Error("no") }}]`, "warn", 0},
		"settings that are no list at all": {`7`, "warn", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, warnings := loader(t, "settings: "+tt.settings).Config()
			require.Equal(t, tt.level, c.LogLevel)
			require.Len(t, warnings, tt.warnings)
		})
	}
}

const whole = `{kind: "taskAccepted", at: 1767603600123.5, task: {
	sid: "WR1", taskSid: "WT1", status: "accepted", channel: "voice", queue: "Everyone",
	offered: 1767603590000, updated: 1767603599000,
	attributes: {direction: "inbound", from: "+1", outbound_to: "+2", flexInteractionSid: "KD1",
		customerAddress: "a", customerName: "n", name: "m", more: {deep: [1]}}}}`

var wholeTask = Task{
	SID: "WR1", TaskSID: "WT1", Status: "accepted", Channel: "voice", Queue: "Everyone",
	Offered: time.Date(2026, 1, 5, 8, 59, 50, 0, time.UTC), Updated: time.Date(2026, 1, 5, 8, 59, 59, 0, time.UTC), Direction: "inbound", From: "+1", OutboundTo: "+2",
	InteractionSID: "KD1", CustomerAddress: "a", CustomerName: "n", Name: "m",
}

func TestParseSignal(t *testing.T) {
	tests := map[string]struct {
		event, wantErr string
		want           Signal
	}{
		"all there": {
			event: whole,
			want:  Signal{Name: "taskAccepted", At: time.Date(2026, 1, 5, 9, 0, 0, 123_500_000, time.UTC), Task: wholeTask},
		},
		"only what must be there": {
			event: `{kind: "taskWrapup", at: 1, task: {sid: "WR1", taskSid: "WT1"}}`,
			want:  Signal{Name: "taskWrapup", At: time.UnixMilli(1).UTC(), Task: Task{SID: "WR1", TaskSID: "WT1"}},
		},
		"attributes of every odd kind": {
			event: `{kind: "x", at: 0, task: {sid: "WR1", taskSid: "WT1", status: 3, queue: null, offered: NaN,
				attributes: {from: 14155550100, name: {first: "A"}, customerName: ["A"], direction: true, outbound_to: NaN,
					get customerAddress() { throw new Error("no") }}}}`,
			want: Signal{Name: "x", At: time.UnixMilli(0).UTC(), Task: Task{SID: "WR1", TaskSID: "WT1", Status: "3", From: "14155550100"}},
		},
		"attributes that are no object": {
			event: `{kind: "x", at: 0, task: {sid: "WR1", taskSid: "WT1", attributes: "{}"}}`,
			want:  Signal{Name: "x", At: time.UnixMilli(0).UTC(), Task: Task{SID: "WR1", TaskSID: "WT1"}},
		},
		"all tasks that Flex has": {
			event: `{kind: "listed", at: 1, sids: ["WR1", "WR2"]}`,
			want:  Signal{Name: "listed", At: time.UnixMilli(1).UTC(), SIDs: []string{"WR1", "WR2"}},
		},
		"Flex has no tasks": {
			event: `{kind: "listed", at: 1, sids: []}`,
			want:  Signal{Name: "listed", At: time.UnixMilli(1).UTC(), SIDs: []string{}},
		},
		"a list with something else in it": {
			event:   `{kind: "listed", at: 1, sids: ["WR1", null]}`,
			wantErr: "listed: value is null, not a string",
		},
		"a list that is none": {event: `{kind: "listed", at: 1}`, wantErr: "listed: sids is undefined, not an array"},
		"another try":         {event: `{kind: "retry", at: 1}`, want: Signal{Name: "retry", At: time.UnixMilli(1).UTC()}},
		"no kind":             {event: `{at: 1}`, wantErr: "event: kind is undefined, not a string"},
		"no time":             {event: `{kind: "x", at: "now"}`, wantErr: "x: at is a string, not a number"},
		"no task":             {event: `{kind: "x", at: 1}`, wantErr: "x: task is undefined, not an object"},
		"no reservation SID":  {event: `{kind: "x", at: 1, task: {taskSid: "WT1"}}`, wantErr: "x: task.sid is undefined, not a string"},
		"no task SID":         {event: `{kind: "x", at: 1, task: {sid: "WR1"}}`, wantErr: "x: task.taskSid is undefined, not a string"},
		"nothing":             {event: `null`, wantErr: "event: value is null, not an object"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := parseSignal(eval(t, tt.event))
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestListen(t *testing.T) {
	event := func(sid string) string {
		return `{kind: "taskAccepted", at: 1, task: {sid: "` + sid + `", taskSid: "WT"}}`
	}
	push := func(events string) string { return `h => { h.events.push(` + events + `); h.wake && h.wake() }` }
	tests := map[string]struct {
		more string // of the loader
		then string // done to it once it is listened to
		want []string
		odd  int
	}{
		"what came before is heard first": {
			more: "events: [" + event("WR1") + "]", then: push(event("WR2")), want: []string{"WR1", "WR2"},
		},
		"many at once are heard in order": {
			then: push(event("WR1") + "," + event("WR2") + "," + event("WR3")), want: []string{"WR1", "WR2", "WR3"},
		},
		"what is no event is passed over": {
			then: push(`null, 7, {}, ` + event("WR1")), want: []string{"WR1"}, odd: 3,
		},
		"what nobody waits for is passed over": {
			then: push(`{kind: "taskUpdated", at: 1, task: {sid: "WR0", taskSid: "WT"}}, ` + event("WR1")), want: []string{"WR1"},
		},
		"a queue that throws, once": {
			more: `times: 0, take() { if (this.times++ === 0) throw new Error("no"); return [` + event("WR1") + `] }`,
			then: `h => { h.wake(); setTimeout(() => h.wake(), 2) }`, want: []string{"WR1"}, odd: 1,
		},
		"a queue that gives no list, once": {
			more: `times: 0, take() { return this.times++ ? [` + event("WR1") + `] : "none" }`,
			then: `h => { h.wake(); setTimeout(() => h.wake(), 2) }`, want: []string{"WR1"}, odd: 1,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := loader(t, tt.more)
			ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
			defer stop()
			var heard []string
			odd := 0
			done := make(chan error, 1)
			go func() {
				done <- h.Listen(ctx, func(events []Event, _ func()) {
					for _, ev := range events {
						heard = append(heard, ev.Task.SID)
					}
					if len(heard) == len(tt.want) {
						stop()
					}
				}, func(error) { odd++ })
			}()
			time.Sleep(time.Millisecond) // lets it listen
			_, err := eval(t, tt.then).Invoke(h.v)
			require.NoError(t, err)
			require.ErrorIs(t, <-done, context.Canceled)
			require.Equal(t, tt.want, heard)
			require.Equal(t, tt.odd, odd)
			wake, err := jscall.Get(h.v, "wake")
			require.NoError(t, err)
			require.True(t, wake.IsNull(), "nothing is left to call what was released")
		})
	}
}

func TestListenToALoaderThatDoesNotTakeIt(t *testing.T) {
	h := loader(t, `onEvents() { throw new Error("closed") }`)
	err := h.Listen(t.Context(), func([]Event, func()) {}, func(error) {})
	require.EqualError(t, err, "flexbridge: listen: JavaScript error: closed")
}

func TestListenEndsWithItsContext(t *testing.T) {
	gone := errors.New("the page is going")
	ctx, stop := context.WithCancelCause(t.Context())
	stop(gone)
	require.ErrorIs(t, loader(t, "").Listen(ctx, func([]Event, func()) {}, func(error) {}), gone)
}

func TestTheLoaderIsToldWhatIsSafe(t *testing.T) {
	h := loader(t, `events: [
		{kind: "taskAccepted", at: 1, number: 7, task: {sid: "WR1", taskSid: "WT"}},
		{kind: "taskUpdated", at: 1, number: 8, task: {sid: "WR1", taskSid: "WT"}}, {number: 9}]`)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	var safe int64
	_ = h.Listen(ctx, func(_ []Event, kept func()) {
		kept()
		safe, _ = jscall.Int(h.v, "safe")
		stop()
	}, func(error) {})
	require.EqualValues(t, 9, safe, "also what nobody understands needs not be given again")
}

func TestTell(t *testing.T) {
	h := loader(t, "")
	h.Tell("Careful.")
	sentence, err := jscall.String(h.v, "told", "0")
	require.NoError(t, err)
	require.Equal(t, "Careful.", sentence)
	loader(t, `tell() { throw new Error("no bar") }`).Tell("Careful.")
}

func TestLog(t *testing.T) {
	h := loader(t, "")
	h.Log("warn", "careful")
	line, err := jscall.String(h.v, "lines", "0")
	require.NoError(t, err)
	require.Equal(t, "warn careful", line)
	loader(t, `log() { throw new Error("no console") }`).Log("warn", "careful")
	loader(t, `log: 7`).Log("warn", "careful")
}
