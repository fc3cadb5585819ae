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
	}{
		"the org has no unique key for rows":  {variant{twinRows: true}, "one row per status"},
		"the org has no unique key for Cases": {variant{twinCases: true}, "one Case per engagement"},
		"the outbox says done before it is":   {variant{writeBehind: true}, "no row is lost"},
		"the outbox has no claims":            {variant{freeClaims: true}, "one pop"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for s := uint64(1); s <= 5000; s++ {
				for _, b := range play(t, s, nil, tt.variant, false).broken {
					if b.promise == tt.promise {
						t.Logf("seed %d: %s: %s", s, b.promise, b.how)
						return
					}
				}
			}
			require.Fail(t, "nobody noticed")
		})
	}
}
