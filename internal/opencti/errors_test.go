package opencti

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err                  error
		want                 string
		unavailable, notSent bool
	}{
		"not in a frame says where to open the page": {
			err:         ErrNotFramed,
			want:        "opencti: not available on this page: it is not in a frame of a Salesforce page; open it from the utility bar of a Lightning app",
			unavailable: true,
		},
		"a blocked script says which addresses to allow": {
			err: &BlockedError{Scripts: []string{"https://a/x.js", "https://b/x.js"}},
			want: "opencti: the library could not be loaded from https://a/x.js, https://b/x.js; " +
				"allow these addresses in the network and the page's content security policy",
			unavailable: true,
		},
		"a silent library says what to check": {
			err: &SilentError{},
			want: "opencti: the library is loaded but Salesforce does not answer; check that the user is assigned to the call centre " +
				"and that its adapter URL has this page's origin, then reload the Salesforce page",
			unavailable: true,
		},
		"a library whose page lost its address says so": {
			err: &SilentError{Lost: true},
			want: "opencti: the library is loaded but cannot start: the page's address has lost Salesforce's query " +
				"(sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page",
			unavailable: true,
		},
		"what got no answer in time was sent": {
			err:  &TimeoutError{Method: "saveLog", After: 15 * time.Second},
			want: "opencti: saveLog: no answer after 15s, outcome unknown",
		},
		"what was over before it began was not sent": {
			err:     fmt.Errorf("opencti: saveLog: %w: %w", ErrNotSent, span.DeadlineExceeded),
			want:    "opencti: saveLog: not sent: context deadline exceeded",
			notSent: true,
		},
		"what succeeded without a record was sent": {
			err:  ErrNoRecordID,
			want: "opencti: saveLog: the answer has no record ID",
		},
		"what got a strange answer was sent": {
			err:  &AnswerError{Method: "runApex", Problem: "success is a number, not a boolean"},
			want: "opencti: runApex: strange answer: success is a number, not a boolean",
		},
		"what was refused was sent": {
			err:  &CallError{Method: "saveLog", Errors: []Failure{{Code: "SERVER_ERROR"}}},
			want: "opencti: saveLog: SERVER_ERROR",
		},
		"an argument that was refused here was not sent": {
			err:     &ArgumentError{"runApex", "parameter phone", "has a space"},
			want:    "opencti: runApex: parameter phone has a space",
			notSent: true,
		},
		"what the page has no method for was not sent": {
			err:     &MissingError{Method: "runApex"},
			want:    "opencti: this page's Open CTI has no runApex",
			notSent: true,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wrapped := fmt.Errorf("task WT1: %w", tt.err)
			require.EqualError(t, tt.err, tt.want)
			require.Equal(t, tt.unavailable, errors.Is(wrapped, ErrUnavailable))
			require.Equal(t, tt.notSent, errors.Is(wrapped, ErrNotSent))
		})
	}
}

func TestErrorChains(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, &TimeoutError{Method: "saveLog"}, span.DeadlineExceeded)
	require.NotErrorIs(t, &TimeoutError{Method: "saveLog"}, span.Canceled)

	cause := errors.New("initialize is undefined, not a function")
	silent := &SilentError{Cause: cause}
	require.ErrorIs(t, silent, cause)
	require.ErrorContains(t, silent, ": initialize is undefined, not a function")
}
