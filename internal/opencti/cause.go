package opencti

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Cause returns why err came about, in a line for the admin's report: a few words
// that name the kind of cause, such as "Script blocked: ", and a sentence that
// says what is known of it, or what to check. It quotes no texts of Salesforce's
// and nobody's data. It is empty where err is nil.
func Cause(err error) string {
	var (
		blocked  *BlockedError
		silent   *SilentError
		missing  *MissingError
		timeout  *TimeoutError
		refusal  *CallError
		argument *ArgumentError
		answer   *AnswerError
		broken   *brokenError
	)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrNotFramed):
		return "Not framed: this page is not inside a Salesforce page; open it from the utility bar of a Lightning app."
	case errors.As(err, &silent):
		return silent.reason()
	case errors.As(err, &blocked):
		return "Script blocked: Open CTI came from none of " + strings.Join(blocked.Scripts, ", ") +
			"; allow these addresses in the network and in the page's content security policy."
	case errors.As(err, &missing):
		return "Missing method: this page's Open CTI has no " + missing.Method + "."
	case errors.As(err, &argument):
		return "Not sent: " + argument.Method + ", since " + argument.Argument + " " + argument.Problem + "."
	case errors.As(err, &timeout):
		return "Time-out: " + timeout.Method + " was not answered within " + timeout.After.String() + "."
	case errors.Is(err, context.DeadlineExceeded):
		return "Time-out: Open CTI was not ready in time."
	case errors.Is(err, context.Canceled):
		return "Given up: nobody waits for it any more."
	case errors.As(err, &refusal):
		return "Refused: " + join(", ", append([]string{refusal.Method}, refusal.codes()...)...) + "."
	case errors.As(err, &answer):
		return "Strange answer: " + answer.Method + " was answered in an unknown form."
	case errors.Is(err, ErrNull):
		return "No record: the Apex method returned null."
	case errors.Is(err, ErrNoRecordID):
		return "No record: saveLog succeeded and named none."
	case errors.As(err, &broken):
		return "Failed: " + broken.method + " ended with a JavaScript error."
	default:
		return "Failed: the cause is none of Open CTI's."
	}
}

// reason is Cause of a library that does not answer.
func (e *SilentError) reason() string {
	var blocked *BlockedError
	switch {
	case e.Lost:
		return "Lost query: the frame's address has lost Salesforce's query (sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page."
	case errors.Is(e.Cause, errForeign):
		return "Loaded but silent: the copy of Open CTI in this page is another plugin's or a stand-in, and does not answer."
	}
	text := "Loaded but silent: Salesforce does not answer; check that the user is assigned to the call centre and that its adapter URL has this page's origin"
	if errors.As(e.Cause, &blocked) {
		text += "; a fresh copy came from none of " + strings.Join(blocked.Scripts, ", ")
	}
	return text + "."
}

// codes returns the codes that Salesforce gave, each once, without what only
// stands in a code's place.
func (e *CallError) codes() []string {
	var found []string
	add := func(code string) {
		if isCode(code) && !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	for _, f := range e.Errors {
		add(f.Code)
		for _, d := range f.Details {
			add(d.Code)
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
