package opencti

import (
	"errors"
	"slices"
	"strings"

	"flexcaselog/internal/span"
)

// Cause returns why err came about, in a line for the admin's report: a few words
// that name the kind of cause, such as "Script blocked: ", and a sentence that
// says what is known of it, or what to check. It quotes no texts of Salesforce's
// and nobody's data. It is empty where err is nil.
func Cause(err error) string {
	known, ok := errors.AsType[causer](err)
	switch {
	case err == nil:
		return ""
	case ok:
		return known.cause()
	case errors.Is(err, ErrNotFramed):
		return "Not framed: this page is not inside a Salesforce page; open it from the utility bar of a Lightning app."
	case errors.Is(err, ErrNull):
		return "No record: the Apex method returned null."
	case errors.Is(err, ErrNoRecordID):
		return "No record: saveLog succeeded and named none."
	case errors.Is(err, span.DeadlineExceeded):
		return "Time-out: Open CTI was not ready in time."
	case errors.Is(err, span.Canceled):
		return "Given up: nobody waits for it any more."
	default:
		return "Failed: the cause is none of Open CTI's."
	}
}

// causer is an error that knows its cause.
type causer interface {
	error
	cause() string
}

func (e *BlockedError) cause() string {
	return "Script blocked: Open CTI came from none of " + strings.Join(e.Scripts, ", ") +
		"; allow these addresses in the network and in the page's content security policy."
}

func (e *SilentError) cause() string {
	if e.Lost {
		return "Lost query: the frame's address has lost Salesforce's query (sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page."
	}
	if e.Cause == errForeign {
		return "Loaded but silent: the copy of Open CTI in this page is another plugin's or a stand-in, and does not answer."
	}
	text := "Loaded but silent: Salesforce does not answer; check that the user is assigned to the call centre and that its adapter URL has this page's origin"
	if blocked, ok := e.Cause.(*BlockedError); ok {
		text += "; a fresh copy came from none of " + strings.Join(blocked.Scripts, ", ")
	}
	return text + "."
}

func (e *MissingError) cause() string {
	return "Missing method: this page's Open CTI has no " + e.Method + "."
}

func (e *ArgumentError) cause() string {
	return "Not sent: " + e.Method + ", since " + e.Argument + " " + e.Problem + "."
}

func (e *TimeoutError) cause() string {
	return "Time-out: " + e.Method + " was not answered within " + e.After.String() + "."
}

func (e *CallError) cause() string {
	return "Refused: " + strings.Join(append([]string{e.Method}, e.codes()...), ", ") + "."
}

func (e *AnswerError) cause() string {
	return "Strange answer: " + e.Method + " was answered in an unknown form."
}

func (e *brokenError) cause() string {
	return "Failed: " + e.method + " ended with a JavaScript error."
}

// codes returns the codes that Salesforce gave, each once, without what only
// stands in a code's place.
func (e *CallError) codes() []string {
	var all []string
	for _, f := range e.Errors {
		all = append(all, f.Code)
		for _, d := range f.Details {
			all = append(all, d.Code)
		}
	}
	var found []string
	for _, code := range all {
		if isCode(code) && !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	return found
}

// isCode reports whether text is like GENERIC_ERROR.
func isCode(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != '_' && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return text != ""
}
