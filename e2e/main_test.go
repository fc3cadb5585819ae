//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"
)

const (
	root     = ".."
	pictures = "../out/e2e"
)

// The one contact centre and the one Chromium of all tests. Each test has a
// desk of its own in them: see openDesk.
var (
	centre   *sandbox.Sandbox
	chromium *browser.Browser
	// faulty is the bundle that can be told to panic.
	faulty string
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	say := func(sentence string) { fmt.Fprintln(os.Stderr, "e2e:", sentence) }

	good, err := build(ctx, "bundle.js", "")
	if err == nil {
		faulty, err = build(ctx, "faults.js", "faults")
	}
	if err != nil {
		fail(err)
		return
	}
	centre, err = sandbox.Start(ctx, sandbox.Config{
		BundlePath: good,
		CacheDir:   filepath.Join(root, ".cache", "flexhost"),
		ProjectDir: filepath.Join(root, "apex"),
		Progress:   say,
		// The harder of the two kinds of org: some Accounts are people.
		PersonAccounts: true,
	})
	if err != nil {
		fail(err)
		return
	}
	defer func() {
		if err := centre.Close(); err != nil {
			fail(err)
		}
	}()
	chromium, err = browser.Start(ctx, browser.Options{Addr: centre.Addr(), Certificate: centre.Certificate()})
	if err != nil {
		fail(err)
		return
	}
	defer func() {
		if err := chromium.Close(); err != nil {
			fail(err)
		}
	}()
	return m.Run()
}

// build makes a bundle apart from dist, which whoever runs the tests may be using.
func build(ctx context.Context, name, tags string) (string, error) {
	result, err := bundle.Build(ctx, bundle.Options{Dir: root, Out: filepath.Join("out", "e2e", name), Tags: tags})
	return result.Path, err
}
