package release

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed smoke.mjs
var smoke []byte

// ErrNoNode is returned by Smoke where there is no Node to run a bundle in. What
// is deployed then was not run before.
var ErrNoNode = errors.New("release: there is no node on this computer to run the bundle in: install Node 20 or newer, or go without with --no-smoke")

// Smoke runs a bundle once in Node, as Flex would load it. It errors where the
// bundle does not register itself, or its program does not start.
func Smoke(ctx context.Context, bundle string) error {
	node, err := exec.LookPath("node")
	if err != nil {
		return ErrNoNode
	}
	dir, err := os.MkdirTemp("", "caselog-smoke-")
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	script := filepath.Join(dir, "smoke.mjs")
	if err := os.WriteFile(script, smoke, 0o600); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, script, bundle)
	// It has no need of what is in the environment, which may be credentials.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.CombinedOutput()
	if stop := ctx.Err(); stop != nil {
		return fmt.Errorf("release: running the bundle in Node: %w", stop)
	}
	if line := strings.TrimSpace(string(out)); err != nil || line != "ok" {
		return refuse("the bundle does not run: %s", either(line, fmt.Sprint(err)))
	}
	return nil
}
