package soak

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

func TestASeedMakesTheSameTasks(t *testing.T) {
	t.Parallel()
	const n = 1000
	tasks := makeTasks(n, 7)
	require.Equal(t, tasks, makeTasks(n, 7))
	require.NotEqual(t, tasks, makeTasks(n, 8))

	reservations, engagements, short := map[string]bool{}, map[string]bool{}, 0
	for _, task := range tasks {
		reservations[task.Reservation] = true
		engagements[task.engagement()] = true
		if task.Wrapup == 0 {
			short++
			require.Len(t, task.story().Statuses, 2)
		}
	}
	require.Len(t, reservations, n)
	require.InDelta(t, n-n/secondLeg, len(engagements), n/secondLeg)
	require.InDelta(t, n/withoutWrapup, short, n/withoutWrapup)
}

func TestASeedMakesTheSameFaults(t *testing.T) {
	t.Parallel()
	const n = 10_000
	draw := func(seed uint64) (fates []lightning.Fate, made map[string]int) {
		f := newFaults(5, seed)
		for range n {
			fates = append(fates, f.fate("saveLog"))
		}
		calls, made := f.counts()
		require.Equal(t, n, calls)
		return fates, made
	}
	fates, made := draw(3)
	again, _ := draw(3)
	require.Equal(t, fates, again)
	others, _ := draw(4)
	require.NotEqual(t, fates, others)

	total := 0
	for _, kind := range kinds {
		require.InDelta(t, n*5/100/len(kinds), made[kind], 40, kind)
		total += made[kind]
	}
	require.InDelta(t, n*5/100, total, 80)
}

func TestOtherMethodsHaveNoFaults(t *testing.T) {
	t.Parallel()
	f := newFaults(100, 1)
	require.Zero(t, f.fate("getAppViewInfo"))
	require.NotZero(t, f.fate("runApex"))
}

func TestFeedHandsOutNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	f := newFeed(makeTasks(2, 1), "")
	next := func(said string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/next", strings.NewReader(said)))
		return w
	}
	f.set(1, false)
	var first Task
	require.NoError(t, json.Unmarshal(next("{}").Body.Bytes(), &first))
	require.Equal(t, f.tasks[0].Reservation, first.Reservation)

	second := make(chan *httptest.ResponseRecorder)
	go func() { second <- next(`{"sid": "` + first.Reservation + `", "talk": 1500.5}`) }()
	f.set(2, true)
	select {
	case <-second:
		require.Fail(t, "a task was handed out")
	case <-time.After(20 * time.Millisecond):
	}
	f.set(2, false)
	require.Equal(t, http.StatusOK, (<-second).Code)
	require.Equal(t, http.StatusNoContent, next("{}").Code)
	require.Equal(t, 1500500*time.Microsecond, f.history()[first.Reservation]["Reservation accepted"])
}

func TestPlot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "soak.png")
	require.NoError(t, Plot(path, Report{Tasks: 2, Samples: []Sample{{Done: 1, Wasm: 1 << 20}, {Done: 2, Backlog: 3}}}))
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = png.Decode(bytes.NewReader(file))
	require.NoError(t, err)
}
