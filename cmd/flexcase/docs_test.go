package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

func TestTheReferenceIsThatOfTheCommands(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/deployment.md")
	require.NoError(t, err)
	next, err := withReference(string(text), reference(reality()))
	require.NoError(t, err)
	require.True(t, next == string(text), "docs/deployment.md is older than the commands: run `go run ./cmd/flexcase docs --write docs/deployment.md`")
}

func TestEveryCommandSaysEnough(t *testing.T) {
	t.Parallel()
	dir := "."
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		require.NotEmpty(t, cmd.Short, cmd.Name())
		require.False(t, strings.HasSuffix(cmd.Short, "."), cmd.Name())
		require.NotEmpty(t, cmd.Long, cmd.Name())
		if cmd.Runnable() {
			require.Contains(t, cmd.Example, "  flexcase "+cmd.Name(), cmd.Name())
		}
		for _, sub := range cmd.Commands() {
			if sub.Runnable() && cmd.Name() == "configure" {
				require.Contains(t, sub.Example, "flexcase configure "+sub.Name())
				continue
			}
			walk(sub)
		}
	}
	for _, cmd := range accountCommands(&dir, reality()) {
		walk(cmd)
	}
}

func TestWhereTheReferenceGoes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "deployment.md")
	run := func() error {
		cmd := root()
		cmd.SetArgs([]string{"docs", "--write", file})
		return cmd.ExecuteContext(t.Context())
	}
	require.ErrorContains(t, run(), "no such file")
	require.NoError(t, os.WriteFile(file, []byte("# Deployment\n"), 0o600))
	require.ErrorContains(t, run(), "it has no place for the reference")
	require.NoError(t, os.WriteFile(file, []byte("before\n"+referenceBegins+"\nold\n"+referenceEnds+"\nafter\n"), 0o600))
	require.NoError(t, run())
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(text), "before\n"+referenceBegins+"\n\n### flexcase configure\n"))
	require.True(t, strings.HasSuffix(string(text), referenceEnds+"\nafter\n"))
	require.NotContains(t, string(text), "old\n")
}

func TestCompletionIsThere(t *testing.T) {
	t.Parallel()
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		cmd := root()
		var out strings.Builder
		cmd.SetOut(&out)
		cmd.SetArgs([]string{"completion", shell})
		require.NoError(t, cmd.ExecuteContext(t.Context()))
		require.Contains(t, out.String(), "flexcase")
	}
}
