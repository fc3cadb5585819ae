package plugin

import (
	"context"
	"errors"

	"flexcaselog/internal/caselog"
)

// Org is what the plugin asks of Salesforce. Its methods may be called from
// many goroutines, block until the org has answered, and give up by a deadline
// of their own, for nothing else here does.
//
// An error that does not say how the call failed ([Outcomer]) is taken for an
// unknown outcome: it may have been done.
type Org interface {
	// CreateRecords returns the engagement's Case, found or made. It must be
	// safe to repeat.
	CreateRecords(ctx context.Context, ask caselog.CreateRecords) (caselog.CaseID, error)
	// ScreenPop shows the Case to the agent.
	ScreenPop(ctx context.Context, id caselog.CaseID) error
	// SaveLog creates or updates one row and returns its id.
	SaveLog(ctx context.Context, row caselog.SaveLog) (caselog.LogID, error)
	// FindLog returns the row that has the key, or an empty id where the org has
	// none.
	FindLog(ctx context.Context, key caselog.LogKey) (caselog.LogID, error)
}

// Outcomer is an error that says how a call failed.
type Outcomer interface {
	error
	Outcome() caselog.Outcome
}

// outcome returns how the call that gave err failed.
func outcome(err error) caselog.Outcome {
	var o Outcomer
	if errors.As(err, &o) {
		return o.Outcome()
	}
	return caselog.Unknown
}

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
