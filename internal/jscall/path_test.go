package jscall

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestPathError(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  PathError
		want string
	}{
		"names the way to the value": {
			err:  PathError{Path: []string{"task", "attributes", "from"}, Want: "string", Got: "number"},
			want: "task.attributes.from is a number, not a string",
		},
		"the value asked itself has no path": {
			err:  PathError{Want: "object", Got: "undefined"},
			want: "value is undefined, not an object",
		},
		"null takes no article": {
			err:  PathError{Path: []string{"errors"}, Want: "array", Got: "null"},
			want: "errors is null, not an array",
		},
		"a zero error does not panic": {want: "value is a , not a "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.EqualError(t, &tt.err, tt.want)
		})
	}
}

func TestPanicError(t *testing.T) {
	t.Parallel()
	cause := errors.New("index out of range")
	err := &PanicError{Where: "saveLog", Value: cause, Stack: "goroutine 1"}
	require.EqualError(t, err, "jscall: panic in saveLog: index out of range")
	require.ErrorIs(t, err, cause)
	require.NoError(t, errors.Unwrap(&PanicError{Where: "saveLog", Value: "a string"}))
}

func FuzzCut(f *testing.F) {
	f.Add("Müller", 2)
	f.Add("", 0)
	f.Add("\x80\x80", 1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if n < 0 {
			return
		}
		got := cut(text, n)
		require.LessOrEqual(t, len(got), n)
		require.Equal(t, text[:len(got)], got)
		require.False(t, utf8.ValidString(text) && !utf8.ValidString(got), "a character was cut in two")
	})
}
