package simulation

import (
	"slices"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// page is what web/ is: it hears, keeps what it heard until the program has it
// safe, and starts the program again when that dies.
type page struct {
	*memory
	w        *world
	tab      *tab
	opened   clock.Time
	listed   clock.Time // when it was told what Flex has, once that is kept
	number   int
	queue    []*entry
	program  *instance // the last one; nil: it is not this page's turn
	loaded   bool
	diskless bool
	starts   int
	deaths   []clock.Time // of its programs
	stopped  bool         // too many: it has given up
}

// entry is something that a page has heard.
type entry struct {
	h      *happening // nil for what it found when it came
	event  caselog.Event
	at     clock.Time
	posted clock.Time
}

// has tells whether it is in the page's queue.
func (p *page) has(h *happening) bool {
	return slices.ContainsFunc(p.queue, func(e *entry) bool { return e.h == h })
}

// giveUp notes a death of a page's program, and tells whether it is one too many
// within a minute.
func (p *page) giveUp() bool {
	now := clock.Now()
	p.deaths = append(p.deaths, now)
	if n := len(p.deaths); n < 3 || now.Sub(p.deaths[n-3]) >= time.Minute {
		return false
	}
	p.stopped = true
	p.w.tell("tab %d    gives up, and hears nothing any more", p.tab.number)
	if p.diskless || p.w.shelf.refused && !p.w.shelf.mirror {
		p.w.relaxed = true
	}
	p.w.deaf(p)
	if p.w.holder == p && p.w.chance(500, "who gives up lets go of the lock") {
		p.w.holder = nil
		p.w.takeAllTurns()
	}
	return true
}

// patience is how long a program may take until what it was given is kept.
const patience = 10 * time.Second

// hear takes note of what happened in Flex.
func (p *page) hear(h *happening) {
	if p.tab.page == p && !p.stopped {
		p.take(&entry{h: h, event: h.event(clock.Now()), at: clock.Now()})
	}
}

// take queues an entry and hands it to the program, if there is one.
func (p *page) take(e *entry) {
	if len(p.queue) >= p.w.queueLimit {
		p.makeRoom()
	}
	p.queue = append(p.queue, e)
	if p.program != nil && !p.program.dead {
		p.program.give(e)
	}
}

// makeRoom drops the events of the task that was completed first, or else the
// oldest event, as web/queue.js does.
func (p *page) makeRoom() {
	drop := func(n int, _ *entry) bool { return n == 0 }
	for _, e := range p.queue {
		if done, ok := e.event.(caselog.TaskCompleted); ok {
			drop = func(_ int, e *entry) bool { return e.h != nil && e.h.r.task.Reservation == done.Task.Reservation }
			break
		}
	}
	var left []*entry
	for n, e := range p.queue {
		if !drop(n, e) {
			left = append(left, e)
			continue
		}
		p.w.tell("tab %d    drops %T", p.tab.number, e.event)
		if e.h != nil && !e.h.kept {
			e.h.r.dropped = true
		}
	}
	p.queue = left
}

// keeps forgets an entry that the program has safe.
func (p *page) keeps(e *entry) {
	for n, other := range p.queue {
		if other != e {
			continue
		}
		p.queue = slices.Delete(p.queue, n, n+1)
		switch ev := e.event.(type) {
		case caselog.TasksListed:
			p.listed = ev.At
			p.w.back(ev.At)
		case caselog.AgentHungUp:
			p.w.task(ev.Reservation).hungUp = true
		case caselog.ReservationAccepted:
			r := p.w.task(ev.Task.Reservation)
			r.kept[caselog.Accepted] = true
			r.heard = r.heard || !ev.Found
		case caselog.WrapupStarted:
			r := p.w.task(ev.Task.Reservation)
			r.kept[caselog.Accepted], r.kept[caselog.Wrapup] = true, true
		}
		if e.h != nil {
			e.h.kept = true
		}
		return
	}
}
