package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun/mutate"
	"flexcaselog/internal/sandbox/org"
)

// TestAgentsDay holds the shipped package to what agents do with it, and some of the permissions of the agent's set to being needed for it.
func TestAgentsDay(t *testing.T) {
	t.Parallel()
	copied := t.TempDir()
	require.NoError(t, mutate.Copy("../../apex", copied))
	j, err := newJob(t.Context(), copied, 5)
	require.NoError(t, err)
	whole := j.expect[org.AgentPermissionSet]
	require.Equal(t, 1, strings.Count(whole, "false"), "with the shipped permission set all is as it must be:\n%s", whole)
	require.Contains(t, whole, "a status that is none is stored: false")
	require.Contains(t, whole, "links: 2")
	needed := 0
	for _, set := range j.sets {
		if j.expect[set] != whole {
			needed++
		}
	}
	require.Greater(t, needed, len(j.sets)/2)

	difference, err := j.differs(t.Context(), copied)
	require.NoError(t, err)
	require.Empty(t, difference, "the same package does the same")
}
