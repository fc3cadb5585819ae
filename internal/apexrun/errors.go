package apexrun

import "fmt"

// NotLoadableError says that there is nothing of that name to call.
type NotLoadableError struct {
	Class  string
	Method string // empty where it is the class that is missing
	Reason string
}

func (e *NotLoadableError) Error() string {
	if e.Method == "" {
		return fmt.Sprintf("apexrun: class %s: %s", e.Class, e.Reason)
	}
	return fmt.Sprintf("apexrun: %s.%s: %s", e.Class, e.Method, e.Reason)
}

// ThrownError is an Apex exception that nothing caught. The transaction was rolled back.
type ThrownError struct {
	Type    string // System.DmlException, TwilioCaseController.BadInput
	Message string
	File    string
	Line    int
}

func (e *ThrownError) Error() string {
	return fmt.Sprintf("apexrun: %s:%d: %s: %s", e.File, e.Line, e.Type, e.Message)
}

// SourceError is a place in the source that Salesforce would refuse to compile, or that this interpreter does not know.
type SourceError struct {
	File string
	Line int
	Text string
}

func (e *SourceError) Error() string {
	return fmt.Sprintf("apexrun: %s:%d: %s", e.File, e.Line, e.Text)
}

// fault unwinds to the edge with a SourceError.
type fault struct{ err *SourceError }

// broken unwinds to the edge with an error of the store or of the context, which no Apex code can catch.
type broken struct{ err error }

// thrown unwinds to the nearest catch with an Apex exception.
type thrown struct{ exception *instance }
