package caselog

import "fmt"

// TransitionError reports an event that has no meaning where the machine is:
// the answer to something that it did not ask. Nothing has changed.
type TransitionError struct {
	Event Event
	Want  string // what would have to be under way
}

func (e *TransitionError) Error() string {
	return fmt.Sprintf("caselog: %T, but %s is not under way", e.Event, e.Want)
}
