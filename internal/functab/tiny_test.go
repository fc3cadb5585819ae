package functab

import (
	"encoding/binary"
	"slices"
)

// tiny is the memory of a program with a table of three functions: one, with two
// inlined into it; leaf, with one stream for its lines and its stack map; and one of
// assembly, without anything.
type tiny struct {
	memory                       []byte
	header, module, names, units int
	streams, funcs, extra        int
	functions                    []int // where their runtime._func are, from funcs on
	shared, line, stack          int   // streams: of leaf's two uses; of one's lines, of its stack map
}

// stream writes pairs of a value and the address where it ends.
func stream(pairs ...int32) (b []byte) {
	value, end := int32(-1), int32(0)
	for i := 0; i < len(pairs); i += 2 {
		b = binary.AppendVarint(b, int64(pairs[i]-value))
		b = binary.AppendUvarint(b, uint64(pairs[i+1]-end))
		value, end = pairs[i], pairs[i+1]
	}
	return append(b, 0)
}

const tinyText = 0x1000 // the first function's index

func makeTiny() *tiny {
	t := &tiny{memory: make([]byte, 64), header: 64}
	t.memory = append(t.memory, magic...)
	t.memory = append(t.memory, make([]byte, 8*(headerWords-1))...)
	part := func(b []byte) int {
		at := len(t.memory)
		t.memory = append(t.memory, b...)
		t.memory = append(t.memory, make([]byte, (8-len(t.memory)%8)%8)...)
		return at
	}
	words := func(v ...uint32) (b []byte) {
		for _, v := range v {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
		return b
	}
	names := []byte("main.one\x00main.inner[go.shape.int]\x00main.innermost\x00main.leaf\x00main.assembly\x00")
	name := func(s string) uint32 { return uint32(slices.Index(split(names), s)) }
	t.names = part(names)
	t.units = part(words(none, 0, 8))
	files := part([]byte("main.go\x00other.go\x00"))

	streams := []byte{0}
	add := func(b []byte) uint32 {
		at := len(streams)
		streams = append(streams, b...)
		return uint32(at)
	}
	frame := add(stream(0, 1, 32, 4, 0, 5))
	file := add(stream(1, 3, 2, 5))
	line := add(stream(10, 1, 33, 2, 22, 3, 44, 4, 12, 5))
	unsafe := add(stream(-2, 1, -1, 5))
	stack := add(stream(0, 2, 1, 5))
	inline := add(stream(-1, 1, 1, 2, 0, 3, -1, 5))
	bounds := add(stream(7, 5))
	leafFrame := add(stream(0, 2))
	leafFile := add(stream(1, 2))
	shared := add(stream(3, 2))
	t.shared, t.line, t.stack = int(shared), int(line), int(stack)
	t.streams = part(streams)

	function := func(index, name, frame, file, line, unit, start uint32, streams, extra []uint32) []byte {
		b := words(tinyText+index, name, 0, 0, frame, file, line, uint32(len(streams)), unit, start, uint32(len(extra))<<24)
		return append(append(b, words(streams...)...), words(extra...)...)
	}
	var list []byte
	at := []uint32{32}
	for _, f := range [][]byte{
		function(0, name("main.one"), frame, file, line, 0, 9, []uint32{unsafe, stack, inline, 0, bounds}, []uint32{0, 4, none, 8, none, 0, 4}),
		function(1, name("main.leaf"), leafFrame, leafFile, shared, 1, 2, []uint32{0, shared}, []uint32{0}),
		function(2, name("main.assembly"), 0, 0, 0, 0, 0, nil, nil),
	} {
		f = append(f, make([]byte, (8-len(f)%8)%8)...)
		list = append(list, f...)
		at = append(at, at[len(at)-1]+uint32(len(f)))
	}
	index := words(tinyText, at[0], tinyText+1, at[1], tinyText+2, at[2], tinyText+3, 0)
	for _, a := range at[:3] {
		t.functions = append(t.functions, int(a))
	}
	funcs := append(index, list...)
	t.funcs = part(funcs)
	inlined := func(name, parent uint32) []byte { return words(0, name, parent, 0) }
	extra := slices.Concat(words(1, 2), inlined(name("main.inner[go.shape.int]"), 3), inlined(name("main.innermost"), 2))
	t.extra = part(extra)
	find := part(make([]byte, 24))

	module := make([]uint64, moduleWords)
	module[0] = uint64(t.header)
	slice := func(n, at, length int) {
		module[n], module[n+1], module[n+2] = uint64(at), uint64(length), uint64(length)
	}
	slice(moduleNames, t.names, len(names))
	slice(moduleUnits, t.units, 3)
	slice(moduleFiles, files, 17)
	slice(moduleStreams, t.streams, len(streams))
	slice(moduleFuncs, t.funcs, len(funcs))
	slice(moduleIndex, t.funcs, 4)
	module[moduleFind], module[moduleExtra] = uint64(find), uint64(t.extra)
	module[moduleLowest] = tinyText << 16
	t.module = len(t.memory)
	for _, w := range module {
		t.memory = binary.LittleEndian.AppendUint64(t.memory, w)
	}
	header := func(n, v int) { binary.LittleEndian.PutUint64(t.memory[t.header+8*n:], uint64(v)) }
	header(headerFunctions, 3)
	header(headerFiles, 2)
	for n, at := range map[int]int{headerNames: t.names, headerUnits: t.units, headerFileNames: files, headerStreams: t.streams, headerFuncs: t.funcs} {
		header(n, at-t.header)
	}
	return t
}

// split returns names by where they begin: at all other places is nothing.
func split(names []byte) []string {
	all := make([]string, len(names))
	from := 0
	for i, c := range names {
		if c == 0 {
			all[from] = string(names[from:i])
			from = i + 1
		}
	}
	return all
}

func (t *tiny) put(at int, v uint32) { binary.LittleEndian.PutUint32(t.memory[at:], v) }

// function is where a word of a function is.
func (t *tiny) function(n, word int) int { return t.funcs + t.functions[n] + word }
