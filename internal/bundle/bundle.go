package bundle

import (
	"context"
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
	packed, err := Pack(wasm)
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
		part := file.path + ".part"
		if err := os.WriteFile(part, file.bytes, 0o644); err != nil {
			return fmt.Errorf("bundle: %w", err)
		}
		if err := os.Rename(part, file.path); err != nil {
			return fmt.Errorf("bundle: %w", err)
		}
	}
	return nil
}
