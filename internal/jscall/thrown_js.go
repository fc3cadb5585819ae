package jscall

import (
	"errors"
	"fmt"
	"syscall/js"

	"github.com/hack-pad/safejs"
)

// ThrownError is what JavaScript threw, or what a promise was rejected with.
type ThrownError struct {
	Name    string // the error's name, such as "TypeError"; empty if it has none
	Message string // its message; the text itself where a string was thrown
}

// Error returns the message, with the name where it says more than "Error".
func (e *ThrownError) Error() string {
	if e.Name == "" || e.Name == "Error" {
		return "JavaScript error: " + e.Message
	}
	return "JavaScript error: " + e.Name + ": " + e.Message
}

// thrownBy reads the value that was thrown, whatever it is.
func thrownBy(reason safejs.Value) *ThrownError {
	thrown := &ThrownError{}
	switch t := TypeOf(reason); t {
	case "string":
		thrown.Message, _ = String(reason)
	case "object", "function":
		thrown.Name, _ = String(reason, "name")
		message, err := String(reason, "message")
		if err != nil {
			message = article(t) + " without a message"
		}
		thrown.Message = message
	default:
		thrown.Message = article(t) + " was thrown"
	}
	return thrown
}

// clean makes an error of safejs safe to print: js.Error's own text panics
// where anything but an object was thrown. It returns nil for nil.
func clean(where string, err error) error {
	if err == nil {
		return nil
	}
	if raw, ok := errors.AsType[js.Error](err); ok {
		err = thrownBy(safejs.Safe(raw.Value))
	}
	if where == "" {
		return err
	}
	return fmt.Errorf("%s: %w", where, err)
}

// Call calls the method of v that has this name. It errors where v has no such
// method, an argument is no JavaScript value, or the method throws; then the
// error is or wraps a [*ThrownError].
//
// Arguments are base types, map[string]any, []any, safejs.Value and
// safejs.Func, nested as one likes; named types and typed slices are refused.
func Call(v safejs.Value, method string, args ...any) (safejs.Value, error) {
	if _, err := Function(v, method); err != nil {
		return safejs.Undefined(), err
	}
	result, err := v.Call(method, args...)
	if err != nil {
		return safejs.Undefined(), clean("", err)
	}
	return result, nil
}

// invoke calls a function of the page's. It errors where that throws.
func invoke(fn js.Value, args ...any) (result safejs.Value, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			thrown, ok := reason.(js.Error)
			if !ok {
				panic(reason)
			}
			err = thrown
		}
	}()
	return safejs.Safe(fn.Invoke(args...)), nil
}
