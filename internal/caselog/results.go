package caselog

// stepCase takes what came of asking for a Case.
func (d *Desk) stepCase(ev Event) ([]Effect, error) {
	switch e := ev.(type) {
	case CaseOpened:
		en := d.engagements[e.Engagement]
		if en == nil || en.phase != caseAsked || e.Case == "" {
			return nil, &TransitionError{Event: ev, Want: "the question for this Case"}
		}
		en.phase, en.tries, en.caseID, en.contact = caseIdle, 0, e.Case, e.Contact
		var effects []Effect
		// A copy: advancing a settled reservation takes it off the list.
		for _, r := range append([]*reservation(nil), en.reservations...) {
			effects = append(effects, d.advance(r)...)
		}
		return effects, nil
	case CaseFailed:
		en := d.engagements[e.Engagement]
		if en == nil || en.phase != caseAsked {
			return nil, &TransitionError{Event: ev, Want: "the question for this Case"}
		}
		return en.failed(e.Outcome), nil
	case CaseDue:
		en := d.engagements[e.Engagement]
		if en == nil || en.phase != casePausing {
			return nil, &TransitionError{Event: ev, Want: "a pause before the question for this Case"}
		}
		en.phase = caseIdle
		return en.ask(), nil
	}
	return nil, &TransitionError{Event: ev, Want: "nothing that this answers"}
}

// stepPop takes what came of a screen pop.
func (d *Desk) stepPop(ev Event) ([]Effect, error) {
	switch e := ev.(type) {
	case ScreenSeen:
		r := d.reservations[e.Reservation]
		if r == nil || r.pop.phase != popLooking {
			return nil, &TransitionError{Event: ev, Want: "a look at the screen for this"}
		}
		return append(r.screenSeen(e.There), d.advance(r)...), nil
	case CasePopped:
		r := d.reservations[e.Reservation]
		if r == nil || r.pop.phase != popAsked {
			return nil, &TransitionError{Event: ev, Want: "this screen pop"}
		}
		r.pop.phase = popDone
		return d.advance(r), nil
	case PopFailed: // also of a look at the screen that could not be made yet
		r := d.reservations[e.Reservation]
		if r == nil || r.pop.phase != popAsked && r.pop.phase != popLooking {
			return nil, &TransitionError{Event: ev, Want: "this screen pop"}
		}
		return append(r.popFailed(e.Outcome), d.advance(r)...), nil
	case PopDue:
		r := d.reservations[e.Reservation]
		if r == nil || r.pop.phase != popPausing {
			return nil, &TransitionError{Event: ev, Want: "a pause before this screen pop"}
		}
		r.pop.phase = popWanted
		return d.advance(r), nil
	}
	return nil, &TransitionError{Event: ev, Want: "nothing that this answers"}
}

// stepLog takes what came of writing or looking for a row.
func (d *Desk) stepLog(ev Event) ([]Effect, error) {
	switch e := ev.(type) {
	case LogSaved:
		r := d.writing(e.Reservation, logSaving)
		if r == nil || e.ID == "" {
			return nil, &TransitionError{Event: ev, Want: "the writing of this row"}
		}
		r.logSaved(e.ID)
		return d.advance(r), nil
	case LogFailed:
		r := d.writing(e.Reservation, logSaving)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "the writing of this row"}
		}
		d.touch(r)
		return r.logFailed(e.Outcome), nil
	case LogFound:
		r := d.writing(e.Reservation, logFinding)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "the search for this row"}
		}
		return append(r.logFound(e.ID), d.advance(r)...), nil
	case FindFailed:
		r := d.writing(e.Reservation, logFinding)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "the search for this row"}
		}
		d.touch(r)
		return r.waitLog(e.Outcome), nil
	case ActivityLogged:
		r := d.writing(e.Reservation, logActivity)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "this activity"}
		}
		r.log = logWork{}
		r.activity = true
		return d.advance(r), nil
	case ActivityFailed:
		r := d.writing(e.Reservation, logActivity)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "this activity"}
		}
		d.touch(r)
		if e.Outcome == Never || r.log.tries >= maxTries {
			// The rows are there, of which it can be made at any time. To go on asking
			// would keep the reservation for days.
			r.log = logWork{}
			r.activity = true
			given := Remark{Line: "no activity is logged for " + string(e.Reservation) + ": Salesforce refuses it"}
			return append([]Effect{given}, d.advance(r)...), nil
		}
		return r.waitLog(e.Outcome), nil
	case LogDue:
		r := d.writing(e.Reservation, logPausing)
		if r == nil {
			return nil, &TransitionError{Event: ev, Want: "a pause before this row"}
		}
		r.log.phase = logIdle
		return d.advance(r), nil
	}
	return nil, &TransitionError{Event: ev, Want: "anything that this answers"}
}

// writing returns the reservation if the work on its rows is in that phase.
func (d *Desk) writing(sid ReservationSID, phase logPhase) *reservation {
	r := d.reservations[sid]
	if r == nil || r.log.phase != phase {
		return nil
	}
	return r
}
