package functab

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAStackIsExplained(t *testing.T) {
	t.Parallel()
	table, err := Open(makeTiny().memory)
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		stack, want   string
		found, missed int
	}{
		"a call is on the line of the call, not of what comes after it": {
			"goroutine 1 [running]:\nmain.leaf()\n\t?:0 +0x1\nmain.one()\n\t?:0 +0x5\n",
			"goroutine 1 [running]:\nmain.leaf()\n\tother.go:3 +0x1\nmain.one()\n\tother.go:12 +0x5\n", 2, 0,
		},
		"what is inlined has no address of its own": {
			"main.innermost(...)\n\t?:0\nmain.inner[...](...)\n\t?:0\nmain.one()\n\t?:0 +0x2\n",
			"main.innermost(...)\n\tmain.go:33\nmain.inner[...](...)\n\tmain.go:22\nmain.one()\n\tother.go:44 +0x2\n", 3, 0,
		},
		"what the runtime has left out of it is not missed": {
			"main.inner[...](...)\n\t?:0\nmain.one()\n\t?:0 +0x2\n",
			"main.inner[...](...)\n\tmain.go:22\nmain.one()\n\tother.go:44 +0x2\n", 2, 0,
		},
		"where a pointer was nil nothing was called": {
			"panic: nil pointer dereference\n\ngoroutine 1 [running]:\nmain.one()\n\t?:0 +0x4\nmain.one()\n\t?:0 +0x4\n",
			"panic: nil pointer dereference\n\ngoroutine 1 [running]:\nmain.one()\n\tother.go:12 +0x4\nmain.one()\n\tother.go:44 +0x4\n", 2, 0,
		},
		"that was below the panic, and only in the goroutine after the message": {
			"panic: nil pointer dereference\n\ngoroutine 1 [running]:\nmain.one()\n\t?:0 +0x4\npanic()\n\t?:0 +0x1\nmain.one()\n\t?:0 +0x4\n\ngoroutine 2 [sleep]:\nmain.one()\n\t?:0 +0x4\n",
			"panic: nil pointer dereference\n\ngoroutine 1 [running]:\nmain.one()\n\tother.go:44 +0x4\npanic()\n\t?:0 +0x1\nmain.one()\n\tother.go:12 +0x4\n\ngoroutine 2 [sleep]:\nmain.one()\n\tother.go:44 +0x4\n", 3, 1,
		},
		"a function at its beginning has no address": {
			"main.one()\n\t?:0\n", "main.one()\n\tmain.go:10\n", 1, 0,
		},
		"who began a goroutine": {
			"created by main.leaf in goroutine 7\r\n\t?:0 +0x1\r\n", "created by main.leaf in goroutine 7\r\n\tother.go:3 +0x1\r\n", 1, 0,
		},
		"words of a console around it": {
			"bundle.js:1 caselog: goroutine 6 [running]:\nbundle.js:1 caselog: main.leaf({0x1, 0x2})\nbundle.js:1 caselog: \t?:0 +0x1\n",
			"bundle.js:1 caselog: goroutine 6 [running]:\nbundle.js:1 caselog: main.leaf({0x1, 0x2})\nbundle.js:1 caselog: \tother.go:3 +0x1\n", 1, 0,
		},
		"a function of another program": {"main.other()\n\t?:0 +0x1\n", "main.other()\n\t?:0 +0x1\n", 0, 1},
		"an address behind its end":     {"main.leaf()\n\t?:0 +0x4\n", "main.leaf()\n\t?:0 +0x4\n", 0, 1},
		"an address that is none":       {"main.leaf()\n\t?:0 +0xfffffffffff\n", "main.leaf()\n\t?:0 +0xfffffffffff\n", 0, 1},
		"one of assembly":               {"main.assembly()\n\t?:0 +0x1\n", "main.assembly()\n\t?:0 +0x1\n", 0, 1},
		"the middle of a stack":         {"main.inner[...](...)\n\t?:0\n", "main.inner[...](...)\n\t?:0\n", 0, 1},
		"no stack":                      {"?:0\nall is well ?:0", "?:0\nall is well ?:0", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, Explained{tt.want, tt.found, tt.missed}, table.Explain(tt.stack))
		})
	}
}

// Whatever is read, only places are written into it.
func FuzzExplain(f *testing.F) {
	f.Add("goroutine 1 [running]:\nmain.inner[...](...)\n\t?:0\nmain.one()\n\t?:0 +0x2\n")
	f.Add("created by main.leaf in goroutine 7\r\n\t?:0 +0x1\r\n")
	table, err := Open(makeTiny().memory)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, stack string) {
		e := table.Explain(stack)
		if e.Found == 0 {
			require.Equal(t, stack, e.Text)
		}
		require.GreaterOrEqual(t, len(e.Text), len(stack))
	})
}
