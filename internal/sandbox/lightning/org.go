package lightning

import "context"

// Org is the Salesforce org behind the page. Its methods are called from several goroutines, one for each call of the frame, and the
// context of a call does not end with the page: an org goes on working when its user closes the tab.
type Org interface {
	// RunApex calls a webservice method; params is the query string as Open CTI was given it.
	RunApex(ctx context.Context, class, method, params string) Answer
	// SaveLog creates the record that fields describe, or updates it where they hold its Id.
	SaveLog(ctx context.Context, fields map[string]any) Answer
	// Record returns the record of an id; false where there is none.
	Record(ctx context.Context, id string) (Record, bool)
	// Records returns every record of an object, oldest first.
	Records(ctx context.Context, object string) []Record
}

// Answer is what an Open CTI method answers. The zero value is a refusal without a reason.
type Answer struct {
	Success     bool    `json:"success"`
	ReturnValue any     `json:"returnValue"`
	Errors      []Error `json:"errors"` // nil, which is null on the wire, where there are none
}

// Error is one entry of [Answer.Errors].
type Error struct {
	Code        string `json:"code"`
	Description string `json:"description"`
	Details     any    `json:"details,omitempty"`
}

// Record is one row of the org. Fields are keyed by API name; the page shows strings, numbers and booleans.
type Record struct {
	Object string
	ID     string
	Fields map[string]any
}

// The codes of errors that the page's methods answer with.
const (
	CodeInvalidParam = "INVALID_PARAM"
	CodeGeneric      = "GENERIC_ERROR"
	CodeServer       = "SERVER_ERROR"
	CodeContainer    = "SOFTPHONE_CONTAINER_ERROR"
)

func succeed(value any) Answer { return Answer{Success: true, ReturnValue: value} }

func refuse(code, description string) Answer {
	return Answer{Errors: []Error{{Code: code, Description: description}}}
}
