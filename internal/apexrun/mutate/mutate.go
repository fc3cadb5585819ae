// Package mutate breaks an SFDX project, one line at a time, to find out whether its tests would notice.
//
// It must not know how a project is tested: that is a [Check] of the caller's.
package mutate

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Mutant is one break of one file.
type Mutant struct {
	File string // relative to the project
	Line int
	What string // the kind of break, in a few words
	Of   string // in metadata, the field or object whose part is broken; else empty

	Before, After string // the line, trimmed

	text string // of the whole file
}

// Key tells what is broken and how, for as long as its line stays as it is and wherever the line moves to.
func (m Mutant) Key() string {
	key := m.Before + " => " + m.After
	if m.Of != "" {
		key = m.Of + " " + key
	}
	return strings.TrimSpace(filepath.Base(m.File) + ": " + key)
}

// Check tries a project and says what noticed that it is broken; empty where nothing did.
type Check func(ctx context.Context, project string) (caughtBy string, err error)

// Generate makes the mutants of the shipped part of a project: its classes without the tests, its permission sets, fields and settings.
func Generate(project string) ([]Mutant, error) {
	var out []Mutant
	err := filepath.WalkDir(project, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skip(path, project, entry)
		}
		breaks := breaksOf(path)
		if breaks == nil {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(project, path)
		if err != nil {
			return err
		}
		for _, b := range breaks(string(text)) {
			out = append(out, b.mutant(name, string(text)))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mutate: %w", err)
	}
	return out, nil
}

// skip passes over what is hidden and what npm has fetched.
func skip(path, project string, entry fs.DirEntry) error {
	if path != project && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")) {
		return fs.SkipDir
	}
	return nil
}

// breaksOf chooses what makes the breaks of a file; nil where the file is not to be broken.
func breaksOf(path string) func(text string) []cut {
	switch {
	case strings.HasSuffix(path, ".cls"):
		return classCuts
	case strings.HasSuffix(path, ".permissionset-meta.xml"), strings.HasSuffix(path, ".field-meta.xml"), strings.HasSuffix(path, ".md-meta.xml"),
		strings.HasSuffix(path, ".object-meta.xml"), strings.HasSuffix(path, ".cls-meta.xml"):
		return metadataCuts
	}
	return nil
}

// cut puts another text in the place of bytes of a file.
type cut struct {
	what     string
	from, to int
	with     string
	of       string
}

func (c cut) mutant(file, text string) Mutant {
	after := text[:c.from] + c.with + text[c.to:]
	start := strings.LastIndexByte(text[:c.from], '\n') + 1
	line := func(s string, to int) string {
		end := strings.IndexByte(s[to:], '\n')
		if end < 0 {
			end = len(s) - to
		}
		return strings.Join(strings.Fields(s[start:to+end]), " ")
	}
	return Mutant{
		File: file, Line: strings.Count(text[:c.from], "\n") + 1, What: c.what, Of: c.of,
		Before: line(text, c.to), After: line(after, c.from+len(c.with)), text: after,
	}
}

// Spread picks at most n mutants, evenly; all of them where n is 0.
func Spread(all []Mutant, n int) []Mutant {
	if n <= 0 || n >= len(all) {
		return all
	}
	out := make([]Mutant, 0, n)
	for i := range n {
		out = append(out, all[i*len(all)/n])
	}
	return out
}

// Copy copies a project to where it may be broken, without what is hidden and what npm has fetched.
func Copy(project, to string) error {
	err := filepath.WalkDir(project, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(project, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if err := skip(path, project, entry); err != nil {
				return err
			}
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), text, 0o600)
	})
	if err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	return nil
}

// Try breaks the copy of a project, checks it and mends it again.
func Try(ctx context.Context, m Mutant, copied string, check Check) (caughtBy string, err error) {
	path := filepath.Join(copied, m.File)
	before, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("mutate: %w", err)
	}
	if err := os.WriteFile(path, []byte(m.text), 0o600); err != nil {
		return "", fmt.Errorf("mutate: %w", err)
	}
	caughtBy, err = check(ctx, copied)
	if mend := os.WriteFile(path, before, 0o600); mend != nil {
		return "", fmt.Errorf("mutate: %w", mend)
	}
	return caughtBy, err
}
