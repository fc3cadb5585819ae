package bundle

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// JoinSegments returns the same program with its memory's first contents in a
// few long pieces.
//
// Go's linker leaves out every run of eight zero bytes, and so writes tens of
// thousands of pieces, each with its address, which no compressor can shorten.
// Memory is zero to begin with, so to write short runs of zeros out changes
// nothing but the size: the program is an eighth larger unpacked, and 7 % smaller
// packed.
//
// It errors where the program is not as Go's linker writes it.
func JoinSegments(wasm []byte) ([]byte, error) {
	return mapSegments(wasm, func(segments []segment) ([]segment, error) { return join(segments), nil })
}

// mapSegments returns the same program with its memory's first contents in the segments
// that f makes of them.
func mapSegments(wasm []byte, f func([]segment) ([]segment, error)) ([]byte, error) {
	sections, err := parseSections(wasm)
	if err != nil {
		return nil, err
	}
	out := append([]byte(nil), wasm[:len(wasmHeader)]...)
	for _, s := range sections {
		body := s.body
		if s.id == dataSection {
			segments, err := parseSegments(body)
			if err != nil {
				return nil, err
			}
			if segments, err = f(segments); err != nil {
				return nil, err
			}
			body = encodeSegments(segments)
		}
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	return out, nil
}

// maxGap is the longest run of zeros that is written out. From 32 on nothing is
// gained any more, and a page of zeros would be carried for nothing.
const maxGap = 64

// segment is a piece of the memory's first contents.
type segment struct {
	at    uint64
	bytes []byte
}

// join puts together the segments that lie close to each other.
func join(segments []segment) []segment {
	slices.SortFunc(segments, func(a, b segment) int { return int(int64(a.at) - int64(b.at)) })
	var joined []segment
	for _, s := range segments {
		if n := len(joined); n > 0 {
			last := &joined[n-1]
			if end := last.at + uint64(len(last.bytes)); s.at-end <= maxGap {
				last.bytes = append(last.bytes, make([]byte, s.at-end)...)
				last.bytes = append(last.bytes, s.bytes...)
				continue
			}
		}
		joined = append(joined, segment{s.at, slices.Clone(s.bytes)})
	}
	return joined
}

// The parts of the binary format that are needed here. See
// https://webassembly.github.io/spec/core/binary/modules.html
const (
	wasmHeader    = "\x00asm\x01\x00\x00\x00"
	customSection = 0
	dataSection   = 11

	opI32Const = 0x41
	opEnd      = 0x0b
)

var errNotWasm = errors.New("bundle: the program is not WebAssembly as Go writes it")

type section struct {
	id   byte
	body []byte
}

func parseSections(wasm []byte) ([]section, error) {
	if len(wasm) < len(wasmHeader) || string(wasm[:len(wasmHeader)]) != wasmHeader {
		return nil, errNotWasm
	}
	var sections []section
	for rest := wasm[len(wasmHeader):]; len(rest) > 0; {
		id := rest[0]
		body, after, ok := cutVector(rest[1:])
		if !ok {
			return nil, errNotWasm
		}
		sections = append(sections, section{id, body})
		rest = after
	}
	return sections, nil
}

// parseSegments reads a data section: active segments of the one memory, each at
// a constant address, none over another.
func parseSegments(body []byte) ([]segment, error) {
	count, n := binary.Uvarint(body)
	if n <= 0 || count > uint64(len(body)) {
		return nil, errNotWasm
	}
	segments := make([]segment, 0, count)
	rest := body[n:]
	for range count {
		if len(rest) < 2 || rest[0] != 0 || rest[1] != opI32Const {
			return nil, errNotWasm
		}
		at, n := signedVarint(rest[2:])
		if n == 0 || at < 0 || len(rest) < 2+n+1 || rest[2+n] != opEnd {
			return nil, errNotWasm
		}
		bytes, after, ok := cutVector(rest[2+n+1:])
		if !ok {
			return nil, errNotWasm
		}
		segments = append(segments, segment{uint64(at), bytes})
		rest = after
	}
	if len(rest) > 0 {
		return nil, errNotWasm
	}
	var end uint64
	sorted := slices.SortedFunc(slices.Values(segments), func(a, b segment) int { return int(int64(a.at) - int64(b.at)) })
	for _, s := range sorted {
		if s.at < end {
			return nil, fmt.Errorf("%w: its data overlaps at %d", errNotWasm, s.at)
		}
		end = s.at + uint64(len(s.bytes))
	}
	return segments, nil
}

func encodeSegments(segments []segment) []byte {
	out := binary.AppendUvarint(nil, uint64(len(segments)))
	for _, s := range segments {
		out = append(out, 0, opI32Const)
		out = appendSigned(out, int64(s.at))
		out = append(out, opEnd)
		out = binary.AppendUvarint(out, uint64(len(s.bytes)))
		out = append(out, s.bytes...)
	}
	return out
}

// cutVector cuts off bytes that are preceded by how many they are.
func cutVector(b []byte) (vector, rest []byte, ok bool) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, false
	}
	return b[n : n+int(size)], b[n+int(size):], true
}

// signedVarint reads a number in signed LEB128, which is not Go's Varint. It
// returns how many bytes that took, and 0 where there is none.
func signedVarint(b []byte) (value int64, n int) {
	for shift := uint(0); n < len(b) && shift < 63; shift += 7 {
		c := b[n]
		n++
		value |= int64(c&0x7f) << shift
		if c < 0x80 {
			if c&0x40 != 0 {
				value |= -1 << (shift + 7)
			}
			return value, n
		}
	}
	return 0, 0
}

func appendSigned(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
