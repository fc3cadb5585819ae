package bench

import (
	"context"
	"errors"
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
	plain = "plain"
	ours  = "ours"
)

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
	built := api.Build(api.BuildOptions{
		AbsWorkingDir: absolute, EntryPoints: []string{"bench/plain/plugin.js"}, Bundle: true,
		Format: api.FormatIIFE, Target: api.ES2022, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
	})
	if len(built.Errors) > 0 {
		return nil, errors.New("bench: plain: " + built.Errors[0].Text)
	}
	return map[string][]byte{ours: script, plain: built.OutputFiles[0].Contents}, nil
}

func bytesOf(script []byte) (b Bytes, err error) {
	b.Raw = len(script)
	if b.Gzip, err = size.Gzip(script); err != nil {
		return b, err
	}
	b.Brotli, err = size.Brotli(script)
	return b, err
}
