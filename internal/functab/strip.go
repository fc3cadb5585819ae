package functab

import "encoding/binary"

// Strip puts zeros where a program's memory describes what only people want to know:
// files, lines, and how arguments are printed. Nothing is moved, and zeros pack to
// nothing. A stack of such a program names functions, and says ?:0 instead of file and
// line; [Table.Explain] puts those back.
//
// The names stay: the runtime goes by some of them. The pointer maps and the sizes of
// frames stay: by them it finds its way along the stack. What goes is
//
//   - The streams of files and lines, the units and file names that they lead to, and the
//     line at which a function begins. Only funcline1, Func.startLine and the profilers
//     read them, and they take "no stream" for an answer: it is that of assembly.
//   - The stream that says where a goroutine may be interrupted (PCDATA_UnsafePoint).
//     Only isAsyncSafePoint and debugcall.go read it: the one is called from signal handlers
//     alone, and js/wasm has neither signals nor threads (preemptMSupported is false in
//     runtime/os_wasm.go), and the other is not compiled for it.
//   - What is known of arguments (FUNCDATA_ArgInfo, FUNCDATA_ArgLiveInfo,
//     PCDATA_ArgLiveIndex). Only printArgs reads it, for the words in the brackets behind a
//     function's name.
//
// It errors with [ErrUnknown], and changes nothing, where the table is not as it is known.
func Strip(memory []byte) error {
	t, err := Open(memory)
	if err != nil {
		return err
	}
	before := t.lengths
	used := map[uint32]bool{}
	for _, f := range t.Functions {
		for _, at := range []int{funcFile, funcLine, funcUnit, funcStart} {
			t.put(f.at+at, 0)
		}
		for _, kind := range []int{unsafePoint, argLive} {
			if kind < f.npc {
				t.put(f.stream(kind), 0)
			}
		}
		for _, kind := range []int{extraArgs, extraArgLive} {
			if kind < f.nextra {
				t.put(f.extra(kind), none)
			}
		}
		for _, o := range f.offsets() {
			used[t.u32(o)] = true
		}
	}
	// The linker writes streams of the same contents once, of whichever kind they are, so
	// one goes only where nobody has it any more.
	for start, length := range before {
		if !used[start] {
			clear(t.streams[start:][:length])
		}
	}
	clear(t.units)
	clear(t.files)
	return nil
}

func (t *Table) put(at int, v uint32) { binary.LittleEndian.PutUint32(t.memory[at:], v) }
