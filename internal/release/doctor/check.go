package doctor

import "slices"

// State is how one thing is.
type State string

// The states. What cannot be seen from here is to be looked at by a person.
const (
	OK    State = "ok"
	Wrong State = "wrong"
	Look  State = "look"
)

// Check is one thing that was looked at.
type Check struct {
	Side  string `json:"side"` // twilio, bundle or salesforce
	Name  string `json:"name"`
	State State  `json:"state"`
	Found string `json:"found"`
	// Mend is what to do about it; empty where nothing is to be done.
	Mend string `json:"mend,omitempty"`
}

// Sound tells whether nothing is wrong.
func Sound(checks []Check) bool {
	return !slices.ContainsFunc(checks, func(c Check) bool { return c.State == Wrong })
}

// report collects checks of one side.
type report struct {
	side   string
	checks []Check
}

func (r *report) ok(name, found string) { r.add(name, OK, found, "") }

func (r *report) wrong(name, found, mend string) { r.add(name, Wrong, found, mend) }

func (r *report) look(name, found, mend string) { r.add(name, Look, found, mend) }

func (r *report) add(name string, state State, found, mend string) {
	r.checks = append(r.checks, Check{r.side, name, state, found, mend})
}

// judge adds a check that is wrong where there is a fault.
func (r *report) judge(name, fault, mend, otherwise string) {
	if fault != "" {
		r.wrong(name, fault, mend)
		return
	}
	r.ok(name, otherwise)
}
