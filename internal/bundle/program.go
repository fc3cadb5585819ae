package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// compile builds the program and makes it small.
func compile(ctx context.Context, o Options) ([]byte, error) {
	linked, err := Link(ctx, o.Dir, "./cmd/plugin", Shipped, "-tags="+o.Tags)
	if err != nil {
		return nil, err
	}
	return JoinSegments(linked)
}

// Shipped are the compiler's settings with which the program is shipped.
//
// Inlining makes a program for the browser larger by a tenth and, where each call
// out of it costs microseconds, no faster: see docs/performance.md.
var Shipped = []string{"-gcflags=all=-l", "-ldflags=-s -w -buildid="}

// Link builds a program for the browser, without anything that depends on when or
// where that is done.
func Link(ctx context.Context, dir, program string, settings []string, more ...string) ([]byte, error) {
	temporary, err := os.MkdirTemp("", "caselog-build-")
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	wasm := filepath.Join(temporary, "program.wasm")
	args := slices.Concat([]string{"build", "-trimpath", "-buildvcs=false"}, settings, more, []string{"-o", wasm, program})
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("bundle: go build: %w\n%s", err, out)
	}
	linked, err := os.ReadFile(wasm)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return linked, nil
}

// Pack compresses the program. The header holds neither a name nor a time.
func Pack(wasm []byte) ([]byte, error) {
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
