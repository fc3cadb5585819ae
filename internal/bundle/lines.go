package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"flexcaselog/internal/functab"
)

// Shrink returns a linked program as it is shipped: the same program, smaller once it is
// packed. It errors where the program is not as Go's linker writes it.
func Shrink(linked []byte) ([]byte, error) {
	joined, err := JoinSegments(linked)
	if err != nil {
		return nil, err
	}
	return WithoutLines(joined)
}

// WithoutLines returns the same program without what describes its source lines: see
// [functab.Strip]. Packed, that is 8 % less.
//
// What goes becomes zeros, and the pieces of memory stay as they are: to leave long runs
// of zeros out again gained a hundred bytes, and to leave out short ones cost a thousand.
//
// It errors where the program was made by another Go than [functab] knows, or is not as
// that one writes it.
func WithoutLines(wasm []byte) ([]byte, error) {
	sections, err := parseSections(wasm)
	if err != nil {
		return nil, err
	}
	if err := knownGo(sections); err != nil {
		return nil, err
	}
	return mapSegments(wasm, func(segments []segment) ([]segment, error) {
		memory, err := unroll(segments)
		if err != nil {
			return nil, err
		}
		if err := functab.Strip(memory); err != nil {
			return nil, fmt.Errorf("bundle: %w", err)
		}
		stripped := make([]segment, len(segments))
		for i, s := range segments {
			stripped[i] = segment{s.at, memory[s.at:][:len(s.bytes)]}
		}
		return stripped, nil
	})
}

// Functions returns the table of functions of a program that still has its lines.
func Functions(wasm []byte) (*functab.Table, error) {
	sections, err := parseSections(wasm)
	if err != nil {
		return nil, err
	}
	if err := knownGo(sections); err != nil {
		return nil, err
	}
	for _, s := range sections {
		if s.id != dataSection {
			continue
		}
		segments, err := parseSegments(s.body)
		if err != nil {
			return nil, err
		}
		memory, err := unroll(segments)
		if err != nil {
			return nil, err
		}
		t, err := functab.Open(memory)
		if err != nil {
			return nil, fmt.Errorf("bundle: %w", err)
		}
		return t, nil
	}
	return nil, fmt.Errorf("%w: it has no data", errNotWasm)
}

// Lines builds the program that the script for the same options would have in it once
// more, and returns its table of functions with the lines that the script does without.
func Lines(ctx context.Context, o Options) (*functab.Table, error) {
	linked, err := linkPlugin(ctx, o)
	if err != nil {
		return nil, err
	}
	return Functions(linked)
}

// maxMemory is more than any program's first memory.
const maxMemory = 1 << 28

// unroll returns the memory that segments describe.
func unroll(segments []segment) ([]byte, error) {
	end := uint64(0)
	for _, s := range segments {
		end = max(end, s.at+uint64(len(s.bytes)))
	}
	if end > maxMemory {
		return nil, fmt.Errorf("%w: its data ends at %d", errNotWasm, end)
	}
	memory := make([]byte, end)
	for _, s := range segments {
		copy(memory[s.at:], s.bytes)
	}
	return memory, nil
}

// producers is the section in which a compiler says what it is. See
// https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md
const producers = "producers"

var errOtherGo = errors.New("bundle: the program was not made by " + functab.Go +
	", whose tables alone are known: build with that, or see what has changed and teach it internal/functab")

// knownGo errors where another Go made the program.
func knownGo(sections []section) error {
	for _, s := range sections {
		name, body, ok := cutVector(s.body)
		if s.id != customSection || !ok || string(name) != producers {
			continue
		}
		_, after, ok := bytes.Cut(body, []byte("\x02Go"))
		version, _, isVector := cutVector(after)
		if !ok || !isVector {
			return errOtherGo
		}
		if rest, ok := strings.CutPrefix(string(version), functab.Go); !ok || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return fmt.Errorf("%w: it says %q", errOtherGo, version)
		}
		return nil
	}
	return fmt.Errorf("%w: it does not say which made it", errOtherGo)
}
