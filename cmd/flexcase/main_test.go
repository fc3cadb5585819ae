package main

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSandboxSaysWhatItCannotDo(t *testing.T) {
	for name, tt := range map[string]struct {
		args     []string
		chromium string
		says     string
	}{
		"both a window and none": {
			args: []string{"sandbox", "--window", "--headless"},
			says: "--window and --headless exclude each other",
		},
		"a Chromium that is not there": {
			args: []string{"sandbox", "--bundle", "nothing.js"}, chromium: "nothing",
			says: "CHROMIUM is set but cannot be run",
		},
		"a bundle that is not there": {
			args: []string{"sandbox", "--bundle", "nothing.js"}, chromium: "true",
			says: "no plugin: stat",
		},
		"an argument": {
			args: []string{"sandbox", "now"},
			says: `unknown command "now"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.chromium == "nothing" {
				tt.chromium = filepath.Join(t.TempDir(), tt.chromium)
			}
			t.Setenv("CHROMIUM", tt.chromium)
			cmd := root()
			cmd.SetArgs(tt.args)
			cmd.SetOut(&bytes.Buffer{})
			cmd.SetErr(&bytes.Buffer{})
			require.ErrorContains(t, cmd.ExecuteContext(t.Context()), tt.says)
		})
	}
}
