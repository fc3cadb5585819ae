package jscall

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/span"
)

// Await waits until v, a promise or any other thenable, is settled and returns
// what it was fulfilled with. A value that is no thenable is returned as it is.
// It errors with a [*ThrownError] where the promise is rejected, and with ctx's
// error where ctx ends first. It blocks, so no callback may call it. Both of
// its callbacks are freed when it returns.
func (e Edge) Await(ctx span.Context, v safejs.Value) (safejs.Value, error) {
	if isObject(v, nil) != nil {
		return v, nil
	}
	// The page's own resolve takes in every kind of thenable: those that throw,
	// settle twice, settle with another thenable or belong to another frame.
	constructor, err := Get(safejs.Global(), "Promise")
	if err != nil {
		return safejs.Undefined(), err
	}
	promise, err := Call(constructor, "resolve", v)
	if err != nil {
		return safejs.Undefined(), err
	}

	type outcome struct {
		value    safejs.Value
		rejected bool
	}
	settled := make(chan outcome, 1)
	settle := func(rejected bool) func([]safejs.Value) {
		return func(args []safejs.Value) {
			settled <- outcome{First(args), rejected} // a promise settles once
		}
	}
	fulfilled, err := e.Func("then", settle(false))
	if err != nil {
		return safejs.Undefined(), err
	}
	defer fulfilled.Release()
	rejected, err := e.Func("catch", settle(true))
	if err != nil {
		return safejs.Undefined(), err
	}
	defer rejected.Release()
	if _, err := Call(promise, "then", fulfilled, rejected); err != nil {
		return safejs.Undefined(), err
	}

	select {
	case <-ctx.Done():
		return safejs.Undefined(), ctx.Err()
	case o := <-settled:
		if o.rejected {
			return safejs.Undefined(), Thrown(o.value)
		}
		return o.value, nil
	}
}

// First returns the first argument of a call, or undefined.
func First(args []safejs.Value) safejs.Value {
	if len(args) == 0 {
		return safejs.Undefined()
	}
	return args[0]
}
