package lean_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/lean"
)

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func FuzzText(f *testing.F) {
	f.Add("Voice", "vOICE")
	f.Add(" \t+1 415\n", "sip:Anna@Example.com")
	f.Add("\u00a0+49\u202f", "ÄÖ")
	f.Fuzz(func(t *testing.T, a, b string) {
		if isASCII(a) && isASCII(b) {
			require.Equal(t, strings.ToLower(a), lean.Lower(a))
			require.Equal(t, strings.TrimSpace(a), lean.Trim(a))
			require.Equal(t, strings.EqualFold(a, b), lean.EqualFold(a, b))
		}
		require.Equal(t, utf8.ValidString(a), utf8.ValidString(lean.Lower(a)))
		require.True(t, lean.EqualFold(a, a))
		trimmed := lean.Trim(a)
		require.Contains(t, a, trimmed)
		require.Equal(t, trimmed, lean.Trim(trimmed))
		require.Equal(t, strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(a, "")), lean.Blank(strings.ToValidUTF8(a, ""), func(c byte) bool { return c < ' ' }))
	})
}

func FuzzSort(f *testing.F) {
	f.Add("c,a,b")
	f.Fuzz(func(t *testing.T, s string) {
		list := strings.Split(s, ",")
		want := slices.Sorted(slices.Values(list))
		lean.Sort(list, func(a, b string) bool { return a < b })
		require.Equal(t, want, list)
		m := map[string]any{}
		for _, name := range list {
			m[name] = nil
		}
		require.Equal(t, slices.Compact(want), lean.Keys(m))
	})
}
