package functab

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheTableIsRead(t *testing.T) {
	t.Parallel()
	table, err := Open(makeTiny().memory)
	require.NoError(t, err)
	var names []string
	for i, f := range table.Functions {
		require.Equal(t, i, f.Index)
		names = append(names, f.Name)
	}
	require.Equal(t, []string{"main.one", "main.leaf", "main.assembly"}, names)
	require.Equal(t, len("main.assembly")+1+8+funcSize, table.Bytes()[2])
}

func TestAnInlinedCallIsAFrame(t *testing.T) {
	t.Parallel()
	table, err := Open(makeTiny().memory)
	require.NoError(t, err)
	one := table.Functions[0]
	for address, want := range [][]Frame{
		0: {{"main.one", "main.go", 10}},
		1: {{"main.innermost", "main.go", 33}, {"main.inner[...]", "main.go", 22}, {"main.one", "other.go", 44}},
		2: {{"main.inner[...]", "main.go", 22}, {"main.one", "other.go", 44}},
		3: {{"main.one", "other.go", 44}},
		4: {{"main.one", "other.go", 12}},
		5: nil,
	} {
		require.Equal(t, want, table.At(one, uint32(address)), address)
	}
	require.Equal(t, []Frame{{"main.leaf", "other.go", 3}}, table.At(table.Functions[1], 1))
	require.Empty(t, table.At(table.Functions[2], 0), "assembly has no lines")
}

func TestWhatIsNotKnownIsRefusedAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*tiny){
		"nothing":                               func(p *tiny) { p.memory = nil },
		"another magic number":                  func(p *tiny) { p.memory[p.header] = 0xf2 },
		"another size of pointers":              func(p *tiny) { p.memory[p.header+7] = 4 },
		"nothing that points to the header":     func(p *tiny) { p.memory[p.module]++ },
		"two tables":                            func(p *tiny) { p.memory = append(p.memory, p.memory[p.module:]...) },
		"a memory that ends in the table":       func(p *tiny) { p.memory = p.memory[:p.module] },
		"parts in another order":                func(p *tiny) { p.put(p.header+8*headerUnits, 5000) },
		"a gap between the parts":               func(p *tiny) { p.put(p.module+8*moduleNames+8, 1) },
		"a part that is too long":               func(p *tiny) { p.put(p.module+8*moduleStreams+8, 1<<20) },
		"more functions than there is room":     func(p *tiny) { p.put(p.header+8*headerFunctions, 1<<20) },
		"one function less in the index":        func(p *tiny) { p.put(p.module+8*moduleIndex+8, 3) },
		"no functions":                          func(p *tiny) { p.put(p.header+8*headerFunctions, 0) },
		"addresses reckoned in another way":     func(p *tiny) { p.put(p.module+8*moduleLowest, tinyText) },
		"functions that are not in order":       func(p *tiny) { p.put(p.funcs+8, tinyText+9) },
		"a function at an odd place":            func(p *tiny) { p.put(p.funcs+4, 33) },
		"a function behind the end":             func(p *tiny) { p.put(p.funcs+20, 1<<16) },
		"a function that begins somewhere else": func(p *tiny) { p.put(p.function(1, funcEntry), 77) },
		"a name that is not there":              func(p *tiny) { p.put(p.function(1, funcName), 1<<16) },
		"a name without an end": func(p *tiny) {
			p.memory[p.units-1], p.memory[p.units-2], p.memory[p.units-3], p.memory[p.units-4] = 1, 1, 1, 1
			p.put(p.function(1, funcName), uint32(p.units-p.names-3))
		},
		"a kind of stream that is new": func(p *tiny) { p.put(p.function(0, funcStreams), knownStreams+1) },
		"a kind of table that is new":  func(p *tiny) { p.memory[p.function(0, funcExtra)] = knownExtra + 1 },
		"a table that is not there":    func(p *tiny) { p.put(p.function(1, funcSize+8), 1<<16) },
		"a stream that is not there":   func(p *tiny) { p.put(p.function(0, funcStack), 1<<16) },
		"a stream without an end":      func(p *tiny) { p.put(p.function(0, funcStack), uint32(p.funcs-p.streams-1)) },
		"a stream in a stream":         func(p *tiny) { p.put(p.function(0, funcLine), uint32(p.line+2)) },
		"a stream that nobody uses":    func(p *tiny) { p.put(p.function(0, funcLine), 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := makeTiny()
			spoil(p)
			before := slices.Clone(p.memory)
			err := Strip(p.memory)
			require.ErrorIs(t, err, ErrUnknown)
			require.ErrorContains(t, err, "Build with "+Go)
			require.True(t, bytes.Equal(before, p.memory))
		})
	}
}

func TestLinesGoAndAllElseStays(t *testing.T) {
	t.Parallel()
	p := makeTiny()
	before := makeTiny()
	require.NoError(t, Strip(p.memory))
	old, err := Open(before.memory)
	require.NoError(t, err)
	table, err := Open(p.memory)
	require.NoError(t, err, "it is still a table")
	same(t, old, table)
	for i, f := range table.Functions {
		for address := range uint32(5) {
			require.Empty(t, table.At(f, address), i)
		}
	}
	require.Empty(t, bytes.Trim(table.units, "\x00"))
	require.Empty(t, bytes.Trim(table.files, "\x00"))
	require.Zero(t, p.memory[p.streams+p.line], "the lines are gone")
	require.NotZero(t, p.memory[p.streams+p.stack], "the stack map is not")
	require.NotZero(t, p.memory[p.streams+p.shared], "nor what is leaf's lines and stack map in one")
	require.NoError(t, Strip(p.memory), "twice is as good as once")
}

// same looks whether the runtime finds its way in table as in old.
func same(t *testing.T, old, table *Table) {
	t.Helper()
	require.Len(t, table.Functions, len(old.Functions))
	for i, f := range table.Functions {
		was := old.Functions[i]
		require.Equal(t, was, f)
		kept := []int{f.at + funcStack}
		for _, kind := range []int{1, inlineTree, 4} {
			if kind < f.npc {
				kept = append(kept, f.stream(kind))
			}
		}
		for _, at := range kept {
			offset := old.u32(at)
			require.Equal(t, offset, table.u32(at))
			if offset != 0 {
				require.Equal(t, old.streams[offset:][:old.lengths[offset]], table.streams[offset:][:old.lengths[offset]])
			}
		}
		for kind := range f.nextra {
			if kind != extraArgs && kind != extraArgLive {
				require.Equal(t, old.u32(was.extra(kind)), table.u32(f.extra(kind)))
			}
		}
	}
}

// Whatever the memory is, it is refused, or the runtime finds its way in it as before,
// and nothing outside of the table has changed.
func FuzzStrip(f *testing.F) {
	f.Add(0, []byte{})
	f.Add(64, []byte("\xf2"))
	f.Add(300, []byte("\x01\x02\x03\x04"))
	f.Fuzz(func(t *testing.T, at int, over []byte) {
		p := makeTiny()
		if at >= 0 && at < len(p.memory) {
			copy(p.memory[at:], over)
		}
		before := slices.Clone(p.memory)
		if err := Strip(p.memory); err != nil {
			require.ErrorIs(t, err, ErrUnknown)
			require.True(t, bytes.Equal(before, p.memory))
			return
		}
		old, err := Open(before)
		require.NoError(t, err)
		table, err := Open(p.memory)
		require.NoError(t, err)
		same(t, old, table)
		require.True(t, bytes.Equal(before[:p.units], p.memory[:p.units]))
		require.True(t, bytes.Equal(before[p.extra:], p.memory[p.extra:]))
		for _, f := range old.Functions {
			for address := range uint32(6) {
				old.At(f, address)
			}
		}
	})
}
