package soak

import (
	"context"
	"errors"
	"fmt"
	"time"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"
)

// Config says what is played.
type Config struct {
	Bundle   string  // the plugin's script
	Project  string  // the SFDX project of the org
	Tasks    int     // how many; at least 2
	AtOnce   int     // how many the agent has at a time
	Faults   float64 // how many of a hundred calls go wrong
	Deaths   int     // how often the program is killed; the bundle must have been built with the tag faults
	Seed     uint64
	Progress func(string)
}

// mark is the task after which memory is measured first, unless there are too few.
const mark = 1000

// maxKept is how many reservations may wait in the outbox before the agent has to
// wait, too.
const maxKept = 200

// Report is what came of it.
type Report struct {
	Rows    Rows
	Tasks   int
	Took    time.Duration
	Calls   int            // that may go wrong
	Faults  map[string]int // by kind
	Told    int            // notifications that the agent was shown
	Before  Sample         // after the first thousand tasks, at rest
	After   Sample         // after all of them, at rest
	Samples []Sample
}

// Growth is by how many bytes memory grew between the two measurements.
func (r Report) Growth() int { return r.After.memory() - r.Before.memory() }

// Run plays the tasks and judges what came of them. That the promises are broken
// is no error of Run.
func Run(ctx context.Context, c Config) (report Report, err error) {
	tasks := makeTasks(c.Tasks, c.Seed)
	feed := newFeed(tasks, c.Bundle)
	centre, err := sandbox.Start(ctx, sandbox.Config{
		BundlePath: c.Bundle, ProjectDir: c.Project, Progress: c.Progress, Desktop: feed,
	})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, centre.Close()) }()
	faults := newFaults(c.Faults, c.Seed)
	centre.Console.Decide(faults.fate)

	c.Progress("Starting Chromium.")
	// A small window: nobody looks, and every pixel is drawn again for every row.
	b, err := browser.Start(ctx, browser.Options{Addr: centre.Addr(), Certificate: centre.Certificate(), Width: 480, Height: 320})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	page, err := b.Open(ctx, sandbox.ConsoleURL)
	if err != nil {
		return report, err
	}

	d := &driver{config: c, feed: feed, page: page, frame: page.Frame(sandbox.FlexHost)}
	began := time.Now()
	if err := d.play(ctx); err != nil {
		return report, fmt.Errorf("soak: %w", err)
	}
	report = Report{Tasks: c.Tasks, Took: time.Since(began), Told: d.told, Before: d.before, After: d.after, Samples: d.samples}
	report.Calls, report.Faults = faults.counts()

	c.Progress("Judging the org.")
	cases, err := centre.Cases(ctx)
	if err != nil {
		return report, err
	}
	logs, err := centre.Logs(ctx)
	if err != nil {
		return report, err
	}
	var pops []string
	for _, p := range centre.Console.Pops() {
		pops = append(pops, p.RecordID)
	}
	report.Rows = judge(tasks, feed.history(), cases, logs, pops)
	return report, nil
}
