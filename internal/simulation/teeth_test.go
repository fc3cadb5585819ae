package simulation

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTeeth takes out of the world what the promises rest on, and sees to it
// that this is noticed. What rests in the plugin itself is taken out by hand: see
// README.md.
func TestTeeth(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		variant variant
		promise string
		single  bool // it must show where there is one writer only
	}{
		"the org has no unique key for rows":  {variant{twinRows: true}, oneRow, true},
		"the org has no unique key for Cases": {variant{twinCases: true}, oneCase, true},
		"the outbox says done before it is":   {variant{writeBehind: true}, noRowLost, true},
		"the outbox has no claims":            {variant{freeClaims: true}, onePop, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for s := uint64(1); s <= 5000; s++ {
				w := play(t, s, nil, tt.variant, false)
				if w.breach(tt.promise) != "" && (!tt.single || w.oneWriter()) {
					t.Log(smallest(t, w, tt.promise))
					return
				}
			}
			require.Fail(t, "nobody noticed")
		})
	}
}
