package plugin

import "flexcaselog/internal/caselog"

// lanes lets one row at a time be written on each Case. A row locks its Case
// while it is stored, so two at once, from two reservations of a conversation,
// would only refuse each other. A Case is in the map while its lane is taken;
// its value is who waits.
type lanes map[caselog.CaseID][]caselog.SaveLog

// enter takes the lane of the row's Case, or queues the row for it.
func (l lanes) enter(row caselog.SaveLog) bool {
	queue, taken := l[row.Case]
	if taken {
		l[row.Case] = append(queue, row)
		return false
	}
	l[row.Case] = nil
	return true
}

// leave frees the lane of a Case, or gives it to the row that waited longest.
func (l lanes) leave(id caselog.CaseID) (next caselog.SaveLog, ok bool) {
	queue, taken := l[id]
	if !taken {
		return caselog.SaveLog{}, false
	}
	if len(queue) == 0 {
		delete(l, id)
		return caselog.SaveLog{}, false
	}
	l[id] = queue[1:]
	return queue[0], true
}
