package bundle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// memory is what a program's memory begins with.
func memory(t testing.TB, wasm []byte) []byte {
	t.Helper()
	sections, err := parseSections(wasm)
	require.NoError(t, err)
	var m []byte
	for _, s := range sections {
		if s.id != dataSection {
			continue
		}
		segments, err := parseSegments(s.body)
		require.NoError(t, err)
		for _, s := range segments {
			if end := int(s.at) + len(s.bytes); end > len(m) {
				m = append(m, make([]byte, end-len(m))...)
			}
			copy(m[s.at:], s.bytes)
		}
	}
	return m
}

func program(data ...segment) []byte {
	body := encodeSegments(data)
	wasm := append([]byte(wasmHeader), 3, 2, 1, 0) // another section, which must stay
	wasm = append(wasm, dataSection, byte(len(body)))
	return append(wasm, body...)
}

func TestJoinedSegmentsAreTheSameMemory(t *testing.T) {
	t.Parallel()
	wasm := program(
		segment{70, []byte("after a short gap")},
		segment{0, []byte("at first")},
		segment{8, []byte("at once")},
		segment{100 + maxGap, []byte("after a long one")},
	)
	joined, err := JoinSegments(wasm)
	require.NoError(t, err)
	require.Equal(t, memory(t, wasm), memory(t, joined))
	sections, err := parseSections(joined)
	require.NoError(t, err)
	require.Len(t, sections, 2)
	require.Equal(t, section{3, []byte{1, 0}}, sections[0])
	segments, err := parseSegments(sections[1].body)
	require.NoError(t, err)
	require.Len(t, segments, 2)
}

func TestWhatIsNoProgramOfGosIsRefused(t *testing.T) {
	t.Parallel()
	for name, wasm := range map[string][]byte{
		"nothing":                     nil,
		"another file":                []byte("not a program"),
		"a section that is cut off":   append([]byte(wasmHeader), dataSection, 5, 1),
		"a passive segment":           append([]byte(wasmHeader), dataSection, 4, 1, 1, 1, 'x'),
		"an address that is reckoned": append([]byte(wasmHeader), dataSection, 7, 1, 0, 0x23, 0, opEnd, 1, 'x'),
		"more than it says":           append([]byte(wasmHeader), dataSection, 2, 0, 0),
		"data over data":              program(segment{0, []byte("abc")}, segment{2, []byte("def")}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := JoinSegments(wasm)
			require.ErrorIs(t, err, errNotWasm)
		})
	}
}

func TestSignedNumbersComeBack(t *testing.T) {
	t.Parallel()
	for _, v := range []int64{0, 1, 63, 64, 127, 128, 8191, 8192, 1 << 31, -1, -64, -65, -1 << 31} {
		b := appendSigned(nil, v)
		got, n := signedVarint(b)
		require.Equal(t, v, got)
		require.Equal(t, len(b), n)
	}
}

func FuzzJoinSegments(f *testing.F) {
	f.Add(program(segment{3, []byte("a")}, segment{9, []byte("b")}))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		joined, err := JoinSegments(wasm)
		if err != nil {
			return
		}
		sections, err := parseSections(wasm)
		require.NoError(t, err)
		for _, s := range sections {
			if s.id != dataSection {
				continue
			}
			segments, err := parseSegments(s.body)
			require.NoError(t, err)
			for _, s := range segments {
				if s.at > 1<<20 {
					t.Skip("too much memory to compare")
				}
			}
		}
		require.Equal(t, memory(t, wasm), memory(t, joined))
	})
}
