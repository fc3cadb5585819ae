package flexhost

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// npmInstall installs exactly what the lock file says. Install scripts stay off: nothing in Flex UI needs one.
func npmInstall(command string) func(ctx context.Context, dir string) error {
	return func(ctx context.Context, dir string) error {
		path, err := exec.LookPath(command)
		if err != nil {
			return fmt.Errorf("flexhost: the sandbox installs Flex UI with npm, and %q was not found: "+
				"install Node.js 20 or later (https://nodejs.org) and start again: %w", command, err)
		}
		npm := exec.CommandContext(ctx, path, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress",
			"--prefer-offline", "--loglevel=error")
		npm.Dir = dir
		// npm may leave a child holding the pipe when it is killed.
		npm.WaitDelay = 5 * time.Second
		output, err := npm.CombinedOutput()
		if ctx.Err() != nil {
			return fmt.Errorf("flexhost: npm ci was stopped: %w", errors.Join(ctx.Err(), err))
		}
		if err != nil {
			return fmt.Errorf("flexhost: npm ci: %w\n%s", err, lastLines(string(output), 20))
		}
		return nil
	}
}

// lastLines keeps the end of npm's output, where the reason is.
func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
