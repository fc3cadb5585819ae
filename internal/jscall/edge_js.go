package jscall

import (
	"fmt"
	"runtime"

	"github.com/hack-pad/safejs"
)

// Edge makes callbacks. Its zero value works and reports panics to nobody.
type Edge struct {
	// OnPanic is told of each panic, a *PanicError, on the goroutine that
	// panicked. It must not block.
	OnPanic func(error)
}

// Func returns a callback that runs fn on every call, for as long as it is not
// released; releasing it is the caller's. It errors if JavaScript cannot make
// the function.
func (e Edge) Func(where string, fn func(args []safejs.Value)) (safejs.Func, error) {
	f, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		defer e.recover(where)
		fn(args)
		return safejs.Undefined()
	})
	return f, clean(where, err)
}

// First returns the first argument of a call, or undefined.
func First(args []safejs.Value) safejs.Value {
	if len(args) == 0 {
		return safejs.Undefined()
	}
	return args[0]
}

// Go runs fn on a goroutine of its own that recovers.
func (e Edge) Go(where string, fn func()) {
	go func() {
		defer e.recover(where)
		fn()
	}()
}

// recover must be deferred directly. A hook that panics is not reported.
func (e Edge) recover(where string) {
	value := recover()
	if value == nil || e.OnPanic == nil {
		return
	}
	stack := make([]byte, 4<<10)
	stack = stack[:runtime.Stack(stack, false)]
	defer func() { _ = recover() }()
	e.OnPanic(&PanicError{Where: where, Value: plainPanic(value), Stack: string(stack)})
}

// plainPanic returns a panic's value in a form that is safe to print.
func plainPanic(value any) any {
	err, ok := value.(error)
	if !ok {
		return fmt.Sprint(value)
	}
	return clean("", err)
}
