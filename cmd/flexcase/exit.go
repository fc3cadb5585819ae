package main

import (
	"errors"

	"flexcaselog/internal/release"
)

// The exit codes, besides 0.
const (
	exitFailed  = 1
	exitRefused = 2
	exitWrong   = 3
	exitStopped = 130
)

// exitCodes says what they mean, for the reference.
var exitCodes = []struct {
	code  int
	means string
}{
	{0, "It is done, or it was so before; nothing is wrong."},
	{exitFailed, "It failed: the message says why. What was done until then is kept, and the same command goes on from there."},
	{exitRefused, "It was refused, because it would do harm: the message says what to change. The same command is refused again."},
	{exitWrong, "`doctor`, `configure validate`, `status --check` or `lines` has found something wrong."},
	{exitStopped, "It was stopped with Ctrl-C. The same command goes on from there."},
}

// wrongError is what a command ends with that looked and found something wrong.
type wrongError struct{ what string }

func (e *wrongError) Error() string { return e.what }

// exitCode is what a command that ended with an error exits with.
func exitCode(err error) int {
	var refusal *release.Refusal
	var wrong *wrongError
	switch {
	case errors.As(err, &refusal):
		return exitRefused
	case errors.As(err, &wrong):
		return exitWrong
	}
	return exitFailed
}
