package bundle_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/functab"
)

// linked is testdata/work as go build leaves it, with all that
// can be inlined and with as little as is shipped.
func linked(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for name, settings := range map[string][]string{
		"as the compiler likes it": {"-ldflags=-s -w"},
		"as shipped":               bundle.Shipped,
	} {
		wasm, err := bundle.Link(t.Context(), root, "./internal/bundle/testdata/work", settings)
		require.NoError(t, err)
		all[name] = wasm
	}
	return all
}

// play runs a program in Node and returns what it prints and what it says as it dies: its
// own stack, or the runtime's functions and goroutines, too.
func play(t *testing.T, traceback string, wasm []byte, args ...string) (out, died string) {
	t.Helper()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "work.wasm")
	require.NoError(t, os.WriteFile(path, wasm, 0o600))
	args = append([]string{filepath.Join(strings.TrimSpace(string(goroot)), "lib/wasm/wasm_exec_node.js"), path}, args...)
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Env = append(os.Environ(), "GOTRACEBACK="+traceback)
	var said, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &wrong
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return said.String(), wrong.String()
}

func TestAProgramWithoutLinesWorksAsBefore(t *testing.T) {
	t.Parallel()
	for name, wasm := range linked(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shrunk, err := bundle.Shrink(wasm)
			require.NoError(t, err)
			want, died := play(t, "single", wasm)
			require.Empty(t, died)
			require.Contains(t, want, "main.callers")
			got, died := play(t, "single", shrunk)
			require.Empty(t, died)
			require.Equal(t, want, got)
		})
	}
}

// What the two programs print differently by right: the arguments, and addresses in memory.
var arguments = regexp.MustCompile(`(?m)\([^()]*\)$|^panic: \(.*$| fp=.*$`)

func TestAStackWithoutLinesGetsThemBack(t *testing.T) {
	t.Parallel()
	for name, wasm := range linked(t) {
		shrunk, err := bundle.Shrink(wasm)
		require.NoError(t, err)
		table, err := bundle.Functions(wasm)
		require.NoError(t, err)
		for _, how := range []string{"panic", "goroutine", "nil", "index", "generic", "callback", "inlined", "again", "deadlock", "reader"} {
			t.Run(name+": "+how, func(t *testing.T) {
				t.Parallel()
				compare(t, wasm, shrunk, table, how)
			})
		}
	}
}

// The smallest program, which ours is measured against, asks for a page that is not there,
// says so, and waits for ever: Node has it die of that.
func TestTheSmallestProgramWorksWithoutLines(t *testing.T) {
	t.Parallel()
	wasm, err := bundle.Link(t.Context(), root, "./bench/size/floor", bundle.Shipped)
	require.NoError(t, err)
	shrunk, err := bundle.Shrink(wasm)
	require.NoError(t, err)
	table, err := bundle.Functions(wasm)
	require.NoError(t, err)
	compare(t, wasm, shrunk, table, "deadlock")
}

// compare has a program die with its lines and without, and puts those back.
func compare(t *testing.T, wasm, shrunk []byte, table *functab.Table, how string) {
	t.Helper()
	for _, much := range []string{"single", "system"} {
		if much == "system" && how == "deadlock" {
			continue // the runtime prints memory then, which differs from time to time
		}
		_, want := play(t, much, wasm, how)
		_, poor := play(t, much, shrunk, how)
		require.Regexp(t, `main\.[a-z]+(\.func1)?\(\)\n\t\?:0 \+0x`, poor, "it names functions")
		require.NotContains(t, poor, ".go:")
		rich := table.Explain(poor)
		require.Equal(t, deadly(want), deadly(rich.Text))
		require.Zero(t, rich.Missed)
		require.Equal(t, strings.Count(poor, "?:0"), rich.Found)
	}
}

// deadly is what is the same each time a program dies: the stack of the goroutine that it
// dies of, not what the others have come to, nor arguments.
func deadly(text string) string {
	head, stacks, _ := strings.Cut(text, "\ngoroutine ")
	first, _, _ := strings.Cut(stacks, "\n\n")
	return arguments.ReplaceAllString(head+"\ngoroutine "+first, "()")
}

// The whole way: what an agent's console says of a dead program, and what is printed of
// it by the command for that.
func TestAStackInTheConsoleGetsItsLines(t *testing.T) {
	t.Parallel()
	var console []string
	for _, line := range run(t, "panic", "faults").Lines {
		console = append(console, fmt.Sprint(line[1]))
	}
	text := strings.Join(console, "\n")
	require.Contains(t, text, "caselog: panic: a deliberate fault\ncaselog: \ncaselog: goroutine ")
	require.Regexp(t, `caselog: main\.\S*offerFaults\S*\(\)\ncaselog: \t\?:0 `, text, "it names functions")
	require.NotContains(t, text, ".go:")

	cmd := exec.CommandContext(t.Context(), "go", "run", "./cmd/flexcase", "lines", "--tags", "faults")
	cmd.Dir, cmd.Stdin = root, strings.NewReader(text)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	source, err := os.ReadFile(filepath.Join(root, "cmd/plugin/faults_js.go"))
	require.NoError(t, err)
	before, _, ok := strings.Cut(string(source), "go panic(")
	require.True(t, ok)
	require.Contains(t, string(out), fmt.Sprintf("flexcaselog/cmd/plugin/faults_js.go:%d +0x", strings.Count(before, "\n")+1))
	require.NotContains(t, string(out), "?:0")
	want := arguments.ReplaceAllString(text, "()")
	got := regexp.MustCompile(`\S+\.go:\d+`).ReplaceAllString(string(out), "?:0")
	require.Equal(t, want, arguments.ReplaceAllString(got, "()"), "the rest is as it was")
}
