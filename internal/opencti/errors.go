package opencti

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"flexcaselog/internal/span"
)

var (
	// ErrUnavailable means that Open CTI cannot be used on this page. Every
	// error of Load that is about the page is one, by errors.Is.
	ErrUnavailable = errors.New("opencti: not available on this page")

	// ErrNotFramed means that the page is not inside a Salesforce page. Open
	// Flex from the utility bar of a Lightning app.
	ErrNotFramed = fmt.Errorf("%w: it is not in a frame of a Salesforce page; open it from the utility bar of a Lightning app", ErrUnavailable)

	// ErrNull means that the Apex method returned null, or nothing.
	ErrNull = errors.New("opencti: runApex: the method returned null")

	// ErrNoRecordID means that Salesforce reported success and named no record.
	// What it wrote, if anything, is unknown.
	ErrNoRecordID = errors.New("opencti: saveLog: the answer has no record ID")

	// ErrNotSent means that Salesforce was not asked, so it did nothing. Every
	// [*ArgumentError] and [*MissingError] is one, by errors.Is.
	ErrNotSent = errors.New("not sent")

	errForeign = errors.New("it is another plugin's or a stand-in, which is neither started again nor replaced")
)

// BlockedError means that no address gave the library. A content security
// policy, a proxy, an ad blocker or a wrong My Domain may be the cause.
type BlockedError struct {
	Scripts []string // the addresses tried, in order
}

// Error says what to allow.
func (e *BlockedError) Error() string {
	return "opencti: the library could not be loaded from " + strings.Join(e.Scripts, ", ") +
		"; allow these addresses in the network and the page's content security policy"
}

// Is reports whether target is ErrUnavailable.
func (e *BlockedError) Is(target error) bool { return target == ErrUnavailable }

// SilentError means that the library is loaded and Salesforce answers nothing.
type SilentError struct {
	Cause error // why the library could not be started again; nil if that was tried
	// Lost tells that the library could not start since the page's address has lost
	// the query that Salesforce opens the frame with, and it could not be put back.
	Lost bool
}

// Error says what to check.
func (e *SilentError) Error() string {
	text := "opencti: the library is loaded but Salesforce does not answer; check that the user is assigned to the call centre" +
		" and that its adapter URL has this page's origin, then reload the Salesforce page"
	if e.Lost {
		text = "opencti: the library is loaded but cannot start: the page's address has lost Salesforce's query" +
			" (sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page"
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Is reports whether target is ErrUnavailable.
func (e *SilentError) Is(target error) bool { return target == ErrUnavailable }

// Unwrap returns the cause.
func (e *SilentError) Unwrap() error { return e.Cause }

// TimeoutError is a call without an answer in time. It is no failure: Salesforce
// may have done what was asked, or do it yet. Settle it before asking again.
type TimeoutError struct {
	Method string
	After  time.Duration
}

// Error says how long was waited.
func (e *TimeoutError) Error() string {
	return fmt.Sprintf("opencti: %s: no answer after %v, outcome unknown", e.Method, e.After)
}

// Is reports whether target is span.DeadlineExceeded.
func (e *TimeoutError) Is(target error) bool { return target == span.DeadlineExceeded }

// AnswerError is an answer that makes no sense: neither a success nor a refusal,
// or a success without what the method promises. Its outcome is unknown.
type AnswerError struct {
	Method  string
	Problem string // what is wrong with it, without its contents
}

// Error says what is wrong.
func (e *AnswerError) Error() string {
	return "opencti: " + e.Method + ": strange answer: " + e.Problem
}

// ArgumentError is an argument that was refused here; nothing was sent. Its text
// names the argument and never its value.
type ArgumentError struct {
	Method   string
	Argument string
	Problem  string
}

// Error names the argument and what is wrong with it.
func (e *ArgumentError) Error() string {
	return "opencti: " + e.Method + ": " + e.Argument + " " + e.Problem
}

// Is reports whether target is ErrNotSent.
func (e *ArgumentError) Is(target error) bool { return target == ErrNotSent }

// MissingError is a method that the page's copy of the library does not have, so
// nothing was sent. Salesforce's own has them all; a stand-in may not.
type MissingError struct{ Method string }

// Error names the method.
func (e *MissingError) Error() string { return "opencti: this page's Open CTI has no " + e.Method }

// Is reports whether target is ErrNotSent.
func (e *MissingError) Is(target error) bool { return target == ErrNotSent }

// brokenError is a call that could not be made, or that the library threw out of.
// What came of it is unknown.
type brokenError struct {
	method string
	err    error
}

func (e *brokenError) Error() string { return "opencti: " + e.method + ": " + e.err.Error() }

func (e *brokenError) Unwrap() error { return e.err }
