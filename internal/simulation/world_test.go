package simulation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// variant is what is taken out of the world to see whether that is noticed. Its
// zero value is the world as it is.
type variant struct {
	twinRows    bool // the org takes a second row with the same key
	twinCases   bool // the org takes a second Case for the same engagement
	writeBehind bool // the outbox says that it has stored before it has
	freeClaims  bool // the outbox lets everybody claim every pop
}

// world is one agent's day: everything around the plugin.
type world struct {
	draws
	variant
	telling bool // whether a story is wanted

	mu         sync.Mutex // of all the rest, and of draws
	began      clock.Time
	story      []line
	broken     []breach
	tasks      []*reservation
	org        *org
	shelf      *shelf
	tabs       []*tab
	locks      bool // whether the browser has Web Locks
	holder     *page
	granted    bool // a lock is about to be given
	gaps       []*gap
	away       *gap         // the gap that is still open
	mood       int          // calls in a thousand that go wrong
	lives      int          // instances of the plugin so far
	lastCall   clock.Time   // when the org was last asked
	deaths     []clock.Time // of programs, alone or with their page
	restarts   int          // of programs in a page, and of pages
	queueLimit int          // how many events a page keeps
	calls      int
	missing    int  // rows, where that can't be helped
	again      int  // pops, where that can't be helped
	relaxed    bool // an instance died that could not store what it knew
	activities bool // the admin wants a standard activity for each reservation
}

// line is one line of the story.
type line struct {
	at   time.Duration
	text string
}

// breach is a promise that was not kept.
type breach struct{ promise, how string }

// gap is a time during which no page was there.
type gap struct{ from, to clock.Time }

// play plays the day of a seed; only says which faults may happen, nil: all.
func play(t *testing.T, seed uint64, only map[string]bool, v variant, telling bool) *world {
	t.Helper()
	w := &world{
		draws:   draws{seed: seed, only: only, hit: map[string]bool{}},
		variant: v, telling: telling,
	}
	synctest.Test(t, func(*testing.T) { w.run() })
	return w
}

// afterwards is how long the world goes on once all is well.
const afterwards = 3 * time.Hour

func (w *world) run() {
	w.began = clock.Now()
	w.org = newOrg(w)
	w.shelf = newShelf(w)
	w.activities = w.chance(300, "activities are wanted")
	w.mood = []int{0, 20, 80, 250}[w.below(4, "mood")]
	w.mu.Lock()
	w.leave(w.began)
	end := max(w.planTasks(), w.planTabs()) + time.Minute
	w.mu.Unlock()
	time.Sleep(end)

	w.mu.Lock()
	w.calm = true
	w.org.cure()
	w.tell("all is well from here on")
	for _, tb := range w.tabs {
		if tb.page != nil && tb.page.stopped {
			w.close(tb, "is reloaded by the agent")
			w.open(tb)
		}
	}
	if !slices.ContainsFunc(w.tabs, func(tb *tab) bool { return tb.page != nil }) {
		w.open(w.tabs[0])
	}
	w.mu.Unlock()
	time.Sleep(afterwards)
	synctest.Wait()

	w.mu.Lock()
	w.checkRest()
	asked := w.calls
	w.goHome()
	w.open(w.tabs[0])
	w.mu.Unlock()
	time.Sleep(10 * time.Minute)
	synctest.Wait()

	w.mu.Lock()
	w.check()
	w.checkMorning(asked)
	w.goHome()
	w.mu.Unlock()
	synctest.Wait()
}

// goHome closes all pages.
func (w *world) goHome() {
	for _, tb := range w.tabs {
		if tb.page != nil {
			w.close(tb, "the day is over")
		}
	}
}

// after has f done after d, as the only one at that moment.
func (w *world) after(d time.Duration, f func()) {
	time.AfterFunc(d, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		f()
	})
}

// tell adds a line to the story.
func (w *world) tell(format string, args ...any) {
	if w.telling {
		w.story = append(w.story, line{clock.Since(w.began), fmt.Sprintf(format, args...)})
	}
}

// breaks notes that a promise is not kept.
func (w *world) breaks(promise, format string, args ...any) {
	b := breach{promise, fmt.Sprintf(format, args...)}
	w.broken = append(w.broken, b)
	w.tell("!!! %s: %s", b.promise, b.how)
}

// breach returns how a promise was not kept, empty if it was.
func (w *world) breach(promise string) string {
	for _, b := range w.broken {
		if b.promise == promise {
			return b.how
		}
	}
	return ""
}

// leave notes that no page is there.
func (w *world) leave(since clock.Time) {
	if w.away == nil {
		w.away = &gap{from: since}
		w.gaps = append(w.gaps, w.away)
	}
	if since.Before(w.away.from) {
		w.away.from = since
	}
}

// back notes that what a page found when it came is known for good.
func (w *world) back(at clock.Time) {
	if w.away != nil {
		w.away.to = at
		w.away = nil
	}
}

// absence returns how long the gaps are that touch the time from a to b.
func (w *world) absence(a, b clock.Time) time.Duration {
	var sum time.Duration
	for _, g := range w.gaps {
		if to := g.to; !to.Before(a) && !g.from.After(b.Add(hearing)) {
			sum += to.Sub(g.from)
		}
	}
	return sum
}

// tellStory returns the whole story, sorted by time.
func (w *world) tellStory() string {
	lines := slices.Clone(w.story)
	slices.SortStableFunc(lines, func(a, b line) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		// What is asked at one moment was kept first.
		if x, y := strings.Contains(a.text, " asks for "), strings.Contains(b.text, " asks for "); x != y {
			if x {
				return 1
			}
			return -1
		}
		return strings.Compare(a.text, b.text)
	})
	var b strings.Builder
	for _, l := range lines {
		at := l.at.Round(time.Millisecond)
		fmt.Fprintf(&b, "%02d:%02d:%06.3f  %s\n", int(at.Hours()), int(at.Minutes())%60, (at % time.Minute).Seconds(), l.text)
	}
	return b.String()
}

// task returns the reservation with that SID.
func (w *world) task(sid caselog.ReservationSID) *reservation {
	for _, r := range w.tasks {
		if r.task.Reservation == sid {
			return r
		}
	}
	return nil
}
