package simulation

import (
	"fmt"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// tab is a place for one page after another.
type tab struct {
	number int
	pages  int
	page   *page // nil while there is none
}

// planTabs decides which pages come and go when, and returns when that ends.
func (w *world) planTabs() time.Duration {
	w.locks = !w.fault(250, "no Web Locks")
	w.queueLimit = 1000
	if w.fault(100, "a short queue") {
		w.queueLimit = 8 + w.below(16, "queue")
	}
	end := time.Duration(0)
	tabs := 1
	if w.fault(350, "a second tab") {
		tabs = 2
	}
	for n := 1; n <= tabs; n++ {
		tb := &tab{number: n}
		w.tabs = append(w.tabs, tb)
		at := w.between(0, 2*time.Second, fmt.Sprintf("tab %d comes", n))
		if n > 1 || w.faultf(200, "the first page comes late") {
			at = w.between(0, 8*time.Minute, fmt.Sprintf("tab %d comes late", n))
		}
		w.after(at, func() { w.open(tb) })
		for k := 1; k <= 4; k++ {
			what := fmt.Sprintf("tab %d is reloaded (%d)", n, k)
			if !w.fault(220, what) {
				continue
			}
			from := at + w.between(10*time.Millisecond, 14*time.Minute, what)
			short := []time.Duration{2 * time.Second, 30 * time.Second, 5 * time.Minute}
			to := from + w.between(200*time.Millisecond, short[w.below(3, what+" kind")], what+" comes back")
			w.after(from, func() {
				if tb.page != nil {
					w.restarts++
					w.close(tb, "its page goes")
				}
			})
			w.after(to, func() {
				if tb.page == nil {
					w.open(tb)
				}
			})
			end = max(end, to)
		}
		for k := 1; k <= 4; k++ {
			what := fmt.Sprintf("go dies in tab %d (%d)", n, k)
			if w.fault(150, what) {
				w.after(at+w.between(time.Millisecond, 14*time.Minute, what), func() {
					if p := tb.page; p != nil && p.program != nil && !w.calm {
						w.kill(p.program, "of itself")
					}
				})
			}
		}
		what := fmt.Sprintf("the agent of tab %d asks for another try", n)
		if w.chance(200, what) {
			w.after(at+w.between(time.Second, 20*time.Minute, what), func() {
				if p := tb.page; p != nil && w.mine(p) {
					w.tell("tab %d    is told to try again", n)
					p.take(&entry{event: caselog.TryAgain{}, at: clock.Now()})
				}
			})
		}
		end = max(end, at)
	}
	return end
}

// open opens a page, which lists what Flex has.
func (w *world) open(tb *tab) {
	tb.pages++
	p := &page{memory: newMemory(), w: w, tab: tb, opened: clock.Now(), number: tb.number*100 + tb.pages}
	tb.page = p
	w.tell("tab %d    has a page", tb.number)
	for _, ev := range w.listing(clock.Now()) {
		p.take(&entry{event: ev, at: clock.Now()})
	}
	w.takeTurns(p)
}

// close ends a page and everything in it.
func (w *world) close(tb *tab, why string) {
	p := tb.page
	w.tell("tab %d    %s", tb.number, why)
	tb.page = nil
	if p.diskless {
		w.relaxed = true
	}
	if w.holder == p {
		w.holder = nil
	}
	if i := p.program; i != nil && !i.dead {
		w.deaths = append(w.deaths, clock.Now())
		for _, e := range p.queue {
			if !w.shelf.broken() && !i.ready.IsZero() && clock.Since(e.posted) > patience && clock.Since(i.ready) > patience {
				w.breaks("what is heard is kept soon", "%T, heard %v ago, was not", e.event, clock.Since(e.at))
			}
		}
		w.kill(i, "with its page")
	}
	w.takeAllTurns()
	w.deaf(p)
}

// deaf notes that p hears nothing any more. What it had heard, and nobody kept,
// is known to nobody if no other page has heard it too: as if no page had been
// there since.
func (w *world) deaf(p *page) {
	var other *page
	for _, tb := range w.tabs {
		if q := tb.page; q != nil && q != p && !q.stopped {
			other = q
		}
	}
	since := clock.Now()
	forgotten := other == nil
	for _, e := range p.queue {
		known := e.h != nil && e.h.kept || other != nil && (e.h == nil || other.has(e.h))
		if !known && (e.h != nil || w.away == nil) {
			forgotten = true
			if e.at.Before(since) {
				since = e.at
			}
		}
	}
	switch {
	case !forgotten:
	case other != nil && !other.listed.IsZero():
		w.gaps = append(w.gaps, &gap{since, other.listed})
	default:
		w.leave(since)
	}
}

// mine tells whether p is the page, or one of the pages, that may write.
func (w *world) mine(p *page) bool { return !w.locks || w.holder == p }

// oneWriter tells whether there is never more than one program.
func (w *world) oneWriter() bool { return w.locks || len(w.tabs) == 1 }

// takeAllTurns lets every page try to be the one that writes.
func (w *world) takeAllTurns() {
	for _, tb := range w.tabs {
		if p := tb.page; p != nil && !p.stopped {
			w.takeTurns(p)
		}
	}
}

// takeTurns starts the program of p, where there are locks once it has the lock.
func (w *world) takeTurns(p *page) {
	if w.mine(p) || w.locks && (w.granted || w.holder != nil) {
		if p.program == nil && w.mine(p) {
			w.boot(p)
		}
		return
	}
	w.granted = true
	w.after(w.between(20*time.Millisecond, 2*time.Second, fmt.Sprintf("the lock after page %d", p.number)), func() {
		w.granted = false
		var oldest *page
		for _, tb := range w.tabs {
			if p := tb.page; p != nil && !p.stopped && (oldest == nil || p.opened.Before(oldest.opened)) {
				oldest = p
			}
		}
		if oldest != nil {
			w.holder = oldest
			w.tell("tab %d    has the lock", oldest.tab.number)
			w.boot(oldest)
		}
	})
}
