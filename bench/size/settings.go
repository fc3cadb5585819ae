package size

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"

	"github.com/andybalholm/brotli"

	"flexcaselog/internal/bundle"
)

// setting is one way to compile and pack.
type setting struct {
	what  string
	flags []string
	join  bool // the pieces of its memory: see bundle.JoinSegments
	bare  bool // without lines: see bundle.WithoutLines
}

const stripped = "-ldflags=-s -w -buildid="

var (
	shipped  = setting{"as shipped", bundle.Shipped, true, true}
	plain    = setting{"as anybody would build it", []string{"-ldflags=-s -w"}, false, false}
	settings = []setting{
		{"as `go build` links it", nil, false, false},
		{"without symbols", []string{stripped}, false, false},
		{"+ memory in few pieces", []string{stripped}, true, false},
		{"+ ours not inlined", []string{stripped, "-gcflags=flexcaselog/...=-l"}, true, false},
		{"+ nothing inlined", []string{stripped, "-gcflags=all=-l"}, true, false},
		{"+ but in a few packages", bundle.Shipped, true, false},
		{"+ without line numbers (as shipped)", bundle.Shipped, true, true},
		{"  nothing inlined, no bounds checked (not taken)", []string{stripped, "-gcflags=all=-l -B"}, true, false},
	}
)

// Sizes is how large a program is.
type Sizes struct {
	Raw    int `json:"raw"`
	Gzip   int `json:"gzip"`             // by the standard library, at its best level
	Brotli int `json:"brotli,omitempty"` // at its best level
	Packed int `json:"packed,omitempty"` // as it lies in the bundle
}

// Setting is what a way to compile makes of the plugin and of the floor.
type Setting struct {
	What          string
	Plugin, Floor Sizes
}

// Ratio is how many times the floor the plugin is.
func (s Setting) Ratio() float64 { return float64(s.Plugin.Gzip) / float64(s.Floor.Gzip) }

type runner struct {
	dir      string
	progress func(string)
}

func (r *runner) build(ctx context.Context, path string, s setting) (Sizes, error) {
	wasm, err := r.link(ctx, path, s)
	if err != nil {
		return Sizes{}, err
	}
	return measure(wasm)
}

func (r *runner) link(ctx context.Context, path string, s setting) ([]byte, error) {
	wasm, err := bundle.Link(ctx, r.dir, path, s.flags)
	if err == nil && s.join {
		wasm, err = bundle.JoinSegments(wasm)
	}
	if err == nil && s.bare {
		wasm, err = bundle.WithoutLines(wasm)
	}
	return wasm, err
}

func measure(wasm []byte) (Sizes, error) {
	gzip, err := Gzip(wasm)
	return Sizes{Raw: len(wasm), Gzip: gzip}, err
}

// Gzip returns how many bytes b takes when a good server compresses it.
func Gzip(b []byte) (int, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return 0, fmt.Errorf("size: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return 0, fmt.Errorf("size: %w", err)
	}
	if err := w.Close(); err != nil {
		return 0, fmt.Errorf("size: %w", err)
	}
	return out.Len(), nil
}

// Brotli returns the same for brotli.
func Brotli(b []byte) (int, error) {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	if _, err := w.Write(b); err != nil {
		return 0, fmt.Errorf("size: %w", err)
	}
	if err := w.Close(); err != nil {
		return 0, fmt.Errorf("size: %w", err)
	}
	return out.Len(), nil
}

func (r *runner) settings(ctx context.Context) ([]Setting, error) {
	var all []Setting
	for _, s := range settings {
		r.progress("building " + s.what)
		row := Setting{What: s.what}
		for path, into := range map[string]*Sizes{plugin: &row.Plugin, floor: &row.Floor} {
			wasm, err := r.link(ctx, path, s)
			if err != nil {
				return nil, err
			}
			if *into, err = measure(wasm); err != nil {
				return nil, err
			}
		}
		all = append(all, row)
	}
	return all, nil
}
