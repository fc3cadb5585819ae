package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lines runs the command on this tree. That a real stack gets its lines is held by
// internal/bundle, which has the program die.
func lines(t *testing.T, in string, args ...string) (string, error) {
	t.Helper()
	cmd := root()
	var out strings.Builder
	cmd.SetIn(strings.NewReader(in))
	cmd.SetOut(&out)
	cmd.SetErr(&strings.Builder{})
	cmd.SetArgs(append([]string{"lines", "-C", "../.."}, args...))
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestAFunctionOfThisTreeGetsItsLine(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.log")
	require.NoError(t, os.WriteFile(path, []byte("bundle.js:1 caselog: main.main()\nbundle.js:1 caselog: \t?:0 +0x1\n"), 0o600))
	out, err := lines(t, "", path)
	require.NoError(t, err)
	require.Regexp(t, `^bundle\.js:1 caselog: main\.main\(\)\nbundle\.js:1 caselog: \tflexcaselog/cmd/plugin/\w+\.go:\d+ \+0x1\n$`, out)
}

func TestAFunctionOfAnotherTreeIsSaidToBe(t *testing.T) {
	t.Parallel()
	const stack = "main.main()\n\t?:0 +0x1\nmain.nobody()\n\t?:0 +0x1\n"
	out, err := lines(t, stack)
	require.Equal(t, exitWrong, exitCode(err))
	require.ErrorContains(t, err, "1 of the stack's functions are not in this tree's program, 1 are")
	require.Contains(t, out, "main.nobody()\n\t?:0 +0x1\n", "what is not known is as it was")
	require.NotContains(t, out, "main.main()\n\t?:0")
}

func TestLinesSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		in   string
		args []string
		says string
	}{
		"nothing to put lines into":  {"all is well", nil, "there is no stack to put lines into"},
		"a file that is not there":   {"", []string{"nothing.log"}, "nothing.log"},
		"a tree without the program": {"?:0", []string{"-C", t.TempDir()}, "bundle: go build"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := lines(t, tt.in, tt.args...)
			require.ErrorContains(t, err, tt.says)
			require.Equal(t, exitFailed, exitCode(err))
		})
	}
}
