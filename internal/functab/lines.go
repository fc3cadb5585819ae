package functab

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Frame is a function on a stack, and where it was.
type Frame struct {
	Function string // as a stack has it: see printed
	File     string
	Line     int
}

func (f Frame) position() string { return fmt.Sprintf("%s:%d", f.File, f.Line) }

// At returns the frames that a function stands for at an address, reckoned from its
// beginning: first what is inlined there, the innermost first, and last the function
// itself. There are none where the address is behind its end, or the table has no lines.
//
// In WebAssembly an address is not a place in the code but the number of one of the
// function's calls, for only there it can be entered again.
func (t *Table) At(f Function, address uint32) []Frame {
	if address >= t.end(t.u32(f.at+funcLine)) {
		return nil
	}
	var frames []Frame
	tree, hasTree := t.inlined(f)
	for range maxInlined {
		file, line, ok := t.position(f, address)
		if !ok {
			return nil
		}
		call := int32(-1)
		if hasTree {
			call = t.value(t.u32(f.stream(inlineTree)), address)
		}
		if call < 0 {
			return append(frames, Frame{printed(f.Name), file, line})
		}
		name, parent, ok := t.call(tree, call)
		if !ok {
			return nil
		}
		frames = append(frames, Frame{printed(name), file, line})
		address = parent
	}
	return nil
}

// maxInlined is more than the compiler inlines into each other, so that a table that
// leads in a circle comes to an end.
const maxInlined = 1000

// position returns the file and the line of an address.
func (t *Table) position(f Function, address uint32) (file string, line int, ok bool) {
	n, l := t.value(t.u32(f.at+funcFile), address), t.value(t.u32(f.at+funcLine), address)
	unit := 4 * (uint64(t.u32(f.at+funcUnit)) + uint64(uint32(n)))
	if n < 0 || l < 0 || unit+4 > uint64(len(t.units)) {
		return "", 0, false
	}
	file, ok = text(t.files, binary.LittleEndian.Uint32(t.units[unit:]))
	return file, int(l), ok
}

// inlined returns what is known of the calls that are inlined in a function.
func (t *Table) inlined(f Function) (tree []byte, ok bool) {
	if f.npc <= inlineTree || f.nextra <= extraInlineTree {
		return nil, false
	}
	offset := t.u32(f.extra(extraInlineTree))
	if offset == none {
		return nil, false
	}
	return t.extra[offset:], true
}

// call returns the function of an inlined call, and the address in its caller: see
// runtime.inlinedCall.
func (t *Table) call(tree []byte, n int32) (name string, parent uint32, ok bool) {
	const size, nameAt, parentAt = 16, 4, 8
	if (int(n)+1)*size > len(tree) {
		return "", 0, false
	}
	b := tree[int(n)*size:]
	name, ok = text(t.names, binary.LittleEndian.Uint32(b[nameAt:]))
	return name, binary.LittleEndian.Uint32(b[parentAt:]), ok
}

// printed is a function's name as the runtime prints it: what stands for the types of a
// generic one is left out. See runtime.printFuncName.
func printed(name string) string {
	if name == "runtime.gopanic" {
		return "panic"
	}
	from, to := strings.IndexByte(name, '['), strings.LastIndexByte(name, ']')
	if from < 0 || to <= from {
		return name
	}
	return name[:from] + "[...]" + name[to+1:]
}
