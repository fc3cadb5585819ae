package caselog

import (
	"flexcaselog/internal/lean"
)

// listed compares what was restored with what Flex has. A reservation that is
// gone from there ended while no page was looking; the best time known for it is
// now.
func (d *Desk) listed(e TasksListed) []Effect {
	live := make(map[ReservationSID]bool, len(e.Live))
	for _, sid := range e.Live {
		live[sid] = true
	}
	var effects []Effect
	for _, r := range d.inOrder() {
		if !r.restored || !r.live() || live[r.task.Reservation] {
			continue
		}
		if r.rows[Accepted].start.After(e.At) {
			continue // the list is older: of a page that waited for its turn since
		}
		effects = append(effects, Remark{Line: "the task of " + string(r.task.Reservation) +
			" ended while Flex was not open here; its end is logged as of now"})
		effects = append(effects, d.movedOn(r.task, Completed, e.At, "")...)
	}
	return effects
}

// tryAgain takes up what was parked.
func (d *Desk) tryAgain() []Effect {
	var effects []Effect
	for _, r := range d.inOrder() {
		if r.engagement.phase == caseParked {
			r.engagement.phase, r.engagement.tries = caseIdle, 0
		}
		if r.log.phase == logParked {
			r.log.phase, r.log.tries = logIdle, 0
		}
		effects = append(effects, d.advance(r)...)
	}
	return effects
}

// Parked returns how many reservations wait for [TryAgain].
func (d *Desk) Parked() int {
	n := 0
	for _, r := range d.reservations {
		if r.engagement.phase == caseParked || r.log.phase == logParked {
			n++
		}
	}
	return n
}

// inOrder returns all reservations in the order in which they were accepted, so
// that the same events give the same effects: a map has none.
func (d *Desk) inOrder() []*reservation {
	all := make([]*reservation, 0, len(d.reservations))
	for _, r := range d.reservations {
		all = append(all, r)
	}
	lean.Sort(all, func(a, b *reservation) bool {
		one, other := a.rows[Accepted].start, b.rows[Accepted].start
		return one < other || one == other && a.task.Reservation < b.task.Reservation
	})
	return all
}
