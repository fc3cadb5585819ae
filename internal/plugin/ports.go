package plugin

import (
	"errors"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/span"
)

// Org is what the plugin asks of Salesforce. Its methods may be called from
// many goroutines, block until the org has answered, and give up by a deadline
// of their own, for nothing else here does.
//
// An error that does not say how the call failed ([Outcomer]) is taken for an
// unknown outcome: it may have been done.
type Org interface {
	// CreateRecords returns the engagement's Case, found or made, and its Contact, if
	// it has one. It must be safe to repeat.
	CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error)
	// OnScreen tells whether what ScreenPop would show is on the screen already, as
	// far as that can be told in a moment.
	OnScreen(ctx span.Context, ask caselog.ScreenPop) bool
	// ScreenPop shows the Case, or what is wanted in its place, to the agent.
	ScreenPop(ctx span.Context, ask caselog.ScreenPop) error
	// SaveLog creates or updates one row and returns its id.
	SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error)
	// FindLog returns the row that has the key, or an empty id where the org has
	// none.
	FindLog(ctx span.Context, key caselog.LogKey) (caselog.LogID, error)
	// LogActivity gives a reservation its standard activity. It must be safe to
	// repeat.
	LogActivity(ctx span.Context, ask caselog.LogActivity) error
	// Refresh has the page read the Case's rows again, if it shows the Case.
	Refresh(ctx span.Context, id caselog.CaseID) error
}

// Outcomer is an error that says how a call failed.
type Outcomer interface {
	error
	Outcome() caselog.Outcome
}

// outcome returns how the call that gave err failed.
func outcome(err error) caselog.Outcome {
	if o, ok := errors.AsType[Outcomer](err); ok {
		return o.Outcome()
	}
	return caselog.Unknown
}

// Adviser is an error that says what an agent or admin can do about it.
type Adviser interface {
	error
	// Advice is a sentence without customer data.
	Advice() string
}

// advice returns what can be done about err, in a sentence.
func advice(err error) string {
	if a, ok := errors.AsType[Adviser](err); ok {
		return a.Advice()
	}
	return "Salesforce refuses a record of the case log. It is kept, and tried again; please tell your Salesforce admin."
}

// Causer is an error that names its cause in a few words without customer data.
type Causer interface {
	error
	Cause() string
}

// why returns what went wrong and what can be done about it, in one line.
func why(err error) string {
	c, ok := errors.AsType[Causer](err)
	if !ok || c.Cause() == "" {
		return reason(err)
	}
	line := c.Cause()
	if outcome(err) == caselog.Never {
		line += ": " + advice(err)
	}
	return line
}

// Reasoner is an error that can give its reason without customer data.
type Reasoner interface {
	error
	Reason() string
}

// reason returns how and why a call failed, without customer data.
func reason(err error) string {
	if r, ok := errors.AsType[Reasoner](err); ok && r.Reason() != "" {
		return outcome(err).String() + " (" + r.Reason() + ")"
	}
	return outcome(err).String()
}

// Outbox keeps what is not settled with Salesforce beyond the life of the page.
// Claim and Unclaim may be called at any time, the other methods one at a time.
// Each gives up by a deadline of its own.
type Outbox interface {
	// Load returns what was kept, and which reservations were settled lately.
	Load(ctx span.Context) ([]caselog.Record, []caselog.ReservationSID, error)
	// Save keeps records, each in the place of an earlier one of its reservation,
	// and of settled ones no more than the SID: all of it, or with an error none.
	// It returns once that would survive the page.
	Save(ctx span.Context, keep []caselog.Record, settled []caselog.ReservationSID) error
	// Claim tells whether the caller is the first to claim the screen pop of this
	// reservation, of all pages that share the outbox.
	Claim(ctx span.Context, sid caselog.ReservationSID) (first bool, err error)
	// Unclaim takes a claim back: the screen pop was refused.
	Unclaim(ctx span.Context, sid caselog.ReservationSID) error
}

// Note takes a line on what became of one reservation and why, without customer
// data.
type Note func(sid caselog.ReservationSID, line string)

// Level is how much a line of the log matters.
type Level uint8

// The levels, in the order of log_level.
const (
	Debug Level = iota
	Info
	Warn
	Error
)

// Log takes one line. Lines above [Debug] hold no customer data.
type Log func(level Level, line string)
