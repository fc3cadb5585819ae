package caselog

import (
	"strconv"

	"flexcaselog/internal/lean"
)

// PopMode is when a Case is shown to the agent.
type PopMode uint8

// The pop modes.
const (
	// PopOnAccept shows the Case once the agent has accepted the task.
	PopOnAccept PopMode = iota
	// PopNever leaves the screen alone.
	PopNever
	// PopOnSelect shows the Case then, and again whenever the agent selects
	// another of their tasks in Flex.
	PopOnSelect
)

// Policy is what the admin decides. Its zero value logs no channel at all.
type Policy struct {
	Channels []string // the task channels that get a Case
	Pop      PopMode
	// Quiet leaves the screen alone where the agent began the engagement.
	Quiet bool
	// Internal gives calls among colleagues a Case, too.
	Internal bool
	// Activity wants a standard activity for each reservation as well.
	Activity bool
}

// popless returns why the Case of a task is not shown once it is accepted, or
// nothing where it is.
func (p Policy) popless(t Task) string {
	switch {
	case p.Pop == PopNever:
		return "screen_pop is off"
	case p.Quiet && t.outbound():
		return "the agent called, and pop_outbound is false"
	}
	return ""
}

// caseless returns why a task gets no Case, or nothing where it gets one.
func (p Policy) caseless(t Task) string {
	if t.Internal && !p.Internal {
		return "only colleagues take part, and internal_calls is false"
	}
	for _, c := range p.Channels {
		if lean.EqualFold(c, t.Channel) {
			return ""
		}
	}
	return "channels does not name " + strconv.Quote(t.Channel)
}
