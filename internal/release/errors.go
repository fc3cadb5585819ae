package release

import (
	"errors"
	"fmt"
	"net"
	"net/http"
)

// Error is a request to Twilio that came to nothing.
type Error struct {
	Method, Path string
	// Status is of the answer, and Code Twilio's own; zero where there was none.
	Status, Code int
	Message      string

	// unknown is whether the request may have been carried out nevertheless.
	unknown bool
	cause   error
}

func (e *Error) Error() string {
	what := e.Message
	if e.Status != 0 {
		what = fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
		if e.Message != "" {
			what += ": " + e.Message
		}
	}
	text := fmt.Sprintf("release: %s %s: %s", e.Method, e.Path, what)
	if advice := e.advice(); advice != "" {
		text += ". " + advice
	}
	return text
}

// Unwrap returns what stopped the request, where there was no answer.
func (e *Error) Unwrap() error { return e.cause }

// advice is what to do about it.
func (e *Error) advice() string {
	var name *net.DNSError
	switch {
	case e.Status == http.StatusUnauthorized:
		return "The credentials are not right: check TWILIO_ACCOUNT_SID with its token or API key, and that TWILIO_REGION is the account's"
	case e.Status == http.StatusForbidden:
		return "The credentials may not do this: a restricted API key must be allowed Flex and Serverless"
	case e.Status == http.StatusTooManyRequests:
		return "Twilio is asked too often: run it again in a minute"
	case e.Status >= 500:
		return "Twilio is not well (https://status.twilio.com): run it again, it goes on from here"
	case errors.As(e.cause, &name):
		return "Check the network, TWILIO_REGION and TWILIO_EDGE"
	case e.Status == 0:
		return "Check the network and run it again, it goes on from here"
	}
	return ""
}

// Refusal is something that is not done because it would do harm.
type Refusal struct{ Reason string }

func (e *Refusal) Error() string { return "release: " + e.Reason }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// status is the HTTP status of an error, or 0.
func status(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

// unknown tells whether what failed may have happened nevertheless.
func unknown(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.unknown
}

// clean takes the wrapping of the HTTP client and of the SDK off an error.
func clean(err error) error {
	var e *Error
	var no *Refusal
	switch {
	case err == nil, errors.As(err, &no):
		return err
	case errors.As(err, &e):
		return e
	}
	return fmt.Errorf("release: an answer of Twilio's cannot be read: %w", err)
}
