//go:build e2e

package e2e

import (
	"slices"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// caseOf is the Case of a reservation that has exactly one.
func (d *desk) caseOf(res twilio.Reservation) sandbox.Case {
	d.t.Helper()
	cases, err := centre.Cases(d.soon())
	require.NoError(d.t, err)
	for _, c := range cases {
		if c.Serves(sandbox.StoryOf(res).Engagement) {
			return c
		}
	}
	require.Fail(d.t, "no Case", "of %s", res.SID)
	return sandbox.Case{}
}

// logsOf are the rows of a reservation in the order they were made.
func (d *desk) logsOf(res twilio.Reservation) []sandbox.Log {
	d.t.Helper()
	logs, err := centre.Logs(d.soon())
	require.NoError(d.t, err)
	return slices.DeleteFunc(logs, func(l sandbox.Log) bool { return l.Reservation != res.SID })
}

// endedBy is EndedBy__c of the first row, where the contract wants it.
func (d *desk) endedBy(res twilio.Reservation) string {
	d.t.Helper()
	logs := d.logsOf(res)
	require.NotEmpty(d.t, logs)
	return logs[0].EndedBy
}
