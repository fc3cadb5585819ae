package simulation

import (
	"fmt"
	"slices"
	"time"
)

// draws are the decisions of one seed. Each is made by what it is about, not by
// when it is asked for, so that neither the order in which goroutines come nor a
// decision taken away changes another one.
type draws struct {
	seed uint64
	only map[string]bool // the faults that may happen; nil: all
	calm bool            // no fault happens any more
	hit  map[string]bool // the faults that did
}

// number returns a number that depends on the seed and on what it is for.
func (d *draws) number(what string) uint64 {
	h := 14695981039346656037 ^ d.seed*0x9e3779b97f4a7c15
	for i := range len(what) {
		h = (h ^ uint64(what[i])) * 1099511628211
	}
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// below returns a number from 0 up to but not including n.
func (d *draws) below(n int, what string) int {
	return int(d.number(what) % uint64(n))
}

// between returns a time from lo up to but not including hi. It is drawn to the
// nanosecond, so no two wake-ups are at the same moment.
func (d *draws) between(lo, hi time.Duration, what string) time.Duration {
	return lo + time.Duration(d.number(what)%uint64(hi-lo))
}

// chance tells whether something that is no fault happens, so many times in a
// thousand.
func (d *draws) chance(perMille int, what string) bool {
	return d.below(1000, what) < perMille
}

// fault tells whether something that can be taken out of the story happens, so
// many times in a thousand.
func (d *draws) fault(perMille int, what string) bool {
	if perMille == 0 || d.calm || d.only != nil && !d.only[what] || !d.chance(perMille, what) {
		return false
	}
	d.hit[what] = true
	return true
}

// faultf is fault for a name that is put together.
func (d *draws) faultf(perMille int, format string, args ...any) bool {
	if perMille == 0 || d.calm {
		return false
	}
	return d.fault(perMille, fmt.Sprintf(format, args...))
}

// faults returns the names of the faults that happened, sorted.
func (d *draws) faults() []string {
	all := make([]string, 0, len(d.hit))
	for what := range d.hit {
		all = append(all, what)
	}
	slices.Sort(all)
	return all
}
