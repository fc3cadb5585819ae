package opencti

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestCause(t *testing.T) {
	t.Parallel()
	blocked := &BlockedError{Scripts: []string{"https://a/x.js", "https://b/x.js"}}
	tests := map[string]struct {
		err  error
		want string
	}{
		"nothing has none": {},
		"a page that is in no frame": {
			err:  ErrNotFramed,
			want: "Not framed: this page is not inside a Salesforce page; open it from the utility bar of a Lightning app.",
		},
		"a script that is blocked, with its addresses": {
			err:  blocked,
			want: "Script blocked: Open CTI came from none of https://a/x.js, https://b/x.js; allow these addresses in the network and in the page's content security policy.",
		},
		"a library that cannot start without the query": {
			err:  &SilentError{Lost: true, Cause: errors.New("JavaScript error: no")},
			want: "Lost query: the frame's address has lost Salesforce's query (sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page.",
		},
		"a library that does not answer": {
			err:  &SilentError{},
			want: "Loaded but silent: Salesforce does not answer; check that the user is assigned to the call centre and that its adapter URL has this page's origin.",
		},
		"a library that does not answer and cannot be replaced": {
			err: &SilentError{Cause: blocked},
			want: "Loaded but silent: Salesforce does not answer; check that the user is assigned to the call centre and that its adapter URL has this page's origin; " +
				"a fresh copy came from none of https://a/x.js, https://b/x.js.",
		},
		"a stand-in that does not answer": {
			err:  &SilentError{Cause: errForeign},
			want: "Loaded but silent: the copy of Open CTI in this page is another plugin's or a stand-in, and does not answer.",
		},
		"a method that is missing": {
			err:  &MissingError{Method: "runApex"},
			want: "Missing method: this page's Open CTI has no runApex.",
		},
		"an argument that cannot be sent": {
			err:  &ArgumentError{"saveLog", "field Name", "is not a string"},
			want: "Not sent: saveLog, since field Name is not a string.",
		},
		"no answer in time": {
			err:  &TimeoutError{Method: "saveLog", After: 15002 * time.Millisecond},
			want: "Time-out: saveLog was not answered within 15.002s.",
		},
		"a time for loading that was too short": {
			err:  fmt.Errorf("opencti: load: %w", span.DeadlineExceeded),
			want: "Time-out: Open CTI was not ready in time.",
		},
		"a wait that was given up": {
			err:  fmt.Errorf("opencti: saveLog: outcome unknown: %w", span.Canceled),
			want: "Given up: nobody waits for it any more.",
		},
		"a refusal, with its codes": {
			err: &CallError{"saveLog", []Failure{
				{Code: "GENERIC_ERROR", Description: "Ann Lee may not", Details: []Detail{{"Ann Lee is there already", "DUPLICATE_VALUE"}, {"again", "DUPLICATE_VALUE"}}},
			}},
			want: "Refused: saveLog, GENERIC_ERROR, DUPLICATE_VALUE.",
		},
		"a refusal whose codes are none": {
			err:  &CallError{"saveLog", []Failure{{Code: "Ann Lee"}, {Code: "44207"}, {Description: "Ann Lee"}}},
			want: "Refused: saveLog.",
		},
		"an answer without a sense": {
			err:  &AnswerError{"runApex", "success: JavaScript error: Ann Lee"},
			want: "Strange answer: runApex was answered in an unknown form.",
		},
		"a null":                {err: ErrNull, want: "No record: the Apex method returned null."},
		"a success without one": {err: ErrNoRecordID, want: "No record: saveLog succeeded and named none."},
		"what the library threw": {
			err:  &brokenError{"saveLog", errors.New("JavaScript error: Ann Lee")},
			want: "Failed: saveLog ended with a JavaScript error.",
		},
		"anybody else's error": {
			err:  errors.New("Ann Lee"),
			want: "Failed: the cause is none of Open CTI's.",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, Cause(tt.err))
			if tt.err != nil {
				require.Equal(t, tt.want, Cause(fmt.Errorf("connect: %w", tt.err)))
			}
			require.False(t, strings.Contains(tt.want, "Ann"), "no customer's data")
		})
	}
}
