package size

import (
	"encoding/binary"
	"errors"
	"fmt"

	"flexcaselog/internal/bundle"
)

// program is a linked Go program, taken apart.
type program struct {
	functions []function
	rest      int // bytes of what its memory begins with and no function can be charged with
}

// function is one function of a program.
type function struct {
	name   string
	code   int // bytes of WebAssembly
	tables int // bytes of what the runtime knows of it: name, pointers, lines if they are there
}

var errFormat = errors.New("size: the program is not WebAssembly as Go writes it")

// open reads a program. The names are those of the table that the runtime prints stacks
// from: it is there also in a program without symbols, and its names are whole, unlike
// those of WebAssembly's name section.
func open(wasm []byte) (p program, err error) {
	table, err := bundle.Functions(wasm)
	if err != nil {
		return p, fmt.Errorf("size: %w", err)
	}
	code, err := codeOf(wasm)
	if err != nil {
		return p, err
	}
	tables := table.Bytes()
	for i, f := range table.Functions {
		if f.Index >= len(code) {
			return p, errFormat
		}
		p.functions = append(p.functions, function{f.Name, code[f.Index], tables[i]})
	}
	p.rest = table.Rest()
	return p, nil
}

// codeOf returns how many bytes the body of each of the program's own functions takes.
func codeOf(wasm []byte) (sizes []int, err error) {
	defer func() {
		if recover() != nil { // an index out of range: the file is cut off
			err = errFormat
		}
	}()
	for at := 8; at < len(wasm); {
		id := wasm[at]
		size, n := binary.Uvarint(wasm[at+1:])
		start := at + 1 + n
		at = start + int(size)
		if id == 10 {
			return bodies(wasm[start:at]), nil
		}
	}
	return nil, errFormat
}

// bodies returns how many bytes each body of a code section takes.
func bodies(b []byte) []int {
	count, n := binary.Uvarint(b)
	sizes := make([]int, count)
	for i := range sizes {
		size, m := binary.Uvarint(b[n:])
		sizes[i] = m + int(size)
		n += sizes[i]
	}
	return sizes
}
