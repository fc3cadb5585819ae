package bench

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// traceEvent is an entry of Chromium's trace: times in microseconds.
type traceEvent struct {
	Name  string  `json:"name"`
	Phase string  `json:"ph"`
	PID   int     `json:"pid"`
	TID   int     `json:"tid"`
	Start float64 `json:"ts"`
	Took  float64 `json:"dur"`
	CPU   float64 `json:"tdur"` // of that, while the thread had a processor
	Args  struct {
		Name string `json:"name"` // of a thread, where that is told
	} `json:"args"`
}

// trace has Chromium write down what its threads do while do runs.
func (c *chrome) trace(do func() error) ([]traceEvent, error) {
	var mu sync.Mutex
	var all []traceEvent
	var broken error
	done := make(chan struct{})
	err := chromedp.ListenBrowser(c.ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			for _, raw := range ev.Value {
				var e traceEvent
				if err := json.Unmarshal(raw, &e); err != nil {
					broken = err
					continue
				}
				switch e.Name {
				case mark, markEnd, runTask, threadName:
					all = append(all, e)
				}
			}
		case *tracing.EventTracingComplete:
			select {
			case <-done:
			default:
				close(done)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	_, err = chromedp.CallBrowser(c.ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{
		IncludedCategories: []string{"blink.user_timing", "toplevel"}, ExcludedCategories: []string{"*"},
	}})
	if err != nil {
		return nil, fmt.Errorf("bench: trace: %w", err)
	}
	failed := do()
	if _, err := chromedp.CallBrowser(c.ctx, tracing.End, cdp.Empty{}); err != nil {
		return nil, fmt.Errorf("bench: trace: %w", err)
	}
	<-done
	mu.Lock()
	defer mu.Unlock()
	if failed != nil {
		return nil, failed
	}
	return all, broken
}

const (
	mark    = "bench:event" // set in the page right before each event
	markEnd = "bench:end"
	runTask = "ThreadControllerImpl::RunTask"

	threadName = "thread_name"
	worker     = "DedicatedWorker thread"
)

// perEvent returns for how long the page's main thread and its workers worked from each
// mark to the next, in milliseconds of processor time: what other programs take is not
// the plugin's.
func perEvent(all []traceEvent) (page, workers []float64) {
	var marks []traceEvent
	isWorker := map[int]bool{}
	for _, e := range all {
		switch {
		case e.Name == mark || e.Name == markEnd:
			marks = append(marks, e)
		case e.Name == threadName && e.Args.Name == worker:
			isWorker[e.TID] = true
		}
	}
	if len(marks) < 2 {
		return nil, nil
	}
	slices.SortFunc(marks, func(a, b traceEvent) int { return int(a.Start - b.Start) })
	page, workers = make([]float64, len(marks)), make([]float64, len(marks))
	for _, e := range all {
		if e.Name != runTask || e.PID != marks[0].PID {
			continue
		}
		busy := page
		if e.TID != marks[0].TID {
			if !isWorker[e.TID] {
				continue
			}
			busy = workers
		}
		// A task that holds a mark belongs to it.
		end := e.Start + e.Took
		i, _ := slices.BinarySearchFunc(marks, end, func(m traceEvent, end float64) int {
			if m.Start <= end {
				return -1
			}
			return 1
		})
		if i > 0 {
			busy[i-1] += e.CPU / 1000
		}
	}
	return page[:len(marks)-1], workers[:len(marks)-1]
}
