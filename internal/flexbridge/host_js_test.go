package flexbridge

import (
	"errors"
	"syscall/js"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
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
		origin: "https://acme.lightning.force.com", managerEvents: true, settings: [],
		events: [], lines: [], wake: null, safe: 0, told: [],
		kept(number) { this.safe = number },
		tell(sentence) { this.told.push(sentence) },
		tellOnce(sentence) { this.told.push("once: " + sentence) },
		take() { const all = this.events.join("\x1e"); this.events = []; return all },
		onEvents(wake, paths, idle) { this.wake = wake; this.paths = paths || this.paths; this.idle = idle || this.idle; if (wake && this.events.length) wake() },
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

// happened is an event as the loader hands it over, as a JavaScript literal.
func happened(number, name, sid string) string {
	text, err := jscall.JSON(safejs.Safe(js.ValueOf(line("n"+number, "s"+name, "n1", "", "s"+sid, "sWT"))))
	if err != nil {
		panic(err)
	}
	return text
}

func TestListen(t *testing.T) {
	event := func(sid string) string { return happened("1", "taskAccepted", sid) }
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
			then: push(`"7", "{}", ` + event("WR1")), want: []string{"WR1"}, odd: 2,
		},
		"what nobody waits for is passed over": {
			then: push(happened("1", "taskUpdated", "WR0") + ", " + event("WR1")), want: []string{"WR1"},
		},
		"a queue that throws, once": {
			more: `times: 0, take() { if (this.times++ === 0) throw new Error("no"); return ` + event("WR1") + ` }`,
			then: `h => { h.wake(); setTimeout(() => h.wake(), 2) }`, want: []string{"WR1"}, odd: 1,
		},
		"a queue that gives no text, once": {
			more: `times: 0, take() { return this.times++ ? ` + event("WR1") + ` : 7 }`,
			then: `h => { h.wake(); setTimeout(() => h.wake(), 2) }`, want: []string{"WR1"}, odd: 1,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := loader(t, tt.more)
			ctx, stop := span.WithTimeout(t.Context(), 2*time.Second)
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
			require.ErrorIs(t, <-done, span.Canceled)
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
	ctx, stop := span.WithCancelCause(t.Context())
	stop(gone)
	require.ErrorIs(t, loader(t, "").Listen(ctx, func([]Event, func()) {}, func(error) {}), gone)
}

func TestTheLoaderIsToldWhatIsSafe(t *testing.T) {
	h := loader(t, `events: [`+happened("7", "taskAccepted", "WR1")+`, `+happened("8", "taskUpdated", "WR1")+`, "n9"]`)
	ctx, stop := span.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	var safe int64
	_ = h.Listen(ctx, func(_ []Event, kept func()) {
		kept()
		safe, _ = jscall.Int(h.v, "safe")
		stop()
	}, func(error) {})
	require.EqualValues(t, 9, safe, "also what nobody understands needs not be given again")
}

func TestTheLoaderIsToldWhatIsWantedOfATask(t *testing.T) {
	paths := toldBy(t, `[{notes_path: "memo", log_fields: {Skill__c: "attributes.skill"}}]`, "paths")
	require.Contains(t, paths, `"attributes.conversations.outcome","attributes.memo","attributes.skill"]`)
}

func TestTheLoaderIsToldWhatNothingIsDoneAbout(t *testing.T) {
	tests := map[string]struct{ settings, want string }{
		"nothing set":                       {`[]`, `["taskReceived","afterSelectTask","selectedNone"]`},
		"the panel opens when it rings":     {`[{open_panel_on_ring: true}]`, `["afterSelectTask","selectedNone"]`},
		"the Case follows what is selected": {`[{screen_pop: "select"}]`, `["taskReceived"]`},
		"both":                              {`[{screen_pop: "select", open_panel_on_ring: true}]`, `[]`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.want, toldBy(t, tt.settings, "idle"))
		})
	}
}

// toldBy returns, as JSON, what the loader is told under a name by a program that listens
// with these settings.
func toldBy(t *testing.T, settings, name string) string {
	t.Helper()
	h := loader(t, "settings: "+settings)
	_, warnings := h.Config()
	require.Empty(t, warnings)
	ctx, stop := span.WithCancel(t.Context())
	stop()
	_ = h.Listen(ctx, func([]Event, func()) {}, func(error) {})
	told, err := jscall.JSON(mustGet(t, h.v, name))
	require.NoError(t, err)
	return told
}

func mustGet(t *testing.T, v safejs.Value, path ...string) safejs.Value {
	t.Helper()
	got, err := jscall.Get(v, path...)
	require.NoError(t, err)
	return got
}

func TestWhatTheReportIsTold(t *testing.T) {
	h := loader(t, `note(sid, line) { this.lines.push(sid + ": " + line) }, state(name, text) { this.lines.push(name + " is " + text) }`)
	h.Note("WR1", "screen pop: done")
	h.State("openCTI", "connected")
	lines, err := jscall.JSON(mustGet(t, h.v, "lines"))
	require.NoError(t, err)
	require.Equal(t, `["WR1: screen pop: done","openCTI is connected"]`, lines)
	loader(t, `note() { throw new Error("no") }`).Note("WR1", "x")
}

func TestDial(t *testing.T) {
	h := loader(t, `dial(number, attributes) { this.lines.push(number, attributes.recordId) }`)
	require.NoError(t, h.Dial("+442079460958", map[string]any{"recordId": "003A"}))
	lines, err := jscall.JSON(mustGet(t, h.v, "lines"))
	require.NoError(t, err)
	require.Equal(t, `["+442079460958","003A"]`, lines)
	err = loader(t, `dial() { throw new Error("no voice") }`).Dial("+1", nil)
	require.EqualError(t, err, "flexbridge: dial: JavaScript error: no voice")
}

func TestTell(t *testing.T) {
	h := loader(t, "")
	h.Tell("Careful.")
	sentence, err := jscall.String(h.v, "told", "0")
	require.NoError(t, err)
	require.Equal(t, "Careful.", sentence)
	h.TellOnce("Careful.")
	sentence, err = jscall.String(h.v, "told", "1")
	require.NoError(t, err)
	require.Equal(t, "once: Careful.", sentence)
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
