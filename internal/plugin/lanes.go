package plugin

import "flexcaselog/internal/caselog"

// lanes let one thing at a time be written on each Case. A row locks its Case
// while it is stored, so two at once, from two reservations of a conversation,
// would only refuse each other. A Case is in the map while its lane is taken;
// its value is what waits.
type lanes map[caselog.CaseID][]caselog.Effect

// lane returns the Case on which an effect writes, or nothing where it writes on none.
func lane(e caselog.Effect) caselog.CaseID {
	switch e := e.(type) {
	case caselog.SaveLog:
		return e.Case
	case caselog.LogActivity:
		return e.Case
	}
	return ""
}

// taken tells whether something is being written on a Case.
func (l lanes) taken(id caselog.CaseID) bool {
	_, taken := l[id]
	return taken
}

// enter takes the lane of a Case, or queues the effect for it.
func (l lanes) enter(id caselog.CaseID, e caselog.Effect) bool {
	queue, taken := l[id]
	if taken {
		l[id] = append(queue, e)
		return false
	}
	l[id] = nil
	return true
}

// leave frees the lane of a Case, or gives it to what waited longest.
func (l lanes) leave(id caselog.CaseID) (next caselog.Effect, ok bool) {
	queue, taken := l[id]
	if !taken {
		return nil, false
	}
	if len(queue) == 0 {
		delete(l, id)
		return nil, false
	}
	l[id] = queue[1:]
	return queue[0], true
}
