package caselog

// pop is the screen pop of one reservation.
type pop struct {
	phase popPhase
	tries int
}

// popPhase is where the screen pop is.
type popPhase uint8

const (
	popDone    popPhase = iota // it was done, or must not be
	popWanted                  // nobody has asked yet
	popLooking                 // a LookAtScreen is in flight
	popAsked                   // a ScreenPop is in flight
	popPausing                 // a Pause before the next one is
)

func (p pop) underWay() bool {
	return p.phase == popLooking || p.phase == popAsked || p.phase == popPausing
}

// owed tells whether Salesforce has not been asked yet.
func (p pop) owed() bool {
	return p.phase == popWanted || p.phase == popLooking || p.phase == popPausing
}

// popCase begins to show the Case while the agent still has the task. Later it
// would only take away what the agent is at by then.
func (r *reservation) popCase() []Effect {
	switch {
	case r.pop.phase != popWanted:
		return nil
	case !r.live():
		r.pop.phase = popDone
		return []Effect{r.unpopped("the task was over before it could be")}
	}
	r.pop.phase = popLooking
	return []Effect{LookAtScreen(r.screenPop())}
}

// screenSeen shows the Case unless it is there: also where the task has ended since
// the page was asked, a moment ago, for the Case was known in time.
func (r *reservation) screenSeen(there bool) []Effect {
	if there {
		r.pop.phase = popDone
		return []Effect{r.unpopped("the record is open already")}
	}
	r.pop.phase = popAsked
	return []Effect{r.screenPop()}
}

// unpopped explains why there is no screen pop.
func (r *reservation) unpopped(why string) Effect {
	return Explain{r.task.Reservation, "screen pop: not done: " + why}
}

// screenPop returns what is to be shown for the reservation.
func (r *reservation) screenPop() ScreenPop {
	return ScreenPop{Reservation: r.task.Reservation, Case: r.engagement.caseID, Contact: r.engagement.contact, Task: r.task}
}

// turnedTo shows the Case of the task that the agent has turned to, where that is
// wanted. A pop that is still to come shows it anyway, and to turn to the task
// that one is at is no news.
func (d *Desk) turnedTo(sid ReservationSID) []Effect {
	again := sid == d.selected
	d.selected = sid
	r := d.reservations[sid]
	if again || d.policy.Pop != PopOnSelect || r == nil || !r.live() || r.engagement.caseID == "" || r.pop.phase != popDone {
		return nil
	}
	return []Effect{ShowAgain(r.screenPop())}
}

// popFailed tries again only where Salesforce said no for now: after silence the
// Case may be on the screen, and a second pop is worse than none.
func (r *reservation) popFailed(o Outcome) []Effect {
	if o != NotNow {
		r.pop.phase = popDone
		return nil
	}
	r.pop.phase = popPausing
	r.pop.tries++
	return []Effect{Pause{Attempt: r.pop.tries, Then: PopDue{Reservation: r.task.Reservation}}}
}
