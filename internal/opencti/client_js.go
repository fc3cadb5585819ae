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
	page     Page
	methods  []string // those that the copy had when it was loaded
	host     string   // whose copy it is
	edge     jscall.Edge
	deadline time.Duration
}

// inPage is what Host says of a copy that Load found.
const inPage = "a copy that was in the page (another plugin's or a stand-in)"

// Host returns whose copy of the library this client calls, in words for a
// report, such as "Salesforce's library 62.0".
func (c *Client) Host() string { return c.host }

// Lacks returns the methods of a client that its copy of the library did not have
// when it was loaded: none of Salesforce's own, perhaps some of a stand-in's. Calling
// one of them errors with a [*MissingError].
func (c *Client) Lacks() []string { return lacking(c.methods) }

// call runs a method, which takes one object and calls back once, and returns its
// returnValue, or its refusal as a [*CallError]. It blocks.
func (c *Client) call(ctx span.Context, method string, args map[string]any) (safejs.Value, error) {
	got, err := c.send(ctx, method, "call", method, args)
	if err != nil {
		return safejs.Undefined(), err
	}
	return returnValue(method, got)
}

// send makes a request to the page that is about a method, and waits for what comes
// of it until the client's deadline.
func (c *Client) send(ctx span.Context, method, request string, args ...any) (safejs.Value, error) {
	if err := ctx.Err(); err != nil {
		return safejs.Undefined(), fmt.Errorf("opencti: %s: %w: %w", method, ErrNotSent, err)
	}
	start := time.Now()
	wait, stop := span.WithTimeout(ctx, c.deadline)
	defer stop()
	got, err := c.page.ask(wait, request, args...)
	switch {
	case errors.Is(err, span.Canceled):
		return safejs.Undefined(), fmt.Errorf("opencti: %s: outcome unknown: %w", method, err)
	case errors.Is(err, span.DeadlineExceeded):
		return safejs.Undefined(), &TimeoutError{Method: method, After: time.Since(start).Round(time.Millisecond)}
	case err != nil:
		return safejs.Undefined(), &brokenError{method, err}
	}
	if missing, _ := jscall.Bool(got, "missing"); missing {
		return safejs.Undefined(), &MissingError{Method: method}
	}
	return got, nil
}

// returnValue reads the answer, {success, returnValue, errors}, in what came of a
// request. It errors with a [*CallError] where the answer is a refusal, and with an
// [*AnswerError] where it is neither that nor a success. The value may be null or
// undefined.
func returnValue(method string, got safejs.Value) (safejs.Value, error) {
	answer, err := jscall.Get(got, "answer")
	if err != nil {
		return safejs.Undefined(), err
	}
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
	if jscall.TypeOf(value) == "number" {
		if _, err := jscall.Float(answer, "returnValue"); err != nil { // the agent's sign for what can't be read
			return safejs.Undefined(), &AnswerError{Method: method, Problem: err.Error()}
		}
	}
	return value, nil
}
