package simulation

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	seeds = flag.Int("seeds", 400, "how many seeds to play")
	first = flag.Uint64("first", 1, "the first of them")
	seed  = flag.Uint64("seed", 0, "the one seed to play, and to tell the story of")
)

// totals is what was played.
type totals struct {
	seeds, reservations, rows, calls, faults, restarts, relaxed atomic.Int64
}

func (n *totals) add(w *world) {
	n.seeds.Add(1)
	n.reservations.Add(int64(len(w.tasks)))
	n.rows.Add(int64(w.rows))
	n.calls.Add(int64(w.calls))
	n.faults.Add(int64(len(w.hit) - len(w.tasks)))
	n.restarts.Add(int64(w.restarts))
	if w.relaxed {
		n.relaxed.Add(1)
	}
}

func TestPromises(t *testing.T) {
	if *seed != 0 {
		if w := play(t, *seed, nil, variant{}, true); len(w.broken) == 0 {
			t.Logf("seed %d is fine:\n%s", *seed, w.tellStory())
		} else {
			t.Fatal(smallest(t, w))
		}
		return
	}
	began := time.Now()
	var n totals
	var next, failed atomic.Uint64
	next.Store(*first)
	t.Run("seeds", func(t *testing.T) {
		for k := range runtime.GOMAXPROCS(0) {
			t.Run(fmt.Sprint(k), func(t *testing.T) {
				t.Parallel()
				for failed.Load() == 0 {
					s := next.Add(1) - 1
					if s >= *first+uint64(*seeds) {
						return
					}
					w := play(t, s, nil, variant{}, false)
					n.add(w)
					if len(w.broken) > 0 && failed.CompareAndSwap(0, s) {
						t.Fatal(smallest(t, w))
					}
				}
			})
		}
	})
	if failed.Load() == 0 {
		fmt.Printf("simulation: %d seeds, %d reservations, %d rows, %d calls, %d faults, %d restarts, storage lost with its page in %d: "+
			"lost 0, doubled 0, out of order 0, second pops 0 (%v)\n",
			n.seeds.Load(), n.reservations.Load(), n.rows.Load(), n.calls.Load(), n.faults.Load(), n.restarts.Load(), n.relaxed.Load(),
			time.Since(began).Round(time.Second))
	}
}

func TestASeedIsOneStory(t *testing.T) {
	t.Parallel()
	for s := *first; s < *first+uint64(*seeds)/8; s++ {
		one := play(t, s, nil, variant{}, true).tellStory()
		require.Equal(t, one, play(t, s, nil, variant{}, true).tellStory(), "seed %d", s)
	}
}

var together sync.Mutex

// smallest takes faults and tasks out of a story that went wrong until nothing
// can be taken out any more, and tells what is left.
func smallest(t *testing.T, w *world) string {
	t.Helper()
	together.Lock()
	defer together.Unlock()
	promise := w.broken[0].promise
	fails := func(faults []string) bool {
		only := make(map[string]bool, len(faults))
		for _, f := range faults {
			only[f] = true
		}
		again := play(t, w.seed, only, w.variant, true)
		for _, b := range again.broken {
			if b.promise == promise {
				w = again
				return true
			}
		}
		return false
	}
	left := shrink(w.faults(), fails)
	if !fails(left) {
		return fmt.Sprintf("seed %d breaks %q, but not every time", w.seed, promise)
	}
	return fmt.Sprintf("seed %d: %s: %s\n\nfaults:\n  %s\n\nstory:\n%s\nagain: go test ./internal/simulation -run TestPromises -seed %d",
		w.seed, promise, w.broken[0].how, strings.Join(w.faults(), "\n  "), w.tellStory(), w.seed)
}

// shrink returns a smallest part of all that still fails.
func shrink(all []string, fails func([]string) bool) []string {
	for size := (len(all) + 1) / 2; ; {
		smaller := false
		for from := 0; from < len(all); {
			to := min(from+size, len(all))
			without := append(append([]string(nil), all[:from]...), all[to:]...)
			if fails(without) {
				all, smaller = without, true
				continue
			}
			from = to
		}
		if size > 1 {
			size = (size + 1) / 2
			continue
		}
		if !smaller {
			return all
		}
	}
}
