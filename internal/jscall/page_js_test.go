package jscall

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// eval returns what a line of JavaScript evaluates to.
func eval(t *testing.T, line string) safejs.Value {
	t.Helper()
	v, err := safejs.Global().Call("eval", line)
	require.NoError(t, err)
	return v
}

// loaderAsk returns what the loader has for an Asker.
func loaderAsk(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("../../web/thread/ask.js")
	require.NoError(t, err)
	return "(() => { " + strings.Replace(string(source), "export function", "return function", 1) + " })()"
}

// watched returns an edge and what it reported.
func watched() (Edge, *[]error) {
	var reported []error
	return Edge{OnPanic: func(err error) { reported = append(reported, err) }}, &reported
}

// console counts what is written to console.error while the test runs: that is
// how the Go runtime tells that a released function was called.
func console(t *testing.T) *int {
	t.Helper()
	page := eval(t, `console`)
	before, err := page.Get("error")
	require.NoError(t, err)
	lines := 0
	counter, err := safejs.FuncOf(func(safejs.Value, []safejs.Value) any {
		lines++
		return nil
	})
	require.NoError(t, err)
	require.NoError(t, page.Set("error", counter))
	t.Cleanup(func() {
		require.NoError(t, page.Set("error", before))
		counter.Release()
	})
	return &lines
}

// turn lets JavaScript run its timers and promises.
func turn() { time.Sleep(5 * time.Millisecond) }
