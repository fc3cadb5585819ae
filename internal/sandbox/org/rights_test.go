package org_test

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the shipped permission sets allow to testdata/rights.txt")

// TestShippedRights holds the shipped permission sets to a list that people can read: no right may come or go unseen.
func TestShippedRights(t *testing.T) {
	t.Parallel()
	const list = "testdata/rights.txt"
	got := shipped(t).Rights()
	if *update {
		require.NoError(t, os.WriteFile(list, []byte(got), 0o600))
	}
	want, err := os.ReadFile(list)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "if it is meant to be so: go test ./internal/sandbox/org -run TestShippedRights -update")
}
