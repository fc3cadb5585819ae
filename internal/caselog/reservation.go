package caselog

import (
	"time"

	"flexcaselog/internal/clock"
)

// reservation is one agent's turn at a task.
type reservation struct {
	task       Task
	engagement *engagement
	status     Status // the state it is in
	rows       [statuses]row
	pop        pop
	log        logWork
	activity   bool   // Salesforce has its activity
	restored   bool   // from a record; Flex has not mentioned it since
	saved      Record // as it was last kept
	touched    bool   // it may have to be kept anew
}

// row is one line of the log.
type row struct {
	entered bool // the reservation has been in this state
	start   clock.Time
	left    bool // and has gone on to the next after seconds
	seconds int
	endedBy Party
	id      LogID // once it is in Salesforce
	closed  bool  // the duration is in Salesforce as well
}

// enter moves the reservation into s, which ends the state it was in.
func (r *reservation) enter(s Status, at clock.Time) {
	if s > r.status {
		last := &r.rows[r.status]
		if at.Before(last.start) { // two clocks, or one that was set
			at = last.start
		}
		last.left = true
		last.seconds = wholeSeconds(at.Sub(last.start))
	}
	r.status = s
	r.rows[s].entered = true
	r.rows[s].start = at
}

// wholeSeconds rounds d to seconds. A clock that was set back gives nothing,
// never less than nothing.
func wholeSeconds(d time.Duration) int {
	return max(0, int(d.Round(time.Second)/time.Second))
}

// live tells whether the agent still has the task.
func (r *reservation) live() bool { return r.status != Completed }

// settled tells whether there is nothing left to do for the reservation, an
// activity included, where one is wanted.
func (r *reservation) settled(activity bool) bool {
	return !r.live() && r.log.phase == logIdle && !r.pop.underWay() && r.written() && (r.activity || !activity)
}

// written tells whether Salesforce has all of the reservation's rows.
func (r *reservation) written() bool {
	for s := range r.rows {
		if r.rows[s].pending() {
			return false
		}
	}
	return true
}

// pending tells whether Salesforce has not all of the row yet.
func (w *row) pending() bool { return w.entered && (w.id == "" || w.left && !w.closed) }
