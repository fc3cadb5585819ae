package bench

import (
	"math"
	"slices"
)

// inTurn has another one begin in each round, and every second time the others come the
// other way round, so that none is always the one after the same other.
func inTurn(round int, plugins ...string) []string {
	i := round % len(plugins)
	order := slices.Concat(plugins[i:], plugins[:i])
	if round/len(plugins)%2 == 1 {
		slices.Reverse(order)
	}
	return order
}

// Stats are what is said of a number that was measured often.
type Stats struct {
	Median float64 `json:"median"`
	P10    float64 `json:"p10"`
	P90    float64 `json:"p90"`
	P99    float64 `json:"p99"`
	Max    float64 `json:"max"`
	N      int     `json:"n"`
}

func statsOf(values []float64) Stats {
	if len(values) == 0 {
		return Stats{}
	}
	sorted := slices.Sorted(slices.Values(values))
	at := func(share float64) float64 {
		i := share * float64(len(sorted)-1)
		low, high := int(math.Floor(i)), int(math.Ceil(i))
		return sorted[low] + (sorted[high]-sorted[low])*(i-float64(low))
	}
	return Stats{Median: at(0.5), P10: at(0.1), P90: at(0.9), P99: at(0.99), Max: sorted[len(sorted)-1], N: len(sorted)}
}
