package jscall

import (
	"errors"
	"testing"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

func TestFunc(t *testing.T) {
	edge, reported := watched()
	lines := console(t)
	var got []string
	f, err := edge.Func("greeting", func(args []safejs.Value) {
		text, err := String(First(args))
		require.NoError(t, err)
		got = append(got, text)
	})
	require.NoError(t, err)
	for _, text := range []string{"a", "b"} {
		result, err := f.Value().Invoke(text)
		require.NoError(t, err)
		require.True(t, result.IsUndefined())
	}
	f.Release()
	require.Equal(t, []string{"a", "b"}, got)
	require.Empty(t, *reported)
	require.Zero(t, *lines)
}

func TestRecover(t *testing.T) {
	var none *int
	tests := map[string]struct {
		fn   func()
		want string
	}{
		"a string": {
			fn:   func() { panic("no task") },
			want: "jscall: panic in test: no task",
		},
		"an error": {
			fn:   func() { panic(errors.New("no task")) },
			want: "jscall: panic in test: no task",
		},
		"a nil dereference": {
			fn:   func() { *none = 1 },
			want: "jscall: panic in test: runtime error: invalid memory address or nil pointer dereference",
		},
		"a string that JavaScript threw": {
			fn:   func() { safejs.Unsafe(eval(t, `() => { throw "no task" }`)).Invoke() },
			want: "jscall: panic in test: JavaScript error: no task",
		},
		"undefined that JavaScript threw": {
			fn:   func() { safejs.Unsafe(eval(t, `() => { throw undefined }`)).Invoke() },
			want: "jscall: panic in test: JavaScript error: undefined was thrown",
		},
	}
	for name, tt := range tests {
		t.Run("a callback survives "+name, func(t *testing.T) {
			edge, reported := watched()
			f, err := edge.Func("test", func([]safejs.Value) { tt.fn() })
			require.NoError(t, err)
			defer f.Release()
			for range 2 {
				result, err := f.Value().Invoke()
				require.NoError(t, err)
				require.True(t, result.IsNull() || result.IsUndefined())
			}
			require.Len(t, *reported, 2)
			require.EqualError(t, (*reported)[0], tt.want)
			var caught *PanicError
			require.ErrorAs(t, (*reported)[0], &caught)
			require.Contains(t, caught.Stack, "goroutine")
		})
		t.Run("a goroutine survives "+name, func(t *testing.T) {
			edge, reported := watched()
			edge.Go("test", tt.fn)
			turn()
			require.Len(t, *reported, 1)
			require.EqualError(t, (*reported)[0], tt.want)
		})
	}
}

func TestRecoverWithoutAHook(t *testing.T) {
	Edge{}.Go("test", func() { panic("nobody is told") })
	Edge{OnPanic: func(error) { panic("the hook itself") }}.Go("test", func() { panic("x") })
	turn()
}
