package jscall

import (
	"testing"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestListen(t *testing.T) {
	edge, reported := watched()
	lines := console(t)
	target := eval(t, `new EventTarget()`)
	dispatch := func() {
		_, err := target.Call("dispatchEvent", eval(t, `new Event("storage")`))
		require.NoError(t, err)
	}
	ctx, stop := span.WithCancel(t.Context())
	var got []string
	require.NoError(t, edge.Listen(ctx, target, "storage", func(event safejs.Value) {
		kind, err := String(event, "type")
		require.NoError(t, err)
		got = append(got, kind)
	}))

	dispatch()
	dispatch()
	stop()
	dispatch() // ctx has ended, the listener may not be off yet
	turn()
	dispatch()

	require.Equal(t, []string{"storage", "storage"}, got)
	require.Empty(t, *reported)
	require.Zero(t, *lines, "removed before it was freed")
}

func TestListenRefused(t *testing.T) {
	tests := map[string]struct {
		line, wantErr string
	}{
		"a target that is undefined":         {line: `undefined`, wantErr: "value is undefined, not an object"},
		"a target that takes no listeners":   {line: `({})`, wantErr: "addEventListener is undefined, not a function"},
		"a target that throws when asked to": {line: `({addEventListener() { throw "closed" }})`, wantErr: "JavaScript error: closed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := Edge{}.Listen(t.Context(), eval(t, tt.line), "storage", func(safejs.Value) {})
			require.EqualError(t, err, tt.wantErr)
		})
	}
	t.Run("a context that has ended", func(t *testing.T) {
		ctx, stop := span.WithCancel(t.Context())
		stop()
		err := Edge{}.Listen(ctx, eval(t, `new EventTarget()`), "storage", func(safejs.Value) {})
		require.ErrorIs(t, err, span.Canceled)
	})
}

func TestListenToATargetThatDoesNotLetGo(t *testing.T) {
	edge, reported := watched()
	lines := console(t)
	ctx, stop := span.WithCancel(t.Context())
	target := eval(t, `({addEventListener(_, fn) { this.fn = fn }, removeEventListener() { throw "never" }})`)
	require.NoError(t, edge.Listen(ctx, target, "storage", func(safejs.Value) {}))
	stop()
	turn()
	require.Empty(t, *reported)

	_, err := target.Call("fn")
	require.NoError(t, err)
	require.Equal(t, 1, *lines, "the listener is freed all the same")
}
