package bundle

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/functab"
)

// madeBy adds what says which compiler made a program.
func madeBy(wasm []byte, version string) []byte {
	body := append([]byte{byte(len(producers))}, producers...)
	body = append(body, "\x01\x08language\x01\x02Go"...)
	body = append(append(body, byte(len(version))), version...)
	return append(append(wasm, customSection, byte(len(body))), body...)
}

func TestOnlyTheKnownGosLinesAreTakenOut(t *testing.T) {
	t.Parallel()
	empty := program(segment{64, []byte("no table")})
	for name, tt := range map[string]struct {
		wasm []byte
		says error
	}{
		"not WebAssembly":                   {[]byte("not a program"), errNotWasm},
		"a program that says nothing":       {empty, errOtherGo},
		"a newer Go":                        {madeBy(empty, "go1.27"), errOtherGo},
		"one that begins like the known":    {madeBy(empty, functab.Go+"0.1"), errOtherGo},
		"one between two releases":          {madeBy(empty, "devel go1.27-abc"), errOtherGo},
		"a version that is cut off":         {madeBy(empty, functab.Go)[:len(madeBy(empty, functab.Go))-3], errNotWasm},
		"the known Go, without a table":     {madeBy(empty, functab.Go+".8"), functab.ErrUnknown},
		"more memory than any program has":  {madeBy(program(segment{maxMemory, []byte("far")}), functab.Go), errNotWasm},
		"the first of its release":          {madeBy(empty, functab.Go), functab.ErrUnknown},
		"one before the first of a release": {madeBy(empty, functab.Go+"rc1"), functab.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := WithoutLines(tt.wasm)
			require.ErrorIs(t, err, tt.says)
			_, err = Functions(tt.wasm)
			require.ErrorIs(t, err, tt.says)
		})
	}
	require.ErrorContains(t, errOtherGo, "build with that")
}
