package caselog

// logWork is the writing of one reservation's rows, and of its activity. There is
// one call under way at a time, which keeps the rows in order and each single.
type logWork struct {
	phase  logPhase
	sent   SaveLog // what is being written, or was when its outcome was lost
	settle bool    // find out what became of sent before writing it again
	taken  bool    // the org says that sent's key is taken
	tries  int     // without progress
}

// maxTries is how often something is tried in a row before it is taken for refused
// for good. With the pauses between them that is about a quarter of an hour.
const maxTries = 20

// logPhase is where the writing is.
type logPhase uint8

const (
	logIdle     logPhase = iota
	logSaving            // a SaveLog is in flight
	logFinding           // a FindLog is
	logActivity          // a LogActivity is
	logPausing           // a Pause is
	logParked            // refused for good, until TryAgain
)

// writeLog begins the next piece of work on the rows, if there is any, and after
// the last of them on the activity, where one is wanted.
func (r *reservation) writeLog(activity bool) []Effect {
	if r.log.phase != logIdle {
		return nil
	}
	if r.log.settle {
		return r.findLog()
	}
	for s := range r.rows {
		if w := &r.rows[s]; w.pending() {
			r.log.phase = logSaving
			r.log.sent = SaveLog{
				ID: w.id, Case: r.engagement.caseID, Task: r.task, Status: Status(s), Start: w.start,
				Left: w.left, Seconds: w.seconds, EndedBy: w.endedBy,
			}
			return []Effect{r.log.sent}
		}
	}
	if !activity || r.activity || r.live() {
		return nil
	}
	r.log.phase = logActivity
	return []Effect{LogActivity{Reservation: r.task.Reservation, Case: r.engagement.caseID}}
}

// findLog asks what became of the row that was sent.
func (r *reservation) findLog() []Effect {
	r.log.phase = logFinding
	return []Effect{FindLog{Reservation: r.task.Reservation, Key: r.log.sent.Key()}}
}

// logSaved takes note that what was sent is stored.
func (r *reservation) logSaved(id LogID) {
	w := &r.rows[r.log.sent.Status]
	w.id, w.closed = id, r.log.sent.Left
	r.log = logWork{}
}

// logFailed decides what to do about a row that was not confirmed.
func (r *reservation) logFailed(o Outcome) []Effect {
	created := r.log.sent.ID == ""
	if created && (o == Unknown || o == Duplicate) {
		r.log.taken = o == Duplicate
		// Writing again might make a second row. An update that got lost needs no
		// such care: it gives the same row the same values.
		r.log.settle = true
		return r.findLog()
	}
	return r.waitLog(o)
}

// logFound settles a lost outcome: the row is there under id, or is not and
// will be written again.
func (r *reservation) logFound(id LogID) []Effect {
	r.log.settle = false
	if id == "" && r.log.taken {
		// There, but not for this agent to see; or it is another field's value that is
		// there already. Neither passes by itself.
		return r.waitLog(Never)
	}
	if id == "" {
		return r.waitLog(NotNow)
	}
	// Which values it has is not known; the update that closes it is harmless.
	r.rows[r.log.sent.Status].id = id
	r.log = logWork{}
	return nil
}

// waitLog waits before the rows are taken up again, or parks them. What is
// parked keeps the later rows of the same reservation from overtaking it, and
// nothing else.
func (r *reservation) waitLog(o Outcome) []Effect {
	if o == Never || r.log.tries >= maxTries {
		r.log.phase = logParked
		return nil
	}
	r.log.phase = logPausing
	r.log.tries++
	return []Effect{Pause{Attempt: r.log.tries, Then: LogDue{Reservation: r.task.Reservation}}}
}
