package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

func TestTheDocumentsAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	for _, d := range documents(reality()) {
		have, next, err := d.next(filepath.Join("../../docs", d.name))
		require.NoError(t, err)
		require.True(t, next == have, "docs/%s is older than the program: run `go run ./cmd/flexcase docs`", d.name)
	}
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

func TestWhatIsMadeGoesBetweenItsMarks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	docs := filepath.Join(dir, "docs")
	require.NoError(t, os.Mkdir(docs, 0o700))
	run := func() (string, error) {
		cmd := root()
		var out strings.Builder
		cmd.SetOut(&out)
		cmd.SetArgs([]string{"docs", "-C", dir})
		err := cmd.ExecuteContext(t.Context())
		return out.String(), err
	}
	fails := func(want string) {
		_, err := run()
		require.ErrorContains(t, err, want)
	}
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(docs, name), []byte(text), 0o600))
	}
	fails("no such file")
	write("deployment.md", "# Deployment\n")
	fails("docs/deployment.md: it has no place for what is made")
	write("deployment.md", "before\n"+madeBegins+"\nold\n"+madeEnds+"\nafter\n")
	write("configuration.md", madeBegins+"\n"+madeEnds)
	out, err := run()
	require.NoError(t, err)
	require.Equal(t, 3, strings.Count(out, "\n"), out)
	text, err := os.ReadFile(filepath.Join(docs, "deployment.md"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(text), "before\n"+madeBegins+"\n\n### flexcase configure\n"))
	require.True(t, strings.HasSuffix(string(text), madeEnds+"\nafter\n"))
	require.NotContains(t, string(text), "old\n")
	out, err = run()
	require.NoError(t, err)
	require.Empty(t, out, "it is up to date")
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
