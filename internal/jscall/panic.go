package jscall

import "fmt"

// PanicError is a panic that was caught at the edge.
type PanicError struct {
	Where string // what the callback or goroutine was for
	Value any    // what was passed to panic
	Stack string // the goroutine's stack at the panic
}

// Error returns where and what, without the stack.
func (e *PanicError) Error() string {
	return fmt.Sprintf("jscall: panic in %s: %v", e.Where, e.Value)
}

// Unwrap returns the value of the panic if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
