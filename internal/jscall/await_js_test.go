package jscall

import (
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestAwait(t *testing.T) {
	tests := map[string]struct {
		line, want, wantErr string
	}{
		"a promise fulfilled later":            {line: `new Promise(r => setTimeout(r, 1, "done"))`, want: "done"},
		"a promise fulfilled already":          {line: `Promise.resolve("done")`, want: "done"},
		"a promise of a promise":               {line: `Promise.resolve(Promise.resolve("done"))`, want: "done"},
		"a thenable that answers at once":      {line: `({then: (ok) => ok("done")})`, want: "done"},
		"a thenable that answers later":        {line: `({then: (ok) => setTimeout(ok, 1, "done")})`, want: "done"},
		"a thenable that answers twice":        {line: `({then: (ok, no) => { ok("done"); ok("again"); no("no") }})`, want: "done"},
		"a thenable that answers and throws":   {line: `({then: (ok) => { ok("done"); throw "no" }})`, want: "done"},
		"a function that is a thenable":        {line: `Object.assign(() => {}, {then: (ok) => ok("done")})`, want: "done"},
		"a string is its own outcome":          {line: `"done"`, want: "done"},
		"a rejection with an error":            {line: `Promise.reject(new Error("no access"))`, wantErr: "JavaScript error: no access"},
		"a rejection with a typed error":       {line: `Promise.reject(new TypeError("no access"))`, wantErr: "JavaScript error: TypeError: no access"},
		"a rejection with a string":            {line: `Promise.reject("no access")`, wantErr: "JavaScript error: no access"},
		"a rejection with nothing":             {line: `Promise.reject()`, wantErr: "JavaScript error: undefined was thrown"},
		"a rejection with null":                {line: `Promise.reject(null)`, wantErr: "JavaScript error: null was thrown"},
		"a rejection with a bigint":            {line: `Promise.reject(1n)`, wantErr: "JavaScript error: a bigint was thrown"},
		"a rejection with an object":           {line: `Promise.reject({message: "no access", code: 1})`, wantErr: "JavaScript error: no access"},
		"a rejection with a strange object":    {line: `Promise.reject({get message() { throw 1 }})`, wantErr: "JavaScript error: an object without a message"},
		"a thenable that throws a string":      {line: `({then: () => { throw "no access" }})`, wantErr: "JavaScript error: no access"},
		"an object whose then cannot be read":  {line: `({get then() { throw new Error("no access") }})`, wantErr: "JavaScript error: no access"},
		"a promise that is rejected later":     {line: `new Promise((_, r) => setTimeout(r, 1, "no access"))`, wantErr: "JavaScript error: no access"},
		"a promise whose constructor is a lie": {line: `Object.defineProperty(Promise.resolve(), "constructor", {get() { throw "lie" }})`, wantErr: "JavaScript error: lie"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			edge, reported := watched()
			lines := console(t)
			got, err := edge.Await(t.Context(), eval(t, tt.line))
			turn()
			require.Empty(t, *reported)
			require.Zero(t, *lines)
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				var thrown *ThrownError
				require.ErrorAs(t, err, &thrown)
				return
			}
			require.NoError(t, err)
			text, err := String(got)
			require.NoError(t, err)
			require.Equal(t, tt.want, text)
		})
	}
}

func TestAwaitPassesOtherValues(t *testing.T) {
	for _, line := range []string{`undefined`, `null`, `1`, `true`, `Symbol("s")`, `1n`} {
		got, err := Edge{}.Await(t.Context(), eval(t, line))
		require.NoError(t, err, line)
		require.NotEqual(t, "object", TypeOf(got), line)
	}
	object := eval(t, `globalThis.kept = {}`)
	got, err := Edge{}.Await(t.Context(), object)
	require.NoError(t, err)
	require.True(t, object.Equal(got))
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	for name, late := range map[string]string{"fulfilled": `ok`, "rejected": `no`} {
		t.Run("and frees the callback of a promise that is then "+name, func(t *testing.T) {
			lines := console(t)
			ctx, cancel := span.WithTimeout(t.Context(), 2*time.Millisecond)
			defer cancel()
			_, err := Edge{}.Await(ctx, eval(t, `new Promise((ok, no) => { globalThis.late = `+late+` })`))
			require.ErrorIs(t, err, span.DeadlineExceeded)

			_, err = safejs.Global().Call("late", 1)
			require.NoError(t, err)
			turn()
			require.Equal(t, 1, *lines)
		})
	}
}
