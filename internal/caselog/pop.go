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
	popAsked                   // a ScreenPop is in flight
	popPausing                 // a Pause before the next one is
)

func (p pop) underWay() bool { return p.phase == popAsked || p.phase == popPausing }

// popCase shows the Case while the agent still has the task. Later it would
// only take away what the agent is at by then.
func (r *reservation) popCase() []Effect {
	switch {
	case r.pop.phase != popWanted:
		return nil
	case !r.live():
		r.pop.phase = popDone
		return nil
	}
	r.pop.phase = popAsked
	return []Effect{ScreenPop{Reservation: r.task.Reservation, Case: r.engagement.caseID}}
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
