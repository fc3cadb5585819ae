package browser_test

import (
	"path/filepath"
	"testing"

	"flexcaselog/internal/sandbox/browser"

	"github.com/stretchr/testify/require"
)

func TestFindSaysWhatToDo(t *testing.T) {
	t.Setenv("CHROMIUM", filepath.Join(t.TempDir(), "none"))
	_, err := browser.Find()
	require.ErrorContains(t, err, "CHROMIUM is set but cannot be run")

	t.Setenv("CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	if _, err = browser.Find(); err != nil { // macOS may have it as an application
		require.ErrorIs(t, err, browser.ErrNone)
		require.ErrorContains(t, err, "install chromium")
	}
}
