package gate_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/bench/gate"
	"flexcaselog/bench/size"
	"flexcaselog/internal/bundle"
	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

const root = "../.."

func build(t *testing.T) bundle.Result {
	t.Helper()
	dir, err := filepath.Abs(root)
	require.NoError(t, err)
	out, err := filepath.Rel(dir, filepath.Join(t.TempDir(), "bundle.js"))
	require.NoError(t, err)
	r, err := bundle.Build(t.Context(), bundle.Options{Dir: root, Out: out})
	require.NoError(t, err)
	return r
}

func TestBytes(t *testing.T) {
	t.Parallel()
	r := build(t)
	require.LessOrEqual(t, r.Bytes, gate.ScriptBytes, "the script")
	require.LessOrEqual(t, r.GzipBytes, gate.ProgramBytes, "the program, packed")
	const base64 = 4.0 / 3
	require.LessOrEqual(t, r.Bytes-int(float64(r.GzipBytes)*base64), gate.LoaderBytes, "the script without the program")

	smallest, err := bundle.Link(t.Context(), root, "./bench/size/floor", bundle.Shipped)
	require.NoError(t, err)
	smallest, err = bundle.Shrink(smallest)
	require.NoError(t, err)
	floor, err := bundle.Pack(root, smallest)
	require.NoError(t, err)
	ratio := float64(r.GzipBytes) / float64(len(floor))

	anybodys, err := bundle.Link(t.Context(), root, "./bench/size/floor", []string{"-ldflags=-s -w"})
	require.NoError(t, err)
	plain, err := size.Gzip(anybodys)
	require.NoError(t, err)
	plainRatio := float64(r.GzipBytes) / float64(plain)
	t.Logf("script %d, program %d packed, %.3f times the floor of %d, %.3f times the plain one of %d", r.Bytes, r.GzipBytes, ratio, len(floor), plainRatio, plain)
	require.LessOrEqual(t, ratio, gate.ProgramToFloor, "times the smallest program, treated the same way")
	require.LessOrEqual(t, plainRatio, gate.ProgramToPlainFloor, "times the smallest program as anybody would build it")
}

func TestTheBorder(t *testing.T) {
	t.Parallel()
	type look struct {
		References int
		Memory     float64
	}
	var saw struct {
		Crossings   float64
		Early, Late look
	}
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(root, "internal/bundle/testdata/desktop.mjs"), build(t).Path, "cost:1000")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	require.NoError(t, json.Unmarshal(out, &saw))
	t.Logf("%+v", saw)
	require.Positive(t, saw.Crossings)
	require.LessOrEqual(t, saw.Crossings, float64(gate.Crossings), "crossings of the border for an event")
	require.Positive(t, saw.Early.References)
	require.LessOrEqual(t, saw.Early.References, gate.References, "values of the page's that are held")
	require.LessOrEqual(t, saw.Late.References-saw.Early.References, gate.ReferencesGrowth, "more of them after a thousand tasks")
	require.LessOrEqual(t, saw.Late.Memory/saw.Early.Memory, gate.MemoryGrowth, "times the memory after a thousand tasks")
}

func TestTheDeskAllocatesLittle(t *testing.T) {
	task := caselog.Task{Reservation: "WR1", SID: "WT1", Channel: "voice", From: "+14155550100", Queue: "Everyone"}
	at := clock.Of(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	events := []caselog.Event{
		caselog.ReservationAccepted{Task: task, At: at},
		caselog.WrapupStarted{Task: task, At: at.Add(time.Minute)},
		caselog.TaskCompleted{Task: task, At: at.Add(2 * time.Minute)},
	}
	all := testing.AllocsPerRun(100, func() {
		desk := caselog.NewDesk(caselog.Policy{})
		for _, ev := range events {
			if _, err := desk.Step(ev); err != nil {
				t.Fatal(err)
			}
			desk.Changes()
		}
	})
	t.Logf("%.0f allocations for %d events", all, len(events))
	require.LessOrEqual(t, all/float64(len(events)), float64(gate.StepAllocations))
}
