package jscall

import (
	"strconv"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestAsk(t *testing.T) {
	tests := map[string]struct {
		method, want, wantErr string
		args                  []any
		ask                   string
	}{
		"answers at once":        {method: `(a, b) => a + b.c`, args: []any{"x", map[string]any{"c": "y"}}, want: "xy"},
		"answers later":          {method: `async (list) => { await null; return list.join("-") }`, args: []any{[]any{"a", 1, true}}, want: "a-1-true"},
		"refuses":                {method: `async () => { throw new Error("denied") }`, wantErr: "JavaScript error: denied"},
		"throws":                 {method: `() => { throw new Error("broken") }`, wantErr: "JavaScript error: broken"},
		"throws nothing":         {method: `() => { throw undefined }`, wantErr: "JavaScript error: undefined"},
		"never answers":          {method: `() => new Promise(() => {})`, wantErr: "context deadline exceeded"},
		"is none":                {method: `null`, wantErr: "JavaScript error: object[method] is not a function"},
		"has no such argument":   {method: `() => 1`, args: []any{struct{}{}}, wantErr: "jscall: an argument of method has no JSON"},
		"asked through nonsense": {ask: `(number, object, method, args, done) => { done(); done(number); done("x", 7); done(number, 7); done(number, '', 'late') }`, wantErr: "JavaScript error: value is a number, not a string"},
		"asked through a fault":  {ask: `() => { throw "no" }`, wantErr: "JavaScript error: no"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.ask == "" {
				tt.ask = loaderAsk(t)
			}
			if tt.method == "" {
				tt.method = "() => 1"
			}
			a, err := NewAsker(Edge{}, eval(t, tt.ask))
			require.NoError(t, err)
			ctx, stop := span.WithTimeout(span.Background(), 50*time.Millisecond)
			defer stop()
			v, err := a.Ask(ctx, eval(t, "({method: "+tt.method+"})"), "method", tt.args...)
			require.Empty(t, a.waiting)
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			text, err := String(v)
			require.NoError(t, err)
			require.Equal(t, tt.want, text)
		})
	}
}

func TestAnAnswerThatComesWithTheDeadlineCounts(t *testing.T) {
	a, err := NewAsker(Edge{}, eval(t, loaderAsk(t)))
	require.NoError(t, err)
	var ctx span.Context
	var stop span.CancelFunc
	// Both happen while the page stands still.
	got, err := Edge{}.Func("both", func([]safejs.Value) {
		for number := range a.waiting {
			a.settle([]safejs.Value{eval(t, strconv.Itoa(number)), eval(t, `""`), safejs.Null()})
		}
		stop()
	})
	require.NoError(t, err)
	defer got.Release()
	object := eval(t, `(both) => ({wait: () => new Promise(() => { setTimeout(both, 1) })})`)
	object, err = object.Invoke(got)
	require.NoError(t, err)
	for range 20 {
		ctx, stop = span.WithCancel(span.Background())
		v, err := a.Ask(ctx, object, "wait")
		require.NoError(t, err)
		require.True(t, v.IsNull())
	}
}

func TestManyAskAtOnce(t *testing.T) {
	a, err := NewAsker(Edge{}, eval(t, loaderAsk(t)))
	require.NoError(t, err)
	object := eval(t, `({echo: (n) => new Promise((r) => setTimeout(r, 20 - n % 20, n))})`)
	got := make(chan error, 100)
	for i := range cap(got) {
		go func() {
			v, err := a.Ask(span.Background(), object, "echo", i)
			if err == nil {
				var n int64
				if n, err = Int(v); err == nil && n != int64(i) {
					err = &PathError{Want: "its own answer", Got: "another's"}
				}
			}
			got <- err
		}()
	}
	for range cap(got) {
		require.NoError(t, <-got)
	}
	require.Empty(t, a.waiting)
}
