package simulation

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	seeds = flag.Uint64("seeds", 400, "how many seeds to play")
	first = flag.Uint64("first", 1, "the first of them")
	seed  = flag.Uint64("seed", 0, "the one seed to play, and to tell the story of")
)

func TestPromises(t *testing.T) {
	if *seed != 0 {
		w := play(t, *seed, nil, variant{}, true)
		require.Empty(t, w.broken, "%s", brokenStory(t, w))
		t.Logf("seed %d is fine:\n%s", *seed, w.tellStory())
		return
	}
	began := time.Now()
	var n totals
	var next atomic.Uint64
	t.Run("seeds", func(t *testing.T) {
		for k := range runtime.GOMAXPROCS(0) {
			t.Run(fmt.Sprint(k), func(t *testing.T) {
				t.Parallel()
				for s := next.Add(1) - 1; s < *seeds; s = next.Add(1) - 1 {
					w := play(t, *first+s, nil, variant{}, false)
					if n.add(w) {
						t.Error(brokenStory(t, w))
					}
				}
			})
		}
	})
	require.Zero(t, n.failed(), "%s", &n)
	t.Logf("%s in %v", &n, time.Since(began).Round(time.Second))
}

// brokenStory tells how a day went wrong, if it did.
func brokenStory(t *testing.T, w *world) string {
	t.Helper()
	if len(w.broken) == 0 {
		return ""
	}
	return smallest(t, w, w.broken[0].promise)
}

func TestASeedIsOneStory(t *testing.T) {
	t.Parallel()
	for s := range min(*seeds/10, 1000) {
		one := play(t, *first+s, nil, variant{}, true).tellStory()
		require.Equal(t, one, play(t, *first+s, nil, variant{}, true).tellStory(), "seed %d", *first+s)
	}
}

// totals is what was played, and what came of it.
type totals struct {
	mu sync.Mutex

	seeds, reservations, rows, calls, faults, restarts int
	lost, doubled, disordered, secondPops, other       int
	// The seeds in which storage was refused, and what remembered in its place died
	// or was two tabs without Web Locks; and what is missing and was popped again
	// there.
	unkept, missing, again int
}

// maxStories is how many stories that went wrong are told.
const maxStories = 3

// add counts a day, and tells whether its story should be told.
func (n *totals) add(w *world) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seeds++
	n.reservations += len(w.tasks)
	n.rows += len(w.org.rows)
	n.calls += w.calls
	n.faults += len(w.hit) - len(w.tasks)
	n.restarts += w.restarts
	if w.relaxed || w.shelf.refused && !w.oneWriter() {
		n.unkept++
		n.missing += w.missing
		n.again += w.again
	}
	failed := n.failed()
	for _, b := range w.broken {
		switch b.promise {
		case noRowLost:
			n.lost++
		case oneRow, oneCase:
			n.doubled++
		case inOrder:
			n.disordered++
		case onePop:
			n.secondPops++
		default:
			n.other++
		}
	}
	return len(w.broken) > 0 && failed < maxStories
}

func (n *totals) failed() int {
	return n.lost + n.doubled + n.disordered + n.secondPops + n.other
}

func (n *totals) String() string {
	return fmt.Sprintf("%d seeds, %d reservations, %d rows, %d calls, %d faults, %d restarts: "+
		"lost %d, doubled %d, out of order %d, second pops %d, other promises broken %d "+
		"(storage was refused, and what remembered in its place died or was two tabs without locks, in %d seeds: there %d rows are missing and %d pops are second ones)",
		n.seeds, n.reservations, n.rows, n.calls, n.faults, n.restarts,
		n.lost, n.doubled, n.disordered, n.secondPops, n.other, n.unkept, n.missing, n.again)
}
