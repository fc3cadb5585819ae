package flexhost

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Version is the Flex UI that the lock file pins.
const Version = "2.17.1"

// The lock file holds no "resolved" addresses (npm's omit-lockfile-registry-resolved), so it works with whatever registry the
// machine is set up for; the integrity sums still pin every byte.
//
//go:embed host
var embedded embed.FS

// files are what the finished page is made from; the order is part of the key.
var files = []string{"package.json", "package-lock.json", "host.js", "index.html"}

// settingsVersion stands for the esbuild settings in the key: raise it when bundle.go changes what comes out.
const settingsVersion = "1"

// abandonedAfter is when a half-made set-up of another process counts as left behind. A live one takes two minutes.
const abandonedAfter = time.Hour

// setup is one way to make the page; the tests use a small Flex of their own.
type setup struct {
	sources fs.FS
	install func(ctx context.Context, dir string) error
	bundle  func(dir, outfile string) error
}

// Prepare returns the folder with index.html and host.js, to be served at https://flex.twilio.com/. The first time it installs Flex
// UI from npm and bundles it, which needs the network and a minute or two; afterwards the folder is found in cacheDir by the hash
// of what it is made from, and nothing is done. Interrupted at any point, it starts again the next time. It errors where npm is
// missing or fails, and when ctx ends. progress, which may be nil, is told in sentences what is going on.
func Prepare(ctx context.Context, cacheDir string, progress func(string)) (dir string, err error) {
	sources, err := fs.Sub(embedded, "host")
	if err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	s := setup{sources: sources, install: npmInstall("npm"), bundle: bundle}
	if progress == nil {
		progress = func(string) {}
	}
	return s.prepare(ctx, cacheDir, progress)
}

func (s setup) prepare(ctx context.Context, cacheDir string, progress func(string)) (string, error) {
	key, err := s.key()
	if err != nil {
		return "", err
	}
	cacheDir, err = filepath.Abs(cacheDir)
	if err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	done := filepath.Join(cacheDir, key)
	if exists(done) {
		return done, nil
	}
	if err := os.MkdirAll(cacheDir, 0o755); err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	if err := sweep(cacheDir, time.Now().Add(-abandonedAfter)); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(cacheDir, "making-")
	if err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	// The 700 MB of node_modules go with it, whatever happens.
	defer func() { _ = os.RemoveAll(work) }()
	made, err := s.make(ctx, work, progress)
	if err != nil {
		return "", err
	}
	// The rename is the only thing that makes the page exist, so nobody finds half of one.
	if err := os.Rename(made, done); err != nil && !exists(done) {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	progress("Flex UI " + Version + " is ready.")
	return done, nil
}

// make installs and bundles in work and returns the folder of the finished page.
func (s setup) make(ctx context.Context, work string, progress func(string)) (string, error) {
	for _, name := range files {
		content, err := fs.ReadFile(s.sources, name)
		if err != nil {
			return "", fmt.Errorf("flexhost: %w", err)
		}
		if err := os.WriteFile(filepath.Join(work, name), content, 0o644); err != nil {
			return "", fmt.Errorf("flexhost: %w", err)
		}
	}
	progress("Installing Flex UI " + Version + " from npm: about a minute, this once.")
	if err := s.install(ctx, work); err != nil {
		return "", err
	}
	progress("Bundling Flex UI.")
	page := filepath.Join(work, "page")
	if err := s.bundle(work, filepath.Join(page, "host.js")); err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	if err := os.Rename(filepath.Join(work, "index.html"), filepath.Join(page, "index.html")); err != nil {
		return "", fmt.Errorf("flexhost: %w", err)
	}
	return page, nil
}

// key names the page by everything it is made from.
func (s setup) key() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, settingsVersion)
	for _, name := range files {
		content, err := fs.ReadFile(s.sources, name)
		if err != nil {
			return "", fmt.Errorf("flexhost: %w", err)
		}
		fmt.Fprintln(sum, name, len(content))
		sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// sweep removes what set-ups that were killed before the given time have left.
func sweep(cacheDir string, before time.Time) error {
	entries, err := os.ReadDir(cacheDir)
	if err != nil {
		return fmt.Errorf("flexhost: %w", err)
	}
	var failed []error
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !strings.HasPrefix(entry.Name(), "making-") || info.ModTime().After(before) {
			continue
		}
		failed = append(failed, os.RemoveAll(filepath.Join(cacheDir, entry.Name())))
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("flexhost: %w", err)
	}
	return nil
}

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}
