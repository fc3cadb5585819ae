package functab

import (
	"encoding/binary"
	"slices"
)

// A stream is how the table writes a value that changes along a function: by how much
// it changes, and after how many addresses it does so again, up to a zero. Before the
// first change it is -1. See runtime.pcvalue and step.

// number reads an unsigned number at b's beginning. It returns 0 for n where there is
// none.
func number(b []byte) (value uint32, n int) {
	v, n := binary.Uvarint(b)
	if n <= 0 || n > 5 {
		return 0, 0
	}
	return uint32(v), n
}

// steps calls f for each value and the address, reckoned from the function's beginning,
// at which it ends, until f returns false. It returns how long the stream is, if it was
// read to its end.
func (t *Table) steps(offset uint32, f func(value int32, end uint32) bool) (length int, ok bool) {
	if uint64(offset) >= uint64(len(t.streams)) {
		return 0, false
	}
	b := t.streams[offset:]
	value, end := int32(-1), uint32(0)
	for at := 0; ; {
		delta, n := number(b[at:])
		if n == 0 {
			return 0, false
		}
		if delta == 0 && at > 0 {
			return at + n, true
		}
		at += n
		value += int32(-(delta & 1) ^ (delta >> 1))
		after, n := number(b[at:])
		if n == 0 {
			return 0, false
		}
		at += n
		end += after
		if !f(value, end) {
			return 0, false
		}
	}
}

// length returns how many bytes a stream takes.
func (t *Table) length(offset uint32) (int, bool) {
	return t.steps(offset, func(int32, uint32) bool { return true })
}

// value returns what a stream says of an address, and -1 where it says nothing.
func (t *Table) value(offset, address uint32) int32 {
	found := int32(-1)
	if offset == 0 {
		return found
	}
	t.steps(offset, func(value int32, end uint32) bool {
		if address < end {
			found = value
			return false
		}
		return true
	})
	return found
}

// end returns the address behind the last one that a stream says something of.
func (t *Table) end(offset uint32) (last uint32) {
	t.steps(offset, func(_ int32, end uint32) bool { last = end; return true })
	return last
}

// account looks whether all bytes of the streams are those of one that is known: else
// there is something in there that nobody knows the meaning of.
func (t *Table) account() error {
	starts := make([]uint32, 0, len(t.lengths))
	for start := range t.lengths {
		starts = append(starts, start)
	}
	slices.Sort(starts)
	end := 0
	for _, start := range starts {
		if int(start) < end {
			return unknown("the streams at %d overlap", start)
		}
		if err := t.blank(end, int(start)); err != nil {
			return err
		}
		end = int(start) + t.lengths[start]
	}
	return t.blank(end, len(t.streams))
}

func (t *Table) blank(from, to int) error {
	for i, b := range t.streams[from:to] {
		if b != 0 {
			return unknown("nobody uses the stream at %d", from+i)
		}
	}
	return nil
}
