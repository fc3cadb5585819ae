package opencti

import (
	"errors"
	"fmt"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// Client calls one live copy of the library. [Load] makes it.
type Client struct {
	api      safejs.Value // sforce.opencti
	host     string       // whose copy it is
	edge     jscall.Edge
	deadline time.Duration

	ear     ear  // who hears clicks
	listens bool // whether the copy has this client's listener
}

// call runs a method and returns its returnValue, or its refusal as a
// [*CallError].
func (c *Client) call(ctx span.Context, method string, args map[string]any) (safejs.Value, error) {
	answer, err := c.ask(ctx, method, args)
	if err != nil {
		return safejs.Undefined(), err
	}
	return returnValue(method, answer)
}

// ask runs a method, which takes one object and calls back once, and waits for
// its answer, whatever that is. It blocks. It adds the callback to args.
//
// The callback is not freed when the wait ends: a late answer may still come,
// and frees it.
func (c *Client) ask(ctx span.Context, method string, args map[string]any) (safejs.Value, error) {
	if err := c.sendable(ctx, method); err != nil {
		return safejs.Undefined(), err
	}
	answered := make(chan safejs.Value, 1)
	callback, err := c.edge.Once("the callback of "+method, func(in []safejs.Value) {
		answered <- jscall.First(in)
	})
	if err != nil {
		return safejs.Undefined(), &brokenError{method, err}
	}
	args["callback"] = callback

	start := time.Now()
	if _, err := jscall.Call(c.api, method, args); err != nil {
		callback.Release()
		select {
		case answer := <-answered: // it threw after it had answered
			return answer, nil
		default:
			return safejs.Undefined(), &brokenError{method, err}
		}
	}

	late := make(chan struct{})
	timer := time.AfterFunc(c.deadline, func() { close(late) })
	defer timer.Stop()
	select {
	case answer := <-answered:
		return answer, nil
	case <-late:
	case <-ctx.Done():
	}
	select {
	case answer := <-answered: // both at once: what is known counts
		return answer, nil
	default:
	}
	if err := ctx.Err(); errors.Is(err, span.Canceled) {
		return safejs.Undefined(), fmt.Errorf("opencti: %s: outcome unknown: %w", method, err)
	}
	return safejs.Undefined(), &TimeoutError{Method: method, After: time.Since(start).Round(time.Millisecond)}
}

// sendable errors where nothing can be sent, with an error that is [ErrNotSent].
func (c *Client) sendable(ctx span.Context, method string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("opencti: %s: %w: %w", method, ErrNotSent, err)
	}
	if !has(c.api, method) {
		return &MissingError{Method: method}
	}
	return nil
}

// has reports whether a copy has a method.
func has(api safejs.Value, method string) bool {
	_, err := jscall.Function(api, method)
	return err == nil
}

// returnValue reads an answer, {success, returnValue, errors}. It errors with a
// [*CallError] where the answer is a refusal, and with an [*AnswerError] where it
// is neither that nor a success. The value may be null or undefined.
func returnValue(method string, answer safejs.Value) (safejs.Value, error) {
	success, err := jscall.Bool(answer, "success")
	if err != nil {
		return safejs.Undefined(), &AnswerError{Method: method, Problem: err.Error()}
	}
	if !success {
		refusal := &CallError{Method: method}
		if errs, err := jscall.Get(answer, "errors"); err == nil {
			refusal.Errors = parseFailures(jscall.Plain(errs))
		}
		return safejs.Undefined(), refusal
	}
	value, err := jscall.Get(answer, "returnValue")
	if err != nil {
		return safejs.Undefined(), &AnswerError{Method: method, Problem: err.Error()}
	}
	return value, nil
}
