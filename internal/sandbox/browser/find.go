package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// ErrNone means this machine has no Chromium that could be found.
var ErrNone = errors.New("browser: no Chromium found: install chromium or google-chrome, or set CHROMIUM to its path")

// Find returns the program to start: the one CHROMIUM names, or else the first
// of the usual ones. It returns ErrNone when there is none, and another error
// when CHROMIUM names something that cannot be run.
func Find() (string, error) {
	if named := os.Getenv("CHROMIUM"); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("browser: CHROMIUM is set but cannot be run: %w", err)
		}
		return path, nil
	}
	for _, name := range usual(runtime.GOOS) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// usual lists names and paths in the order they are tried. Chromium comes
// before Chrome because it does not update itself in the middle of a run.
func usual(goos string) []string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	if goos == "darwin" {
		names = append(names,
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		)
	}
	return names
}

// HasScreen says whether a window can be opened here.
func HasScreen() bool {
	return runtime.GOOS == "darwin" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}
