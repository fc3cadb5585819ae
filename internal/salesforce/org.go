package salesforce

import (
	"errors"
	"fmt"
	"sync"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/span"
)

// CTI is what an org is reached through. Every method blocks until there is an
// answer or a deadline of its own has passed.
type CTI interface {
	// RunApex returns what the method returned: of a record, or of what JSON text
	// describes, the fields of these names, the record's id under [IDField]. A field
	// that is not there is left out. It errors with [opencti.ErrNull] where there is
	// nothing.
	RunApex(ctx span.Context, class, method string, params []opencti.Param, fields ...string) (map[string]string, error)
	// ApexText returns the text that the method returned.
	ApexText(ctx span.Context, class, method string) (string, error)
	SaveLog(ctx span.Context, fields map[string]any) (recordID string, err error)
	PopRecord(ctx span.Context, recordID string) error
	PopFlow(ctx span.Context, name string, args []opencti.FlowArg) error
	SearchAndScreenPop(ctx span.Context, search string, callType opencti.CallType, defaults map[string]any) error
	// Shows tells whether the page says that it shows a record, as far as that can be
	// told in a moment.
	Shows(ctx span.Context, recordID string) bool
	// RefreshView has the page read again what it shows of the record, if it shows it.
	RefreshView(ctx span.Context, recordID string) error
}

// IDField is the field of every record's id.
const IDField = "Id"

// Options are what the admin of this org wants.
type Options struct {
	ApexClass string
	LogObject string
	// PopTarget is what is shown: case, contact, search, or flow: and the API name
	// of a flow.
	PopTarget string
	// DefaultCountry is where numbers are from that are clicked without a country:
	// two letters, or empty for what the org's own setting says.
	DefaultCountry string
	// Warn takes a sentence, without customer data, about what an admin should
	// mend.
	Warn func(sentence string)
}

// Org is one org with the package. It has the methods that internal/plugin asks
// for; their errors are of type [*Error].
type Org struct {
	cti  CTI
	opts Options

	mu     sync.Mutex
	warned bool
}

// New returns the org behind cti.
func New(cti CTI, opts Options) *Org { return &Org{cti: cti, opts: opts} }

// CreateRecords returns the engagement's Case, and its Contact, if it has one.
func (o *Org) CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	customer := ask.Task.Customer()
	record, err := o.cti.RunApex(ctx, o.opts.ApexClass, "createRecords", []opencti.Param{
		{Name: "phone", Value: customer.Phone},
		{Name: "engagement", Value: string(ask.Engagement)},
		{Name: "details", Value: details(ask.Task, customer)},
	}, IDField, "ContactId")
	return caselog.CaseID(record[IDField]), caselog.ContactID(record["ContactId"]), fail(err)
}

// FindLog returns the row that has this key, or nothing.
func (o *Org) FindLog(ctx span.Context, key caselog.LogKey) (caselog.LogID, error) {
	row, err := o.cti.RunApex(ctx, o.opts.ApexClass, "findLog", []opencti.Param{{Name: "key", Value: string(key)}}, IDField)
	if errors.Is(err, opencti.ErrNull) {
		return "", nil
	}
	return caselog.LogID(row[IDField]), fail(err)
}

// LogActivity gives a reservation its standard activity.
func (o *Org) LogActivity(ctx span.Context, ask caselog.LogActivity) error {
	_, err := o.cti.RunApex(ctx, o.opts.ApexClass, "logActivity", []opencti.Param{{Name: "key", Value: string(ask.Key())}}, IDField)
	if errors.Is(err, opencti.ErrNull) {
		return nil // somebody has deleted the row that it would be made of
	}
	return fail(err)
}

// SaveLog creates or updates one row. Where the org will not have what goes beyond
// the log itself, it gets the row without: neither a mistake in log_fields nor a
// package of before Disposition__c must cost anybody the log.
func (o *Org) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
	id, err := o.cti.SaveLog(ctx, fields(o.opts.LogObject, row))
	if err != nil && row.ID == "" && meaningOf(err).aboutFields {
		if bare := row.Bare(); bare.Task != row.Task {
			var second error
			if id, second = o.cti.SaveLog(ctx, fields(o.opts.LogObject, bare)); second == nil {
				o.warnOfFields(codesOf(err))
			}
			err = second
		}
	}
	return caselog.LogID(id), fail(err)
}

// warnOfFields says once that rows lack something.
func (o *Org) warnOfFields(codes string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.warned {
		return
	}
	o.warned = true
	o.opts.Warn("Salesforce refuses the disposition, the notes or the fields of the setting log_fields, so rows are written without them: " + codes)
}

// Refresh has the page read the Case's rows again, where it shows the Case.
func (o *Org) Refresh(ctx span.Context, id caselog.CaseID) error {
	return fail(o.cti.RefreshView(ctx, string(id)))
}

// Version returns the version of the package in the org.
func (o *Org) Version(ctx span.Context) (string, error) {
	version, err := o.cti.ApexText(ctx, o.opts.ApexClass, "version")
	return version, fail(err)
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

// Cause names the cause in a few words.
func (e *Error) Cause() string {
	if e.meaning.cause != "" {
		return e.meaning.cause
	}
	return opencti.Cause(e.err)
}

// Reason returns the codes that Salesforce gave and the names of exceptions. The
// sentences around them may quote the customer.
func (e *Error) Reason() string { return codesOf(e.err) }

func codesOf(err error) string {
	refusal, ok := errors.AsType[*opencti.CallError](err)
	if !ok {
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
