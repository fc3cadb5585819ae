package size

import (
	"context"

	"flexcaselog/internal/bundle"
)

const (
	plugin = "./cmd/plugin"
	floor  = "./bench/size/floor"
)

// Report is where the bytes are.
type Report struct {
	Plugin, Floor Sizes
	Plain         Sizes     // the floor as anybody would build it
	Packages      []Package // of the plugin, by what they cost more than in the floor
	Code, Tables  int       // of all packages
	Memory        int       // what memory begins with, the tables left out: types, texts, pointer maps
	Settings      []Setting
	Imports       []Import
}

// Ratio is how many times the floor the plugin is, both treated the same way.
func (r Report) Ratio() float64 { return float64(r.Plugin.Packed) / float64(r.Floor.Packed) }

// PlainRatio is how many times the floor as anybody would build and serve it the plugin
// is.
func (r Report) PlainRatio() float64 { return float64(r.Plugin.Packed) / float64(r.Plain.Gzip) }

// Run builds and measures. It builds everything in one run, with the tools at hand,
// so that the figures may be compared.
func Run(ctx context.Context, dir string, whole bool, progress func(string)) (Report, error) {
	r := &runner{dir, progress}
	var report Report
	var functions [2][]function
	for i, part := range []struct {
		path string
		into *Sizes
	}{{plugin, &report.Plugin}, {floor, &report.Floor}} {
		progress("building " + part.path)
		wasm, err := r.link(ctx, part.path, shipped)
		if err != nil {
			return report, err
		}
		if *part.into, err = measure(wasm); err != nil {
			return report, err
		}
		packed, err := bundle.Pack(dir, wasm)
		if err != nil {
			return report, err
		}
		part.into.Packed = len(packed)
		if part.into.Brotli, err = Brotli(wasm); err != nil {
			return report, err
		}
		p, err := open(wasm)
		if err != nil {
			return report, err
		}
		functions[i] = p.functions
		if part.path == plugin {
			report.Memory = p.rest
		}
	}
	progress("building " + floor + " as anybody would")
	var err error
	if report.Plain, err = r.build(ctx, floor, plain); err != nil {
		return report, err
	}
	report.Packages = packages(functions[0], functions[1])
	for _, p := range report.Packages {
		report.Code += p.Code
		report.Tables += p.Tables
	}
	if !whole {
		return report, nil
	}
	if report.Settings, err = r.settings(ctx); err != nil {
		return report, err
	}
	report.Imports, err = r.imports(ctx)
	return report, err
}
