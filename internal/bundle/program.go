package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// compile builds the program and makes it small.
func compile(ctx context.Context, o Options) ([]byte, error) {
	linked, err := linkPlugin(ctx, o)
	if err != nil {
		return nil, err
	}
	return Shrink(linked)
}

// linkPlugin builds the program as the linker leaves it.
func linkPlugin(ctx context.Context, o Options) ([]byte, error) {
	return Link(ctx, o.Dir, "./cmd/plugin", Shipped, "-tags="+o.Tags)
}

// Shipped are the compiler's settings with which the program is shipped.
//
// Inlining everywhere would be a tenth more to download, for an event that takes a
// sixth less of the page's time. Of that a good part comes from a few packages that
// are used for everything, and cost 3 kB. See docs/performance.md.
var Shipped = []string{
	"-gcflags=all=-l", "-gcflags=internal/runtime/...=", "-gcflags=sync/...=", "-gcflags=syscall/js=",
	"-ldflags=-s -w -buildid=",
}

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

// Pack compresses a program, which takes some seconds, or takes it from dir's cache.
// It errors where the cache can't be written, or what is packed does not come back.
func Pack(dir string, wasm []byte) ([]byte, error) {
	sum := sha256.Sum256(wasm)
	name := filepath.Join(dir, ".cache", "packed", packing+"-"+hex.EncodeToString(sum[:16])+".gz")
	if packed, err := os.ReadFile(name); err == nil && holds(packed, wasm) {
		return packed, nil
	}
	packed := gzipBest(wasm)
	if !holds(packed, wasm) {
		return nil, errors.New("bundle: the program does not come back as it was packed")
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return packed, replace(name, packed)
}

// packing stands for how gzipBest packs: raise it when that changes.
const packing = "1"

// holds tells whether packed is gzip of b.
func holds(packed, b []byte) bool {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	back, err := io.ReadAll(r)
	return err == nil && bytes.Equal(back, b)
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
