package size

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// program is a linked Go program, taken apart.
type program struct {
	code []int  // bytes of each of the program's own functions
	data []byte // what its memory begins with
	rest int    // bytes of all other sections
}

var errFormat = errors.New("size: the program is not WebAssembly as Go writes it")

// open reads a program.
func open(wasm []byte) (p program, err error) {
	defer func() {
		if recover() != nil { // an index out of range: the file is cut off
			err = errFormat
		}
	}()
	if len(wasm) < 8 || string(wasm[:4]) != "\x00asm" {
		return p, errFormat
	}
	for at := 8; at < len(wasm); {
		id := wasm[at]
		size, n := binary.Uvarint(wasm[at+1:])
		start := at + 1 + n
		at = start + int(size)
		switch body := wasm[start:at]; id {
		case 10:
			p.code = functions(body)
		case 11:
			p.data = contents(body)
		default:
			p.rest += len(body)
		}
	}
	if p.code == nil || p.data == nil {
		return p, errFormat
	}
	return p, nil
}

// functions returns how many bytes each body of a code section takes.
func functions(b []byte) []int {
	count, n := binary.Uvarint(b)
	sizes := make([]int, count)
	for i := range sizes {
		size, m := binary.Uvarint(b[n:])
		sizes[i] = m + int(size)
		n += sizes[i]
	}
	return sizes
}

// contents returns the memory that a data section describes.
func contents(b []byte) (memory []byte) {
	count, n := binary.Uvarint(b)
	for range count {
		n += 2 // flags, i32.const
		at, shift := 0, 0
		for ; ; n++ {
			at |= int(b[n]&0x7f) << shift
			shift += 7
			if b[n] < 0x80 {
				break
			}
		}
		n += 2 // the address's last byte, end
		size, m := binary.Uvarint(b[n:])
		n += m
		if end := at + int(size); end > len(memory) {
			memory = append(memory, make([]byte, end-len(memory))...)
		}
		copy(memory[at:], b[n:n+int(size)])
		n += int(size)
	}
	return memory
}

// function is one function of a program.
type function struct {
	name   string
	code   int // bytes of WebAssembly
	tables int // bytes of what the runtime knows of it: name, lines, pointers
}

// The beginning of Go's table of functions. See runtime.pcHeader and runtime._func
// of Go 1.26.
var tableMagic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

const funcStruct = 44 // bytes of runtime._func up to its tables' offsets

// table reads the program's own table of functions. It is what the runtime prints
// stacks from, so it is there also in a program without symbols, and its names
// are whole, unlike those of WebAssembly's name section.
func (p program) table() (all []function, err error) {
	defer func() {
		if recover() != nil {
			err = errFormat
		}
	}()
	at := bytes.Index(p.data, tableMagic)
	if at < 0 {
		return nil, fmt.Errorf("%w: no table of functions", errFormat)
	}
	t := p.data[at:]
	word := func(i int) int { return int(binary.LittleEndian.Uint64(t[8+8*i:])) }
	count, names, pctab, funcs := word(0), t[word(3):], t[word(6):], t[word(7):]
	seen := map[uint32]bool{} // tables may be shared; the first one to use a table has it
	u32 := func(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
	for i := range count {
		f := funcs[u32(funcs, 2*i+1):]
		name := names[u32(f, 1):]
		name = name[:bytes.IndexByte(name, 0)]
		own := function{name: string(name), code: p.code[u32(funcs, 2*i)-u32(funcs, 0)]}
		npcdata, nfuncdata := int(u32(f, 7)), int(f[funcStruct-1])
		own.tables = len(name) + 1 + 8 + funcStruct + 4*(npcdata+nfuncdata)
		offsets := []uint32{u32(f, 4), u32(f, 5), u32(f, 6)}
		for j := range npcdata {
			offsets = append(offsets, u32(f[funcStruct:], j))
		}
		for _, o := range offsets {
			if o == 0 || seen[o] {
				continue
			}
			seen[o] = true
			own.tables += stream(pctab[o:])
		}
		all = append(all, own)
	}
	return all, nil
}

// stream returns how long a table of values by address is: pairs of numbers, up
// to a zero.
func stream(b []byte) int {
	n := 0
	for {
		delta, m := binary.Uvarint(b[n:])
		if delta == 0 && n > 0 {
			return n + m
		}
		n += m
		_, m = binary.Uvarint(b[n:])
		n += m
	}
}
