package salesforce

import (
	"context"
	"errors"
	"fmt"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
)

// CTI is what an org is reached through. Every method blocks until there is an
// answer or a deadline of its own has passed.
type CTI interface {
	// RunApex returns the id of the record that the method returned, and
	// [opencti.ErrNull] where it returned none.
	RunApex(ctx context.Context, class, method string, params []opencti.Param) (recordID string, err error)
	SaveLog(ctx context.Context, fields map[string]any) (recordID string, err error)
	PopRecord(ctx context.Context, recordID string) error
}

// Names are what the package is called in this org.
type Names struct {
	ApexClass string
	LogObject string
}

// Org is one org with the package. It has the methods that internal/plugin asks
// for; their errors are of type [*Error].
type Org struct {
	cti   CTI
	names Names
}

// New returns the org behind cti.
func New(cti CTI, names Names) *Org { return &Org{cti: cti, names: names} }

// CreateRecords returns the engagement's Case.
func (o *Org) CreateRecords(ctx context.Context, ask caselog.CreateRecords) (caselog.CaseID, error) {
	customer := ask.Task.Customer()
	id, err := o.cti.RunApex(ctx, o.names.ApexClass, "createRecords", []opencti.Param{
		{Name: "phone", Value: customer.Phone},
		{Name: "engagement", Value: string(ask.Engagement)},
		{Name: "details", Value: details(ask.Task, customer)},
	})
	return caselog.CaseID(id), fail(err)
}

// FindLog returns the row that has this key, or nothing.
func (o *Org) FindLog(ctx context.Context, key caselog.LogKey) (caselog.LogID, error) {
	id, err := o.cti.RunApex(ctx, o.names.ApexClass, "findLog", []opencti.Param{{Name: "key", Value: string(key)}})
	if errors.Is(err, opencti.ErrNull) {
		return "", nil
	}
	return caselog.LogID(id), fail(err)
}

// SaveLog creates or updates one row.
func (o *Org) SaveLog(ctx context.Context, row caselog.SaveLog) (caselog.LogID, error) {
	id, err := o.cti.SaveLog(ctx, fields(o.names.LogObject, row))
	return caselog.LogID(id), fail(err)
}

// ScreenPop shows the Case.
func (o *Org) ScreenPop(ctx context.Context, id caselog.CaseID) error {
	return fail(o.cti.PopRecord(ctx, string(id)))
}

// Error is a call that failed, and what that means.
type Error struct {
	meaning meaning
	err     error
}

func (e *Error) Error() string { return fmt.Sprintf("salesforce: %s: %v", e.meaning.outcome, e.err) }

// Unwrap returns what Open CTI said.
func (e *Error) Unwrap() error { return e.err }

// Outcome returns how the call failed.
func (e *Error) Outcome() caselog.Outcome { return e.meaning.outcome }

// Advice returns what can be done about it, in a sentence for the agent.
func (e *Error) Advice() string {
	if e.meaning.advice != "" {
		return e.meaning.advice
	}
	return "Salesforce refuses a record of the case log. It is kept; please tell your Salesforce admin."
}

// Reason returns the codes that Salesforce gave and the names of exceptions. The
// sentences around them may quote the customer.
func (e *Error) Reason() string {
	var refusal *opencti.CallError
	if !errors.As(e.err, &refusal) {
		return ""
	}
	return codes(refusal)
}

// fail says what an error of Open CTI means.
func fail(err error) error {
	if err == nil {
		return nil
	}
	return &Error{meaningOf(err), err}
}
