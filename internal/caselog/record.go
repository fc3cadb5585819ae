package caselog

import "flexcaselog/internal/clock"

// Record is a reservation in the form in which it outlives the page: all that a
// later desk needs to go on with it, and no more of the customer than the rows
// that are still to be written need.
type Record struct {
	Task    Task
	Status  Status
	Start   [statuses]clock.Time // zero for a state that was not entered
	EndedBy Party
	Case    CaseID
	Contact ContactID
	// Pop tells whether the Case is still to be popped. It is false from before
	// Salesforce is asked.
	Pop    bool
	IDs    [statuses]LogID
	Closed [statuses]bool
	// Activity tells that Salesforce has the reservation's activity.
	Activity bool
	// Unsettled tells that a row was sent whose outcome is not known: Sent.
	Unsettled bool
	Sent      Status
}

// Since returns when the last thing happened to the reservation.
func (rec Record) Since() clock.Time { return rec.Start[rec.Status] }

// record returns the reservation as it has to be kept.
func (r *reservation) record() Record {
	rec := Record{
		Task: r.task, Status: r.status, Case: r.engagement.caseID, Contact: r.engagement.contact,
		EndedBy:  r.rows[Accepted].endedBy,
		Pop:      r.pop.owed(),
		Activity: r.activity,
	}
	for s := range r.rows {
		w := &r.rows[s]
		if w.entered {
			rec.Start[s] = w.start
		}
		rec.IDs[s], rec.Closed[s] = w.id, w.closed
	}
	if r.log.settle || r.log.phase == logSaving && r.log.sent.ID == "" {
		rec.Unsettled, rec.Sent = true, r.log.sent.Status
	}
	if rec.Case != "" && !rec.Pop { // a pop may search for the number
		rec.Task = rec.Task.withoutCustomer()
	}
	if rec.IDs[Completed] != "" { // no row is to come that they would be on
		rec.Task.Disposition, rec.Task.Notes, rec.Task.Fields = "", "", ""
	}
	return rec
}

// withoutCustomer returns the task with nothing of the customer but what rows
// are named after.
func (t Task) withoutCustomer() Task {
	label := CutUTF16(t.Customer().Label(), maxName)
	t.From, t.OutboundTo, t.CustomerAddress, t.Name, t.Record = "", "", "", "", ""
	t.CustomerName = label
	return t
}

// withCustomer returns the task with who the customer is, from a later look at it. The
// name of the rows stays.
func (t Task) withCustomer(later Task) Task {
	t.From, t.OutboundTo, t.CustomerAddress, t.Name = later.From, later.OutboundTo, later.CustomerAddress, later.Name
	return t
}

// Restore puts reservations of an earlier desk on this one, and returns what
// must be done because of it. Settled are those that were dropped there: Flex may
// still mention them. It is called once, before the first Step.
func (d *Desk) Restore(records []Record, settled []ReservationSID) []Effect {
	for _, sid := range settled {
		d.gone.add(sid)
	}
	var effects []Effect
	for _, rec := range records {
		if d.gone.has(rec.Task.Reservation) {
			// Of two pages that wrote at once, one kept it after the other was done.
			d.touched = append(d.touched, rec.Task.Reservation)
			continue
		}
		if d.knows(rec.Task.Reservation) || rec.Task.Reservation == "" || rec.Start[Accepted].IsZero() {
			continue
		}
		r := d.open(rec.Task, rec.Start[Accepted])
		for s := Wrapup; s <= Completed; s++ {
			if !rec.Start[s].IsZero() {
				r.enter(s, rec.Start[s])
			}
		}
		for s := range r.rows {
			r.rows[s].id, r.rows[s].closed = rec.IDs[s], rec.Closed[s]
		}
		r.rows[Accepted].endedBy = rec.EndedBy
		r.activity = rec.Activity
		r.restored = true
		r.saved = rec
		if rec.Pop {
			r.pop.phase = popWanted
		}
		if rec.Unsettled {
			r.log.settle, r.log.sent = true, SaveLog{Task: r.task, Status: rec.Sent}
		}
		if rec.Case != "" {
			r.engagement.caseID, r.engagement.contact = rec.Case, rec.Contact
		}
	}
	// Only now: what one record lacks, another of the same engagement may know.
	for _, rec := range records {
		if r := d.reservations[rec.Task.Reservation]; r != nil {
			effects = append(effects, d.advance(r)...)
			d.touch(r)
		}
	}
	return effects
}

// Changes returns which reservations must be kept anew, and which are settled,
// since it was last asked: of those only the SID is still of use. What Step
// returned must not be done before they are kept.
func (d *Desk) Changes() (keep []Record, settled []ReservationSID) {
	for _, sid := range d.touched {
		r := d.reservations[sid]
		if r == nil {
			settled = append(settled, sid)
			continue
		}
		r.touched = false
		if rec := r.record(); rec != r.saved {
			r.saved = rec
			keep = append(keep, rec)
		}
	}
	d.touched = nil
	return keep, settled
}

// touch notes that a reservation may have to be kept anew.
func (d *Desk) touch(r *reservation) {
	if !r.touched {
		r.touched = true
		d.touched = append(d.touched, r.task.Reservation)
	}
}
