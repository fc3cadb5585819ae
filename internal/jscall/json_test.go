package jscall

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzJSON(f *testing.F) {
	f.Add("key", "a \"text\"\\\n\x00 \u2028 ü \U0001f600", 1.5, int64(-3), true)
	f.Add("", "\xff", 1e300, int64(1)<<53, false)
	f.Fuzz(func(t *testing.T, key, text string, number float64, whole int64, flag bool) {
		if math.IsNaN(number) || math.IsInf(number, 0) {
			t.Skip()
		}
		x := map[string]any{key: []any{text, number, int(whole), whole, flag, nil, map[string]any{}, []any{}}}
		got, ok := appendJSON(nil, x)
		require.True(t, ok)
		var back any
		require.NoError(t, json.Unmarshal([]byte(strings.ToValidUTF8(string(got), "\uFFFD")), &back), "%s", got)
		// What encoding/json makes of it comes back as the same; its own \ufffd stands for each bad byte.
		want, err := json.Marshal(map[string]any{strings.ToValidUTF8(key, "\uFFFD"): []any{strings.ToValidUTF8(text, "\uFFFD"), number, whole, whole, flag, nil, map[string]any{}, []any{}}})
		require.NoError(t, err)
		var wanted any
		require.NoError(t, json.Unmarshal(want, &wanted))
		require.Equal(t, wanted, back)
	})
}

func TestWhatHasNoJSON(t *testing.T) {
	t.Parallel()
	type handle struct{}
	for name, x := range map[string]any{
		"a type of our own":    handle{},
		"no number":            math.NaN(),
		"a number without end": math.Inf(1),
		"a typed list":         []string{"a"},
		"any of these inside":  map[string]any{"value": []any{"a", handle{}}},
	} {
		_, ok := appendJSON(nil, x)
		require.False(t, ok, name)
	}
}
