package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compile builds cmd/plugin for the browser, without anything that depends on
// when or where that is done.
func compile(ctx context.Context, o Options) ([]byte, error) {
	dir, err := os.MkdirTemp("", "caselog-build-")
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	wasm := filepath.Join(dir, "plugin.wasm")
	// Inlining makes a program for the browser larger by a tenth and, where each call
	// out of it costs microseconds, no faster: see docs/performance.md.
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-gcflags=all=-l",
		"-ldflags=-s -w -buildid=", "-tags="+o.Tags, "-o", wasm, "./cmd/plugin")
	cmd.Dir = o.Dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("bundle: go build: %w\n%s", err, out)
	}
	linked, err := os.ReadFile(wasm)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return joinSegments(linked)
}

// pack compresses the program. The header holds neither a name nor a time.
func pack(wasm []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	if _, err := w.Write(wasm); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return out.Bytes(), nil
}

// runtime returns Go's own support script, of the toolchain that compiles the
// program: the two must match.
func runtime(ctx context.Context, o Options) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOROOT")
	cmd.Dir = o.Dir
	root, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("bundle: go env GOROOT: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return "", fmt.Errorf("bundle: Go's wasm_exec.js: %w", err)
	}
	return string(script), nil
}
