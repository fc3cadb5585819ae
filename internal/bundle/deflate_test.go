package bundle

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func unzip(t testing.TB, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	out, err := io.ReadAll(r)
	require.NoError(t, err)
	return out
}

func TestWhatIsPackedComesBack(t *testing.T) {
	t.Parallel()
	random := make([]byte, 70_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	for name, b := range map[string][]byte{
		"nothing":                     {},
		"one byte":                    {7},
		"zeros":                       make([]byte, 3<<20),
		"text":                        []byte(strings.Repeat("an agent takes a call; ", 5000)),
		"noise":                       random,
		"a match at the window's end": append(append(append([]byte{}, random[:1000]...), random[1000:1000+window-1000]...), random[:1000]...),
		"lengths of 257 and 258":      []byte(strings.Repeat("a", 258) + "b" + strings.Repeat("a", 258) + "c" + strings.Repeat("a", 257)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			packed := gzipBest(b)
			require.True(t, bytes.Equal(b, unzip(t, packed)))
			require.Equal(t, packed, gzipBest(b))
		})
	}
}

func TestItIsSmallerThanTheStandardLibrarys(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../go.sum")
	require.NoError(t, err)
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	require.NoError(t, err)
	_, err = w.Write(b)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Less(t, len(gzipBest(b)), out.Len())
}

func FuzzGzipBest(f *testing.F) {
	f.Add([]byte("abcabcabc"), uint16(3))
	f.Fuzz(func(t *testing.T, b []byte, n uint16) {
		b = bytes.Repeat(b, int(n)%300+1)
		require.True(t, bytes.Equal(b, unzip(t, gzipBest(b))))
	})
}
