package flexbridge

import (
	"strings"

	"flexcaselog/internal/clock"
)

// Kind is what happened to a reservation.
type Kind uint8

// What can happen.
const (
	// Accepted: the agent has the task.
	Accepted Kind = iota + 1
	// HungUp: the agent clicked to end the conversation.
	HungUp
	// Wrapup: the conversation is over.
	Wrapup
	// Completed: the agent is done.
	Completed
	// Lost: the agent does not have the task (any more).
	Lost
	// Listed: Flex has loaded all tasks that the agent has.
	Listed
	// Retry: somebody asks for what was refused to be tried again.
	Retry
	// Ringing: the agent is offered a task.
	Ringing
	// Selected: the agent has turned to a task, or to none.
	Selected
	// Telephone: whether the agent can make a call has changed.
	Telephone
	// LogLevel: somebody asks for more or fewer lines in the log.
	LogLevel
	// Asked: somebody has asked for a report.
	Asked
	// Leave: another page of this agent takes over.
	Leave
)

// Event is something that happened, most of it to a reservation.
type Event struct {
	Kind Kind
	At   clock.Time
	Task Task
	// Found says that it happened before the page was loaded, so At is only the
	// best time known.
	Found bool
	// SIDs are the reservations that Flex has, of Listed.
	SIDs []string
	// Text is the level, of LogLevel; or, of Telephone, why the agent can't make a
	// call: busy, offline, voice, and nothing where they can.
	Text string
}

// Signal is what the loader heard: the name of an action or event of Flex.
type Signal struct {
	Name string
	At   clock.Time
	Task Task   // of what happened to a reservation
	Text string // of what did not
}

// general are the names of what happens to no one reservation.
var general = map[string]bool{
	"listed": true, "retry": true, "telephone": true, "logLevel": true, "asked": true, "leave": true, "selectedNone": true,
}

// happenings are the names that Flex's manager tells what happened by.
//
// See https://www.twilio.com/docs/flex/developer/ui/manager
var happenings = map[string]Kind{
	"taskAccepted":  Accepted,
	"taskWrapup":    Wrapup,
	"taskCompleted": Completed,
	"taskCanceled":  Lost,
	"taskRejected":  Lost,
	"taskTimeout":   Lost,
	"taskRescinded": Lost,

	"taskReceived":    Ringing,
	"afterSelectTask": Selected,
	"selectedNone":    Selected,
	"retry":           Retry,
	"telephone":       Telephone,
	"logLevel":        LogLevel,
	"asked":           Asked,
	"leave":           Leave,
}

// Event returns what a signal says has happened, if anything.
//
// Actions tell what was clicked, not what came of it: AcceptTask is over while
// the reservation is still pending, and CompleteTask resolves when nothing was
// completed. So a click counts if the task's own status bears it out or says
// nothing, or where this Flex has no manager.events (managerEvents is false) that
// would tell.
func (s Signal) Event(managerEvents bool) (Event, bool) {
	ev := Event{At: s.At, Task: s.Task, Text: s.Text}
	switch s.Name {
	case "afterAcceptTask":
		ev.Kind = s.clicked(Accepted, managerEvents)
	case "afterHangupCall":
		ev.Kind = HungUp
		if !managerEvents {
			ev.Kind = Wrapup // nothing else will tell
		}
	case "afterWrapupTask":
		ev.Kind = s.clicked(Wrapup, managerEvents)
	case "afterCompleteTask":
		ev.Kind = s.clicked(Completed, managerEvents)
	case "found":
		ev.Kind = statusKind(s.Task.Status)
		ev.Found = true
		ev.At = s.happened()
	case "listed":
		ev.Kind = Listed
		if s.Text != "" {
			ev.SIDs = strings.Split(s.Text, ",")
		}
	default:
		ev.Kind = happenings[s.Name]
	}
	return ev, ev.Kind != 0
}

// happened returns when a task that was found came into its state: when Flex last
// changed it, if it says so. The offer, before which nothing can have happened, is
// the next best for an acceptance; for anything later, now is.
func (s Signal) happened() clock.Time {
	best := []clock.Time{s.Task.Updated}
	if statusKind(s.Task.Status) == Accepted {
		best = append(best, s.Task.Offered)
	}
	for _, at := range best {
		if !at.IsZero() && at.Before(s.At) {
			return at
		}
	}
	return s.At
}

// clicked returns what a click that was meant to lead to kind has led to.
func (s Signal) clicked(meant Kind, managerEvents bool) Kind {
	if !managerEvents || s.Task.Status == "" {
		return meant
	}
	if is := statusKind(s.Task.Status); is >= meant && is != Lost {
		return is
	}
	return 0
}

// statusKind returns what must have happened to a reservation that has this
// status, or 0 for one that is still offered, or lost without us.
func statusKind(status string) Kind {
	switch status {
	case "accepted", "assigned":
		return Accepted
	case "wrapping":
		return Wrapup
	case "completed":
		return Completed
	}
	return 0
}
