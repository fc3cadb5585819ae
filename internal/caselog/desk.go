package caselog

import "flexcaselog/internal/clock"

// Desk is everything one agent has under way. It is not safe for use by more
// than one goroutine.
type Desk struct {
	policy       Policy
	engagements  map[EngagementID]*engagement
	reservations map[ReservationSID]*reservation
	gone         gone
	selected     ReservationSID
	touched      []ReservationSID // see Changes
}

// NewDesk returns an empty desk.
func NewDesk(p Policy) *Desk {
	return &Desk{
		policy:       p,
		engagements:  map[EngagementID]*engagement{},
		reservations: map[ReservationSID]*reservation{},
	}
}

// Open returns how many reservations are not settled yet: still with the agent,
// or not yet wholly in Salesforce.
func (d *Desk) Open() int { return len(d.reservations) }

// Step takes an event and returns what must be done because of it, in order.
// What is no news changes nothing. An answer to a question that was not asked
// is a [*TransitionError], and changes nothing either.
func (d *Desk) Step(ev Event) ([]Effect, error) {
	switch e := ev.(type) {
	case ReservationAccepted:
		return d.accepted(e), nil
	case AgentHungUp:
		d.hungUp(e.Reservation)
		return nil, nil
	case WrapupStarted:
		return d.movedOn(e.Task, Wrapup, e.At, e.EndedBy), nil
	case TaskCompleted:
		return d.movedOn(e.Task, Completed, e.At, e.EndedBy), nil
	case TaskSelected:
		return d.turnedTo(e.Reservation), nil
	case ReservationLost:
		return d.lost(e), nil
	case TasksListed:
		return d.listed(e), nil
	case TryAgain:
		return d.tryAgain(), nil
	case CaseOpened, CaseFailed, CaseDue:
		return d.stepCase(ev)
	case ScreenSeen, CasePopped, PopFailed, PopDue:
		return d.stepPop(ev)
	}
	return d.stepLog(ev)
}

// accepted opens a reservation.
func (d *Desk) accepted(e ReservationAccepted) []Effect {
	if d.knows(e.Task.Reservation) {
		d.seen(e.Task)
		return nil
	}
	if why := d.policy.caseless(e.Task); why != "" {
		return []Effect{Explain{e.Task.Reservation, "no Case: " + why}}
	}
	r := d.open(e.Task, e.At)
	why := d.policy.popless(e.Task)
	if why == "" && e.Found {
		why = "the task was there before this page, and may have been popped by another"
	}
	if why != "" {
		return append(d.advance(r), r.unpopped(why))
	}
	r.pop.phase = popWanted
	return d.advance(r)
}

// seen notes that Flex has a reservation, wherever the desk had it from. A record of
// it has nothing of the customer any more, Flex has.
func (d *Desk) seen(t Task) {
	r := d.reservations[t.Reservation]
	if r == nil || !r.restored {
		return
	}
	r.restored = false
	r.task = r.task.withCustomer(t)
}

// knows tells whether the reservation is here, or was.
func (d *Desk) knows(sid ReservationSID) bool {
	_, here := d.reservations[sid]
	return here || d.gone.has(sid)
}

// open puts a reservation that was accepted at that time on the desk.
func (d *Desk) open(t Task, at clock.Time) *reservation {
	id := t.Engagement()
	en := d.engagements[id]
	if en == nil {
		en = &engagement{id: id}
		d.engagements[id] = en
	}
	r := &reservation{task: t, engagement: en}
	r.enter(Accepted, at)
	en.reservations = append(en.reservations, r)
	d.reservations[t.Reservation] = r
	return r
}

// hungUp notes who ended the conversation, while it lasts.
func (d *Desk) hungUp(sid ReservationSID) {
	if r := d.reservations[sid]; r != nil && r.status == Accepted {
		r.rows[Accepted].endedBy = ByAgent
		d.touch(r)
	}
}

// movedOn takes a reservation to its next state. By is who ended the conversation,
// if that is known; who clicked to end it is known better.
func (d *Desk) movedOn(t Task, to Status, at clock.Time, by Party) []Effect {
	r := d.reservations[t.Reservation]
	if r == nil {
		if d.gone.has(t.Reservation) || d.policy.caseless(t) != "" {
			return nil
		}
		r = d.missed(t, at)
	}
	r.restored = false
	if to <= r.status {
		return nil
	}
	r.task = r.task.updated(t)
	if first := &r.rows[Accepted]; r.status == Accepted && first.endedBy == "" {
		first.endedBy = by
	}
	r.enter(to, at)
	return d.advance(r)
}

// missed opens a reservation whose acceptance nobody here saw, at the best time
// known. It is not popped: whoever saw it may have done that.
func (d *Desk) missed(t Task, now clock.Time) *reservation {
	start := t.Offered
	if start.IsZero() || start.After(now) {
		start = now
	}
	return d.open(t, start)
}

// lost closes a reservation, or sees to it that it is never opened.
func (d *Desk) lost(e ReservationLost) []Effect {
	r := d.reservations[e.Reservation]
	if r == nil {
		if !d.gone.has(e.Reservation) {
			d.gone.add(e.Reservation)
			d.touched = append(d.touched, e.Reservation)
		}
		return nil
	}
	return d.movedOn(r.task, Completed, e.At, "")
}

// advance asks for whatever the reservation needs next.
func (d *Desk) advance(r *reservation) []Effect {
	d.touch(r)
	if r.engagement.caseID == "" {
		return r.engagement.ask()
	}
	effects := append(r.popCase(), r.writeLog(d.policy.Activity)...)
	if r.settled(d.policy.Activity) {
		d.forget(r)
	}
	return effects
}

// forget takes a settled reservation off the desk, and its engagement with the
// last of them: a later one asks for the Case again, and gets the same.
func (d *Desk) forget(r *reservation) {
	delete(d.reservations, r.task.Reservation)
	d.gone.add(r.task.Reservation)
	en := r.engagement
	for i, other := range en.reservations {
		if other == r {
			en.reservations = append(en.reservations[:i], en.reservations[i+1:]...)
			break
		}
	}
	if len(en.reservations) == 0 {
		delete(d.engagements, en.id)
	}
}
