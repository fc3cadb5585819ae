package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"

	"flexcaselog/bench/size"
	"flexcaselog/internal/bundle"
)

// The plugins that are measured.
const (
	none  = "none"
	calls = "calls" // the calls of Salesforce that no plugin can do without, and nothing else
	plain = "plain"
	ours  = "ours"
)

var everyPlugin = []string{none, calls, plain, ours}

// Bytes is how large a script is on the wire.
type Bytes struct {
	Raw    int `json:"raw"`
	Gzip   int `json:"gzip"`
	Brotli int `json:"brotli"`
}

// build makes the plugins' scripts.
func build(ctx context.Context, dir string) (map[string][]byte, error) {
	result, err := bundle.Build(ctx, bundle.Options{Dir: dir, Out: filepath.Join("out", "bench", "bundle.js")})
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(result.Path)
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	scripts := map[string][]byte{ours: script}
	for name, entry := range map[string]string{plain: "bench/plain/plugin.js", calls: "bench/plain/calls.js"} {
		built := api.Build(api.BuildOptions{
			AbsWorkingDir: absolute, EntryPoints: []string{entry}, Bundle: true,
			Format: api.FormatIIFE, Target: api.ES2022, LogLevel: api.LogLevelSilent,
			MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		})
		if len(built.Errors) > 0 {
			return nil, fmt.Errorf("bench: %s: %s", name, built.Errors[0].Text)
		}
		scripts[name] = built.OutputFiles[0].Contents
	}
	return scripts, nil
}

func bytesOf(script []byte) (b Bytes, err error) {
	b.Raw = len(script)
	if b.Gzip, err = size.Gzip(script); err != nil {
		return b, err
	}
	b.Brotli, err = size.Brotli(script)
	return b, err
}
