package bundle_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/bundle"
)

const root = "../.."

// build makes the script in a folder of the test's own.
func build(t *testing.T, tags string) bundle.Result {
	t.Helper()
	dir, err := filepath.Abs(root)
	require.NoError(t, err)
	out, err := filepath.Rel(dir, filepath.Join(t.TempDir(), "bundle.js"))
	require.NoError(t, err)
	r, err := bundle.Build(t.Context(), bundle.Options{Dir: root, Out: out, Tags: tags})
	require.NoError(t, err)
	return r
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	t.Parallel()
	one, two := build(t, ""), build(t, "")
	require.NotEqual(t, one.Path, two.Path)
	for _, suffix := range []string{"", ".map"} {
		a, err := os.ReadFile(one.Path + suffix)
		require.NoError(t, err)
		b, err := os.ReadFile(two.Path + suffix)
		require.NoError(t, err)
		require.True(t, string(a) == string(b), "bundle.js%s differs from build to build", suffix)
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	r := build(t, "")
	require.Less(t, r.Bytes, 1_500_000, "the script's size")
	info, err := os.Stat(r.Path)
	require.NoError(t, err)
	require.EqualValues(t, r.Bytes, info.Size())
}

// desktop is what testdata/desktop.mjs saw.
type desktop struct {
	Registered, Name, Version, Init    string
	Compiled, Listeners, Left, Globals int
	Calls, Lines                       [][]any
	Told                               []string
}

func run(t *testing.T, scenario, tags string) desktop {
	t.Helper()
	script := build(t, tags).Path
	cmd := exec.CommandContext(t.Context(), "node", "testdata/desktop.mjs", script, scenario)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	var d desktop
	require.NoError(t, json.Unmarshal(out, &d), string(out))
	return d
}

func TestWholeCall(t *testing.T) {
	t.Parallel()
	d := run(t, "call", "")
	require.Equal(t, "function", d.Registered, "Plugins.init was called while the script ran")
	require.Equal(t, "flex-caselog", d.Name)
	require.Equal(t, bundle.Version, d.Version)
	require.Equal(t, "at once", d.Init)
	require.Zero(t, d.Globals, "globals left on the page")
	var story []string
	for _, call := range d.Calls {
		switch name := call[0].(string); name {
		case "getAppViewInfo", "refreshView": // as often as it wants to know, or to show what is new
		default:
			story = append(story, name)
		}
	}
	require.ElementsMatch(t, []string{"runApex", "screenPop", "saveLog", "saveLog", "saveLog", "saveLog"}, story, d.Lines)
	i := slices.IndexFunc(d.Calls, func(call []any) bool { return call[0] == "runApex" })
	create := d.Calls[i][1].(map[string]any)
	require.Equal(t, "TwilioCaseController", create["apexClass"])
	require.Equal(t, "createRecords", create["methodName"])
	require.True(t, strings.HasPrefix(create["methodParams"].(string), "phone=14155550100&engagement=WT1&details=7b22"), create)
}

func TestNothingIsUnpackedWhereThereIsNothingToDo(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"standalone", "impostor", "disabled"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			d := run(t, scenario, "")
			require.Equal(t, "function", d.Registered)
			require.Equal(t, "at once", d.Init)
			require.Zero(t, d.Compiled)
			require.Zero(t, d.Listeners)
			require.Empty(t, d.Calls)
			require.Len(t, d.Lines, 1, "it says so once")
		})
	}
}

func TestADeadProgramIsStartedAgainAndGoesOn(t *testing.T) {
	t.Parallel()
	d := run(t, "restart", "faults")
	methods := map[string]int{}
	for _, call := range d.Calls {
		name := call[0].(string)
		if name == "runApex" {
			name = call[1].(map[string]any)["methodName"].(string)
		}
		methods[name]++
	}
	require.Equal(t, 1, methods["screenPop"], "the first instance has popped it")
	require.Equal(t, 1, methods["createRecords"], "and has the Case")
	require.Equal(t, 4, methods["saveLog"], "three rows, one of them closed later: %v", d.Lines)
	require.Equal(t, 1, d.Compiled, "the compiled program is used again")
	require.Empty(t, d.Told)
}

func TestAProgramThatKeepsDyingLetsGoOfFlex(t *testing.T) {
	t.Parallel()
	d := run(t, "panic", "faults")
	require.Positive(t, d.Listeners)
	require.Zero(t, d.Left, "listeners left on Flex")
	require.Contains(t, d.Lines, []any{"error", "caselog: panic: a deliberate fault"})
	require.Len(t, d.Told, 1)
	require.Contains(t, d.Told[0], "has stopped in this tab")
}

func TestBuildErrors(t *testing.T) {
	t.Parallel()
	t.Run("a tree without the program", func(t *testing.T) {
		t.Parallel()
		_, err := bundle.Build(t.Context(), bundle.Options{Dir: t.TempDir(), Out: "bundle.js"})
		require.ErrorContains(t, err, "bundle: go build")
	})
	t.Run("cancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := bundle.Build(ctx, bundle.Options{Dir: root, Out: "dist/never.js"})
		require.ErrorIs(t, err, context.Canceled)
	})
}
