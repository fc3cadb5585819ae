package size

import (
	"cmp"
	"slices"
	"strings"
)

// Package is what one package costs in a program.
type Package struct {
	Path   string
	Code   int // bytes of its functions
	Tables int // bytes of what the runtime knows of them
	Floor  int // how much of both the floor has, too
}

// Bytes is what the package costs.
func (p Package) Bytes() int { return p.Code + p.Tables }

// Extra is what it costs more than in the floor.
func (p Package) Extra() int { return p.Bytes() - p.Floor }

// packages sums up functions by package, the most expensive first.
func packages(functions, floor []function) []Package {
	byPath := map[string]*Package{}
	at := func(f function) *Package {
		path := packageOf(f.name)
		if byPath[path] == nil {
			byPath[path] = &Package{Path: path}
		}
		return byPath[path]
	}
	for _, f := range functions {
		p := at(f)
		p.Code += f.code
		p.Tables += f.tables
	}
	for _, f := range floor {
		at(f).Floor += f.code + f.tables
	}
	all := make([]Package, 0, len(byPath))
	for _, p := range byPath {
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b Package) int {
		return cmp.Or(cmp.Compare(b.Extra(), a.Extra()), cmp.Compare(b.Bytes(), a.Bytes()), cmp.Compare(a.Path, b.Path))
	})
	return all
}

// packageOf returns the package that a function is from, by its name in the
// program: path/to/package.(*Type).Method, type:.eq.path/to/package.Type,
// package.Function[shape].
func packageOf(name string) string {
	name = strings.TrimPrefix(name, "type:.eq.")
	name = strings.TrimPrefix(name, "go:")
	name, _, _ = strings.Cut(name, "[")
	slash := strings.LastIndexByte(name, '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot < 0 {
		return "(compiler)"
	}
	return name[:slash+dot]
}
