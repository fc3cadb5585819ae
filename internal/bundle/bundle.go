package bundle

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Version is the version of the plugin that is built from this tree.
const Version = "0.1.0"

// MaxBytes is the size at which Flex refuses a plugin: see "Plugins Resource
// Limits" in Twilio's Flex documentation.
const MaxBytes = 10 << 20

// Options says what to build.
type Options struct {
	// Dir is the root of the source tree.
	Dir string
	// Out is where the script goes, relative to Dir. A source map is put beside
	// it.
	Out string
	// Tags are Go build tags, separated by commas. Only tests have any.
	Tags string
	// Progress is told what is being done, if it is not nil.
	Progress func(string)
}

// Result is what was built.
type Result struct {
	Path      string // of the script
	Bytes     int    // its size
	WasmBytes int    // the size of the program in it, unpacked
	GzipBytes int    // and packed
}

// Build makes the script. The same tree and the same tools give the same bytes.
// It errors, without touching Out, where the program does not compile, a module
// of the loader is broken, or the script is larger than [MaxBytes].
func Build(ctx context.Context, o Options) (Result, error) {
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	o.Progress("compiling the plugin to WebAssembly")
	wasm, err := compile(ctx, o)
	if err != nil {
		return Result{}, err
	}
	o.Progress("packing the program")
	packed, err := Pack(o.Dir, wasm)
	if err != nil {
		return Result{}, err
	}
	o.Progress("bundling the loader")
	script, sourceMap, err := link(ctx, o, packed)
	if err != nil {
		return Result{}, err
	}
	if len(script) > MaxBytes {
		return Result{}, fmt.Errorf("bundle: %d bytes are more than Flex's limit of %d", len(script), MaxBytes)
	}
	path := filepath.Join(o.Dir, o.Out)
	if err := write(path, script, sourceMap); err != nil {
		return Result{}, err
	}
	return Result{Path: path, Bytes: len(script), WasmBytes: len(wasm), GzipBytes: len(packed)}, nil
}

// write puts the script and its map in place, the script last and at once, so
// that nobody sees half of it.
func write(path string, script, sourceMap []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	for _, file := range []struct {
		path  string
		bytes []byte
	}{{path + ".map", sourceMap}, {path, script}} {
		if err := replace(file.path, file.bytes); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file, so that nobody sees half of it: other builds may run.
func replace(path string, b []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	_, err = part.Write(b)
	err = errors.Join(err, part.Chmod(0o644), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		_ = os.Remove(part.Name())
		return fmt.Errorf("bundle: %w", err)
	}
	return nil
}
