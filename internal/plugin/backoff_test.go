package plugin

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBackoffStaysWithinItsBounds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		attempt int
		bound   time.Duration
	}{
		"the first retry":      {1, time.Second},
		"each doubles":         {3, 4 * time.Second},
		"the last that grows":  {6, 32 * time.Second},
		"then it is a minute":  {7, time.Minute},
		"however often it was": {math.MaxInt, time.Minute},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longest := time.Duration(0)
			for range 2000 {
				d := backoff(tt.attempt, rand.Int64N)
				require.GreaterOrEqual(t, d, time.Duration(0))
				require.LessOrEqual(t, d, tt.bound)
				longest = max(longest, d)
			}
			require.Greater(t, longest, tt.bound/2, "the whole span is drawn from")
		})
	}
}
