package simulation

import (
	"slices"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// The promises that are counted one by one.
const (
	noRowLost = "no row is lost"
	oneRow    = "one row per status"
	oneCase   = "one Case per engagement"
	inOrder   = "rows in order"
	onePop    = "one pop"
)

// check holds the promises against what is in the org in the end.
//
// Where storage was refused, and whoever held the rest in memory has died, rows
// may be missing and durations wrong, and each page may pop once. What is left
// of the promises then is checked all the same: nothing is doubled, nothing is
// out of order, nothing is there that did not happen.
func (w *world) check() {
	for id, all := range w.org.cases {
		if len(all) > 1 {
			w.breaks(oneCase, "%s has %v", id, all)
		}
	}
	for _, r := range w.tasks {
		w.checkRows(r)
		w.checkPops(r)
		w.checkHeldUp(r)
		if !w.relaxed && !r.dropped {
			w.checkDurations(r)
		}
	}
}

// rowsOf returns the rows of a reservation by status: the first of each.
func (w *world) rowsOf(r *reservation) [3]*row {
	var found [3]*row
	for _, made := range w.org.rows {
		if made.Task.Reservation == r.task.Reservation && found[made.Status] == nil {
			found[made.Status] = made
		}
	}
	return found
}

func (w *world) checkRows(r *reservation) {
	rows := w.rowsOf(r)
	for _, made := range w.org.rows {
		if made.Task.Reservation == r.task.Reservation && made != rows[made.Status] {
			w.breaks(oneRow, "%s is doubled", made.Key())
		}
	}
	written := false
	var last *row
	for s, made := range rows {
		if made == nil {
			continue
		}
		written = true
		key := made.Key()
		switch at := r.entered[s]; {
		case at.IsZero():
			w.breaks("no row for what did not happen", "%s", key)
		case made.made.Before(at):
			w.breaks("no row for what did not happen", "%s was written %v early", key, at.Sub(made.made))
		}
		if w.org.known[made.Case] != r.task.Engagement() {
			w.breaks("each row in its Case", "%s is in %s", key, made.Case)
		}
		if last != nil && made.made.Before(last.made) && (!w.relaxed || last.Status == caselog.Accepted) {
			w.breaks(inOrder, "%s was made before %s", key, last.Key())
		}
		last = made
		if made.EndedBy != "" && (made.EndedBy != caselog.ByAgent || !r.agentEnds) {
			w.breaks("who ended it", "%s says %s", key, made.EndedBy)
		}
	}
	for s := range rows {
		due := (written || r.kept[caselog.Accepted]) && (s != int(caselog.Wrapup) || r.kept[s])
		switch {
		case !due || rows[s] != nil || r.dropped:
		case w.relaxed:
			w.missing++
		default:
			w.breaks(noRowLost, "%s", caselog.Status(s).Key(r.task.Reservation))
		}
	}
	if w.relaxed || r.dropped {
		return
	}
	if done := rows[caselog.Completed]; done != nil && w.activities && !r.activity && !r.trouble {
		w.breaks("no activity is lost", "%s has none", done.Key())
	}
	if first := rows[caselog.Accepted]; first != nil && r.hungUp && w.oneWriter() && first.EndedBy != caselog.ByAgent {
		w.breaks("who ended it", "%s does not say that it was the agent", first.Key())
	}
}

// checkDurations compares each row's beginning and duration with what was.
func (w *world) checkDurations(r *reservation) {
	rows := w.rowsOf(r)
	for s, made := range rows {
		if made == nil || r.entered[s].IsZero() {
			continue
		}
		began := r.entered[s]
		// A task that was accepted while no page could tell, and was in wrap-up when
		// one came, began when it was offered for all that Flex still knows.
		unsure := time.Duration(0)
		if rows[caselog.Accepted] != nil && rows[caselog.Accepted].Start == r.task.Offered {
			unsure = r.entered[caselog.Accepted].Sub(r.task.Offered)
		}
		if off := made.Start.Sub(began).Abs(); off > time.Second+w.absence(began, began)+unsure {
			w.breaks("when it began", "%s begins %v beside", made.Key(), off)
		}
		next := clock.Time(0)
		for later := s + 1; later < len(rows); later++ {
			if rows[later] != nil {
				next = r.entered[later]
				break
			}
		}
		if next.IsZero() {
			if made.ended {
				w.breaks("durations", "%s, the last, has one", made.Key())
			}
			continue
		}
		if s != int(caselog.Accepted) {
			unsure = 0
		}
		was := time.Duration(made.Seconds) * time.Second
		// Half a second more: the field holds whole seconds.
		if off := (was - next.Sub(began)).Abs(); !made.ended || off > 1500*time.Millisecond+w.absence(began, next)+unsure {
			w.breaks("durations", "%s has %v (%v), but it was %v, and no page for %v", made.Key(), was, made.ended, next.Sub(began), w.absence(began, next))
		}
	}
}

// checkHeldUp checks that a reservation that met no trouble of its own was not
// held up by that of others.
func (w *world) checkHeldUp(r *reservation) {
	if r.trouble || !r.smooth || r.dropped {
		return
	}
	const soon = time.Minute
	for s, made := range w.rowsOf(r) {
		if made == nil || r.entered[s].IsZero() {
			continue
		}
		until := r.entered[s].Add(soon)
		disturbed := slices.ContainsFunc(w.deaths, func(at clock.Time) bool {
			return at.After(r.entered[caselog.Accepted].Add(-soon)) && at.Before(until)
		})
		if !disturbed && made.made.After(until) {
			w.breaks("nobody is held up", "%s was made %v late", made.Key(), made.made.Sub(r.entered[s]))
		}
	}
}

func (w *world) checkPops(r *reservation) {
	sid := r.task.Reservation
	switch {
	case w.shelf.refused && (w.relaxed || !w.oneWriter()):
		w.again += max(0, r.pops-1)
		for by, n := range r.popsBy {
			if n > 1 {
				w.breaks("one pop per page", "%s was popped %d times by %d", sid, n, by)
			}
		}
	case r.pops > 1:
		w.breaks(onePop, "%s was popped %d times", sid, r.pops)
	case r.pops == 0 && r.popOwed && r.heard && !r.popLost && !w.relaxed:
		w.breaks("popped at all", "%s was not, though the org answered in time", sid)
	}
	if r.pops > 0 && r.entered[caselog.Accepted].IsZero() {
		w.breaks("no pop for nothing", "%s was popped and never accepted", sid)
	}
}

// checkRest checks, when the day is over, that nothing is left to be done.
func (w *world) checkRest() {
	if w.oneWriter() {
		w.checkShelf()
	}
	for _, tb := range w.tabs {
		p := tb.page
		if p == nil || !w.mine(p) {
			continue
		}
		if n := len(p.queue); n > 0 && !w.shelf.broken() {
			w.breaks("everything heard is kept", "%d events of tab %d are not", n, tb.number)
		}
		if p.program == nil {
			w.breaks("a program runs", "none in tab %d", tb.number)
			continue
		}
		for sentence := range p.program.refusals {
			w.breaks("the agent is told once", "%q is not told", sentence)
		}
	}
	if clock.Since(w.lastCall) < 30*time.Minute {
		w.breaks("it comes to rest", "the org was asked %v ago", clock.Since(w.lastCall))
	}
}

// checkMorning checks that the first page of the next day finds nothing to do.
func (w *world) checkMorning(asked int) {
	w.checkShelf()
	forgot := slices.ContainsFunc(w.tasks, func(r *reservation) bool { return r.dropped })
	if n := w.calls - asked; n > 0 && !w.shelf.refused && !forgot && w.oneWriter() {
		w.breaks("nothing is left for the next day", "the org is asked %d times", n)
	}
}

// checkShelf checks that nothing is left in the outbox. Of two pages that write at
// once, one can keep what the other has settled, until the next one comes.
func (w *world) checkShelf() {
	if w.shelf.refused {
		return
	}
	for sid := range w.shelf.records {
		// Nobody can end what a page had to forget the end of.
		if !w.task(sid).dropped {
			w.breaks("nothing is left in the outbox", "%s is", sid)
		}
	}
}
