package functab

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
)

// Go is the release whose tables this package knows. Their magic number has been the
// same since 1.20 and says nothing of what has changed in them since.
const Go = "go1.26"

// ErrUnknown is that there is no table of functions, or one that is not as this package
// knows it.
var ErrUnknown = errors.New("functab: this is not the table of functions that " + Go + " makes for js/wasm")

// unknown says what was found instead.
func unknown(format string, args ...any) error {
	return fmt.Errorf("%w: %s. Build with %s, or see what has changed in runtime/symtab.go, runtime/runtime2.go and internal/abi/symtab.go, and teach it internal/functab",
		ErrUnknown, fmt.Sprintf(format, args...), Go)
}

// Table is a program's table of functions.
type Table struct {
	Functions []Function

	memory              []byte
	names, units, files []byte // runtime.moduledata's funcnametab, cutab, filetab
	streams, extra      []byte // pctab, and from gofunc on what belongs to single functions
	lengths             map[uint32]int
	firstFunc           int
	size                int // bytes of the whole table
}

// Function is one function of a program.
type Function struct {
	Name string
	// Index is the function's place among those of the program, imports not counted.
	Index int

	at     int // of its runtime._func in the memory
	npc    int // how many offsets of streams follow that
	nextra int // and how many offsets into extra
}

// The words of the table's header, runtime.pcHeader, after the magic number.
const (
	headerFunctions = 1 + iota
	headerFiles
	_
	headerNames
	headerUnits
	headerFileNames
	headerStreams
	headerFuncs
	headerWords
)

// The words of runtime.moduledata that are looked at: the header's address, then
// slices, each an address, a length and a capacity.
const (
	moduleNames   = 1
	moduleUnits   = 4
	moduleFiles   = 7
	moduleStreams = 10
	moduleFuncs   = 13
	moduleIndex   = 16
	moduleFind    = 19
	moduleLowest  = 20
	moduleText    = 22
	moduleExtra   = 40
	moduleWords   = 42
)

// The bytes of runtime._func.
const (
	funcEntry    = 0
	funcName     = 4
	funcStack    = 16 // the stream of stack sizes, pcsp
	funcFile     = 20
	funcLine     = 24
	funcStreams  = 28 // how many streams follow
	funcUnit     = 32
	funcStart    = 36
	funcExtra    = 43 // how many offsets into extra follow
	funcSize     = 44
	knownStreams = 5 // internal/abi.PCDATA_…
	knownExtra   = 8 // internal/abi.FUNCDATA_…
)

// The streams that follow runtime._func, internal/abi.PCDATA_…
const (
	unsafePoint = 0
	inlineTree  = 2
	argLive     = 3
)

// And the offsets into extra, internal/abi.FUNCDATA_…
const (
	extraInlineTree = 3
	extraArgs       = 5
	extraArgLive    = 6
)

// none is an offset into extra that leads nowhere. Of a stream it is 0.
const none = ^uint32(0)

// magic is what runtime.pcHeader begins with: the number, two zeros, the least length of
// an instruction and the size of a pointer.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// Open reads the table in a program's memory, in which an index is an address. The
// memory is not copied. It errors with [ErrUnknown] where anything about the table is
// not as it is known.
func Open(memory []byte) (*Table, error) {
	t := &Table{memory: memory, lengths: map[uint32]int{}}
	header, module, err := find(memory)
	if err != nil {
		return nil, err
	}
	word := func(at, n int) uint64 { return binary.LittleEndian.Uint64(memory[at+8*n:]) }
	if err := t.cut(header, module, word); err != nil {
		return nil, err
	}
	count := word(header, headerFunctions)
	funcs := int(word(module, moduleFuncs))
	size := word(module, moduleFuncs+1)
	if count == 0 || count > size/8 || count+1 != word(module, moduleIndex+1) || 8*count+4 > size {
		return nil, unknown("it says that it has %d functions", count)
	}
	t.firstFunc = int(t.u32(funcs))
	if lowest := word(module, moduleLowest); lowest != (word(module, moduleText)+uint64(t.firstFunc))<<16 {
		return nil, unknown("the first address is %#x, the first function %#x", lowest, t.firstFunc)
	}
	previous := int64(-1)
	for i := range int(count) {
		entry, offset := t.u32(funcs+8*i), uint64(t.u32(funcs+8*i+4))
		if int64(entry) <= previous || offset%4 != 0 || offset < 8*count+4 || offset+funcSize > size {
			return nil, unknown("function %d is at %d and begins at %#x", i, offset, entry)
		}
		previous = int64(entry)
		f, err := t.function(funcs+int(offset), funcs+int(size))
		if err != nil {
			return nil, err
		}
		if f.Index != int(entry)-t.firstFunc {
			return nil, unknown("%s begins at %#x and is listed at %#x", f.Name, f.Index+t.firstFunc, entry)
		}
		t.Functions = append(t.Functions, f)
	}
	return t, t.account()
}

// find returns where the header of the table is, and runtime.moduledata, which points to
// it: the magic number alone may be anywhere.
func find(memory []byte) (header, module int, err error) {
	found := 0
	for at := range aligned(memory, magic, 8*headerWords) {
		var pointers []byte
		pointers = binary.LittleEndian.AppendUint64(pointers, uint64(at))
		pointers = binary.LittleEndian.AppendUint64(pointers, uint64(at)+binary.LittleEndian.Uint64(memory[at+8*headerNames:]))
		for from := range aligned(memory, pointers, 8*moduleWords) {
			header, module = at, from
			found++
		}
	}
	if found != 1 {
		return 0, 0, unknown("%d places look like one", found)
	}
	return header, module, nil
}

// aligned yields where in memory, at multiples of a word, a pattern begins that has so
// many bytes before memory's end.
func aligned(memory, pattern []byte, room int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; at < len(memory); at += 8 {
			next := bytes.Index(memory[at:], pattern)
			if next < 0 {
				return
			}
			if at += next; at%8 != 0 {
				at -= at % 8
				continue
			}
			if len(memory)-at < room || !yield(at) {
				return
			}
		}
	}
}

// cut finds the parts of the table. The header and the module must say the same of
// them, and they must lie one behind the other.
func (t *Table) cut(header, module int, word func(at, n int) uint64) error {
	end := uint64(header + 8*headerWords)
	for _, part := range []struct {
		name            string
		inHeader, inMod int
		unit            uint64 // bytes of one element
		into            *[]byte
	}{
		{"names", headerNames, moduleNames, 1, &t.names},
		{"units", headerUnits, moduleUnits, 4, &t.units},
		{"file names", headerFileNames, moduleFiles, 1, &t.files},
		{"streams", headerStreams, moduleStreams, 1, &t.streams},
		{"functions", headerFuncs, moduleFuncs, 1, nil},
	} {
		at, length := word(module, part.inMod), word(module, part.inMod+1)
		memory := uint64(len(t.memory))
		if at != uint64(header)+word(header, part.inHeader) || at < end || at > memory || length > (memory-at)/part.unit || at-end >= 64 {
			return unknown("its %s are at %d", part.name, at)
		}
		end = at + length*part.unit
		if part.into != nil {
			*part.into = t.memory[at:end]
		}
	}
	if word(module, moduleIndex) != word(module, moduleFuncs) {
		return unknown("its index is at %d", word(module, moduleIndex))
	}
	extra, next := word(module, moduleExtra), word(module, moduleFind)
	if extra < end || extra-end >= 64 || next < extra || next > uint64(len(t.memory)) {
		return unknown("what belongs to single functions is at %d", extra)
	}
	t.extra = t.memory[extra:next]
	t.size = int(end) - header
	return nil
}

func (t *Table) u32(at int) uint32 { return binary.LittleEndian.Uint32(t.memory[at:]) }

// function reads the runtime._func at a place, which must end before end.
func (t *Table) function(at, end int) (Function, error) {
	f := Function{at: at, Index: int(t.u32(at+funcEntry)) - t.firstFunc, nextra: int(t.memory[at+funcExtra])}
	npc := t.u32(at + funcStreams)
	if npc > knownStreams || f.nextra > knownExtra {
		return f, unknown("a function has %d streams and %d other tables", npc, f.nextra)
	}
	f.npc = int(npc)
	if at+f.size() > end {
		return f, unknown("a function is cut off")
	}
	name, ok := text(t.names, t.u32(at+funcName))
	if !ok {
		return f, unknown("a function's name is at %d", t.u32(at+funcName))
	}
	f.Name = name
	for _, o := range f.offsets() {
		offset := t.u32(o)
		if _, seen := t.lengths[offset]; seen || offset == 0 {
			continue
		}
		length, ok := t.length(offset)
		if !ok {
			return f, unknown("%s has a stream at %d, which is none", f.Name, offset)
		}
		t.lengths[offset] = length
	}
	for i := range f.nextra {
		if offset := t.u32(f.extra(i)); offset != none && uint64(offset) >= uint64(len(t.extra)) {
			return f, unknown("%s has a table of the kind %d at %d", f.Name, i, offset)
		}
	}
	return f, nil
}

// size is how many bytes the function has in the list of functions.
func (f Function) size() int { return funcSize + 4*(f.npc+f.nextra) }

func (f Function) stream(kind int) int { return f.at + funcSize + 4*kind }
func (f Function) extra(kind int) int  { return f.at + funcSize + 4*(f.npc+kind) }

// offsets returns where the function's offsets of streams are.
func (f Function) offsets() []int {
	all := []int{f.at + funcStack, f.at + funcFile, f.at + funcLine}
	for i := range f.npc {
		all = append(all, f.stream(i))
	}
	return all
}

// text returns the text at an offset, up to a zero.
func text(b []byte, offset uint32) (string, bool) {
	if uint64(offset) >= uint64(len(b)) {
		return "", false
	}
	b = b[offset:]
	end := bytes.IndexByte(b, 0)
	if end < 0 {
		return "", false
	}
	return string(b[:end]), true
}

// Rest is how many bytes of the memory are not the table's.
func (t *Table) Rest() int { return len(t.memory) - t.size }

// Bytes returns for each function how many bytes the table has for it: its name, its
// entry, and its streams, of which those that several use are the first one's.
func (t *Table) Bytes() []int {
	all := make([]int, len(t.Functions))
	seen := map[uint32]bool{}
	for i, f := range t.Functions {
		all[i] = len(f.Name) + 1 + 8 + f.size()
		for _, o := range f.offsets() {
			if offset := t.u32(o); !seen[offset] {
				seen[offset] = true
				all[i] += t.lengths[offset]
			}
		}
	}
	return all
}
