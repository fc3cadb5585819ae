package twilio

import (
	"fmt"
	"slices"
)

// Status is a reservation's status, spelt as TaskRouter does.
type Status string

// The states of a reservation. Those after Wrapping are final.
const (
	Pending   Status = "pending"
	Accepted  Status = "accepted"
	Wrapping  Status = "wrapping"
	Completed Status = "completed"
	Canceled  Status = "canceled"
	Rejected  Status = "rejected"
	TimedOut  Status = "timeout"
	Rescinded Status = "rescinded"
)

// next lists where each state may lead. accepted → completed is what a supervisor or a task without wrap-up does.
var next = map[Status][]Status{
	Pending:  {Accepted, Canceled, Rejected, TimedOut, Rescinded},
	Accepted: {Wrapping, Completed, Canceled},
	Wrapping: {Completed, Canceled},
}

// consequence is what else a status changes: the task's own status, and the events that tell of it, in TaskRouter's order.
var consequence = map[Status]struct {
	assignment string
	event      string
	taskEvent  string
}{
	Pending:   {assignment: "reserved", event: "reservation.created"},
	Accepted:  {assignment: "assigned", event: "reservation.accepted"},
	Wrapping:  {assignment: "wrapping", event: "reservation.wrapup", taskEvent: "task.wrapup"},
	Completed: {assignment: "completed", event: "reservation.completed", taskEvent: "task.completed"},
	Canceled:  {assignment: "canceled", event: "reservation.canceled", taskEvent: "task.canceled"},
	Rejected:  {assignment: "pending", event: "reservation.rejected"},
	TimedOut:  {assignment: "pending", event: "reservation.timeout"},
	Rescinded: {assignment: "pending", event: "reservation.rescinded"},
}

// live says whether Flex still shows the reservation.
func (s Status) live() bool { return s == Pending || s == Accepted || s == Wrapping }

// StatusError is a change of state that TaskRouter would refuse.
type StatusError struct {
	SID      string
	From, To Status
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("twilio: reservation %s is %s and cannot become %s", e.SID, e.From, e.To)
}

// UnknownError is a reservation or task that was never rung here.
type UnknownError struct{ SID string }

func (e *UnknownError) Error() string { return "twilio: there is no " + e.SID }

func allowed(from, to Status) bool { return slices.Contains(next[from], to) }
