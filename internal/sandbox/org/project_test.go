package org_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

// TestShippedApex runs the tests of the package that is shipped, on the org that stands in for Salesforce.
func TestShippedApex(t *testing.T) {
	t.Parallel()
	o, err := org.Open(t.Context(), org.Config{ProjectDir: "../../../apex"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })

	report, err := o.Test(t.Context(), "")
	require.NoError(t, err)
	require.NotEmpty(t, report.Tests)
	for _, test := range report.Tests {
		require.NoError(t, test.Err, "%s.%s", test.Class, test.Method)
	}
	for _, c := range report.Coverage {
		t.Logf("%s: %d of %d lines, missed %v", c.Class, c.Covered, c.Total, c.Missed)
	}
}
