package opencti

import (
	"slices"
	"strings"
)

// CallError is a method that answered success: false.
//
// See Common Error Messages for Lightning Experience Methods in the Open CTI
// Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_error_messages_lightning.htm
type CallError struct {
	Method string
	Errors []Failure // as Salesforce gave them; may be empty
}

// Failure is one element of an answer's errors.
type Failure struct {
	Code        string // such as GENERIC_ERROR; may be empty
	Description string
	Details     []Detail
}

// Detail is one reason that Salesforce's database gave, such as a validation
// rule's message.
type Detail struct {
	Message string
	Code    string // the status code, such as DUPLICATE_VALUE; may be empty
}

// Error joins what Salesforce said, for operators: it may quote the record.
func (e *CallError) Error() string {
	var failures []string
	for _, f := range e.Errors {
		if text := f.text(); text != "" {
			failures = append(failures, text)
		}
	}
	if len(failures) == 0 {
		failures = []string{"refused without a reason"}
	}
	return "opencti: " + e.Method + ": " + strings.Join(failures, "; ")
}

func (f Failure) text() string {
	parts := []string{join(": ", f.Code, f.Description)}
	for _, d := range f.Details {
		parts = append(parts, join(": ", d.Code, d.Message))
	}
	return join("; ", parts...)
}

// join joins the parts that are not empty.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
