package opencti

import (
	"maps"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// short is a deadline for what never comes; long is for what must.
const (
	short = 20 * time.Millisecond
	long  = 10 * time.Second
)

// eval returns what a line of JavaScript evaluates to.
func eval(t *testing.T, line string) safejs.Value {
	t.Helper()
	v, err := safejs.Global().Call("eval", line)
	require.NoError(t, err)
	return v
}

// salesforce returns a client of a library that says what is shown, and has one more
// method, whose body this is; its argument is a.
func salesforce(t *testing.T, deadline time.Duration, method, body string) *Client {
	t.Helper()
	page := pageOf(t, eval(t, "({sforce: {opencti: {getAppViewInfo(a) {"+shown+"}, "+method+"(a) {"+body+"}}}})"))
	_, err := page.view(t.Context(), "look")
	require.NoError(t, err)
	edge := jscall.Edge{OnPanic: func(err error) { t.Error(err) }}
	return &Client{page: page, edge: edge, deadline: deadline}
}

// shown is the body of a method that says that the page shows a record.
const shown = `a.callback({success: true, returnValue: {recordId: "` + caseID + `"}})`

// library returns the window's copy of the library.
func library(t *testing.T, p Page) safejs.Value {
	t.Helper()
	return mustGet(t, p.host, "window", "sforce", "opencti")
}

// way is one way in which a method may answer.
type way struct {
	body    string // of the method, whose argument is a
	want    any
	wantErr string
}

// ways are those that end alike for every method.
func ways(method string) map[string]way {
	failed := func(text string) string { return "opencti: " + method + ": " + text }
	return map[string]way{
		"refuses as the guide says": {
			body:    `a.callback({success: false, returnValue: null, errors: [{code: "SERVER_ERROR", description: "no access", details: undefined}]})`,
			wantErr: failed("SERVER_ERROR: no access"),
		},
		"refuses with details": {
			body:    `a.callback({success: false, errors: [{code: "GENERIC_ERROR", description: "see details", details: [{message: "bad", errorCode: "BAD_VALUE"}, "worse"]}]})`,
			wantErr: failed("GENERIC_ERROR: see details; BAD_VALUE: bad; worse"),
		},
		"refuses later": {
			body:    `setTimeout(() => a.callback({success: false, errors: ["no access"]}), 1)`,
			wantErr: failed("no access"),
		},
		"refuses with an Error": {
			body:    `a.callback({success: false, errors: new Error("no access")})`,
			wantErr: failed("no access"),
		},
		"refuses without a reason": {
			body:    `a.callback({success: false})`,
			wantErr: failed("refused without a reason"),
		},
		"refuses with errors that cannot be read": {
			body:    `a.callback({success: false, get errors() { throw new Error("no") }})`,
			wantErr: failed("refused without a reason"),
		},
		"throws an error": {
			body:    `throw new Error("Missing the required argument")`,
			wantErr: failed("JavaScript error: Missing the required argument"),
		},
		"throws a string": {
			body:    `throw "not ready"`,
			wantErr: failed("JavaScript error: not ready"),
		},
		"answers nothing": {
			body:    `a.callback()`,
			wantErr: failed("strange answer: value is undefined, not an object"),
		},
		"answers a number": {
			body:    `a.callback(7)`,
			wantErr: failed("strange answer: value is a number, not an object"),
		},
		"answers a string": {
			body:    `a.callback("ok")`,
			wantErr: failed("strange answer: value is a string, not an object"),
		},
		"answers an empty object": {
			body:    `a.callback({})`,
			wantErr: failed("strange answer: success is undefined, not a boolean"),
		},
		"answers a success that is a text": {
			body:    `a.callback({success: "true", returnValue: null})`,
			wantErr: failed("strange answer: success is a string, not a boolean"),
		},
		"answers what cannot be read": {
			body:    `a.callback({get success() { throw "no" }})`,
			wantErr: failed("strange answer: success is a number, not a boolean"),
		},
		"answers a value that cannot be read": {
			body:    `a.callback({success: true, get returnValue() { throw "no" }})`,
			wantErr: failed("strange answer: returnValue is NaN, not a number"),
		},
		"answers a value that is a function": {
			body:    `a.callback({success: true, returnValue() {}})`,
			wantErr: failed("strange answer: returnValue is NaN, not a number"),
		},
		"refuses and then throws": {
			body:    `a.callback({success: false, errors: ["no access"]}); throw new Error("after")`,
			wantErr: failed("no access"),
		},
	}
}

// try checks a binding in every way: those of every method, and its own.
func try(t *testing.T, method string, own map[string]way, call func(span.Context, *Client) (any, error)) {
	t.Helper()
	all := ways(method)
	maps.Copy(all, own)
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			got, err := call(t.Context(), salesforce(t, long, method, tt.body))
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
	t.Run("never answers", func(t *testing.T) {
		_, err := call(t.Context(), salesforce(t, short, method, ``))
		requireTimeout(t, err, method)
	})
	t.Run("never answers and the caller's deadline is nearer", func(t *testing.T) {
		c := salesforce(t, time.Hour, method, ``)
		ctx, cancel := span.WithTimeout(t.Context(), short)
		defer cancel()
		_, err := call(ctx, c)
		requireTimeout(t, err, method)
	})
	t.Run("never answers and the caller gives up", func(t *testing.T) {
		c := salesforce(t, time.Hour, method, ``)
		ctx, cancel := span.WithCancel(t.Context())
		time.AfterFunc(short, cancel)
		_, err := call(ctx, c)
		require.EqualError(t, err, "opencti: "+method+": outcome unknown: context canceled")
		require.ErrorIs(t, err, span.Canceled)
		require.NotErrorIs(t, err, ErrNotSent)
	})
	t.Run("is not called when the caller has given up before", func(t *testing.T) {
		ctx, cancel := span.WithCancel(t.Context())
		cancel()
		_, err := call(ctx, salesforce(t, long, method, `throw "called"`))
		require.EqualError(t, err, "opencti: "+method+": not sent: context canceled")
		require.ErrorIs(t, err, ErrNotSent)
	})
	t.Run("answers after the deadline, twice", func(t *testing.T) {
		_, err := call(t.Context(), salesforce(t, short, method, `globalThis.late = a.callback`))
		requireTimeout(t, err, method)
		for range 2 {
			_, err := eval(t, `late`).Invoke(map[string]any{"success": true})
			require.NoError(t, err)
		}
	})
	t.Run("is not there", func(t *testing.T) {
		c := salesforce(t, long, method, ``)
		require.NoError(t, library(t, c.page).Delete(method))
		_, err := call(t.Context(), c)
		require.Equal(t, &MissingError{Method: method}, err)
	})
}

func requireTimeout(t *testing.T, err error, method string) {
	t.Helper()
	var timeout *TimeoutError
	require.ErrorAs(t, err, &timeout)
	require.Equal(t, method, timeout.Method)
	require.Positive(t, timeout.After)
	require.ErrorIs(t, err, span.DeadlineExceeded)
	require.NotErrorIs(t, err, ErrNotSent)
}

func TestAnswersTwice(t *testing.T) {
	c := salesforce(t, long, "saveLog", `
		a.callback({success: true, returnValue: "a0B1"});
		a.callback({success: true, returnValue: "a0B2"});
		setTimeout(() => a.callback({success: false}), 1)`)
	id, err := c.SaveLog(t.Context(), map[string]any{"entityApiName": "Task"})
	require.NoError(t, err)
	require.Equal(t, "a0B1", id)
	time.Sleep(short)
}

func TestThrowsAndAnswersLater(t *testing.T) {
	c := salesforce(t, long, "saveLog", `globalThis.late = a.callback; throw "not ready"`)
	_, err := c.SaveLog(t.Context(), map[string]any{"entityApiName": "Task"})
	require.EqualError(t, err, "opencti: saveLog: JavaScript error: not ready")
	_, err = eval(t, `late`).Invoke()
	require.NoError(t, err)
}

func TestAnswersInAnyOrder(t *testing.T) {
	c := salesforce(t, long, "saveLog", `
		this.waiting = (this.waiting || []).concat(a);
		if (this.waiting.length === 3) for (const w of this.waiting.reverse()) w.callback({success: true, returnValue: w.value.Name})`)
	type saved struct {
		name, id string
		err      error
	}
	answers := make(chan saved, 3)
	for _, name := range []string{"a1", "b2", "c3"} {
		go func() {
			id, err := c.SaveLog(t.Context(), map[string]any{"entityApiName": "Task", "Name": name})
			answers <- saved{name, id, err}
		}()
	}
	for range 3 {
		got := <-answers
		require.NoError(t, got.err)
		require.Equal(t, got.name, got.id)
	}
}

func TestThePageDoesNotAnswer(t *testing.T) {
	for name, tt := range map[string]struct{ openCTI, wantErr string }{
		"and is silent":            {openCTI: `() => new Promise(() => {})`},
		"and says that it can't":   {`async () => { throw new Error("gone") }`, "JavaScript error: gone"},
		"with what it should":      {`async () => 7`, "value is a number, not an object"},
		"with what was not loaded": {`async () => null`, "value is null, not an object"},
	} {
		t.Run(name, func(t *testing.T) {
			page := pageOf(t, eval(t, `({})`))
			page.host = eval(t, `({openCTI: `+tt.openCTI+`, onClicked() {}})`)
			c := &Client{page: page, deadline: short}
			_, err := c.call(t.Context(), "saveLog", map[string]any{})
			clicks := c.OnClickToDial(t.Context(), func(Click) {}, func(error) {})
			_, load := Load(t.Context(), page, Options{Deadline: short})
			if tt.wantErr == "" {
				requireTimeout(t, err, "saveLog")
				requireTimeout(t, clicks, methodOnClick)
				require.EqualError(t, load, "opencti: load: context deadline exceeded")
				require.Equal(t, "Time-out: Open CTI was not ready in time.", Cause(load))
				return
			}
			require.ErrorContains(t, err, tt.wantErr)
			require.EqualError(t, load, "opencti: load: "+tt.wantErr)
		})
	}
}
