package soak

import (
	"context"
	"errors"
	"fmt"
	"time"

	"flexcaselog/internal/sandbox/browser"
)

// Sample is a look at the page.
type Sample struct {
	Done    int           // tasks that Flex has seen the end of
	Backlog int           // of these, how many are not wholly in Salesforce
	Wasm    int           // bytes of memory of the program
	Heap    int           // bytes of JavaScript in Flex's frame that are not garbage
	At      time.Duration // since the first task
}

func (s Sample) memory() int { return s.Wasm + s.Heap }

// state is what the page says.
type state struct {
	Done   int    `json:"done"`
	Told   int    `json:"told"`
	Failed string `json:"failed"`
	Live   int    `json:"live"`
	Kept   int    `json:"kept"`
	Wasm   int    `json:"wasm"`
}

const (
	look     = 250 * time.Millisecond
	samples  = 200              // of a whole run
	rest     = 3 * time.Second  // of idleness before memory is measured
	stuck    = 4 * time.Minute  // without a task or a row of the outbox going
	starting = 30 * time.Second // until the plugin is in the page
	// Three deaths within a minute would be the end of the plugin.
	betweenDeaths = 31 * time.Second
)

// blind keeps the console from showing anything: a tab for each Case that is
// popped, and after each row all that is on the page anew, would be the end of it
// after some thousand tasks. What it asks of the org, and answers, stays.
const blind = `void (window.fetch = ((fetch) => async (address, ...rest) => {
	if (address !== '/sandbox/cti') return new Response(null, { status: 404 });
	const response = await fetch(address, ...rest);
	const json = response.json.bind(response);
	response.json = async () => ({ ...(await json()), pop: undefined });
	return response;
})(window.fetch))`

// driver plays the tasks and looks on.
type driver struct {
	config Config
	feed   *feed
	page   *browser.Page
	frame  *browser.Frame

	began, moved, killed time.Time
	last                 state
	deaths, tenths       int
	told                 int
	before, after        Sample
	samples              []Sample
}

// play plays all tasks. It errors when the page fails or nothing goes on.
func (d *driver) play(ctx context.Context) (err error) {
	short, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	if err := d.frame.Wait(short, "the plugin", "window.flexCaselog && window.soak"); err != nil {
		return err
	}
	if err := d.page.Eval(ctx, blind, nil); err != nil {
		return err
	}
	d.began, d.moved = time.Now(), time.Now()
	if err := d.frame.Eval(ctx, fmt.Sprintf("soak.start(%d)", d.config.AtOnce), nil); err != nil {
		return err
	}
	first := min(mark, d.config.Tasks/2)
	if d.before, err = d.until(ctx, first); err != nil {
		return err
	}
	d.after, err = d.until(ctx, d.config.Tasks)
	return err
}

// until has tasks played until there were n, waits until all of them are in
// Salesforce and everything has come to rest, and measures.
func (d *driver) until(ctx context.Context, n int) (Sample, error) {
	d.config.Progress(fmt.Sprintf("Playing tasks until there were %d.", n))
	d.feed.set(n, false)
	var idle time.Time
	for {
		s, err := d.look(ctx)
		if err != nil {
			return Sample{}, err
		}
		d.feed.set(n, s.Kept >= maxKept)
		switch {
		case s.Done < n || s.Kept > 0:
			idle = time.Time{}
		case idle.IsZero():
			idle = time.Now()
		case time.Since(idle) >= rest:
			return d.sample(ctx, s)
		}
		select {
		case <-ctx.Done():
			return Sample{}, context.Cause(ctx)
		case <-time.After(look):
		}
	}
}

// look asks the page, and does what is due.
func (d *driver) look(ctx context.Context) (s state, err error) {
	if err := d.frame.Eval(ctx, "soak.state()", &s); err != nil {
		return s, err
	}
	now := time.Now()
	if s.Done != d.last.Done || s.Kept != d.last.Kept {
		d.moved = now
	}
	d.last, d.told = s, s.Told
	switch {
	case s.Failed != "":
		return s, errors.New("the page: " + s.Failed)
	case now.Sub(d.moved) > stuck:
		return s, fmt.Errorf("nothing goes on: %d tasks are done, and %d reservations wait", s.Done, s.Kept)
	}
	if err := d.kill(ctx, s, now); err != nil {
		return s, err
	}
	if s.Wasm == 0 {
		return s, nil // the program is not there yet
	}
	if len(d.samples) == 0 || s.Done-d.samples[len(d.samples)-1].Done >= max(1, d.config.Tasks/samples) {
		_, err = d.sample(ctx, s)
	}
	return s, err
}

// kill has the program die when it is time for that.
func (d *driver) kill(ctx context.Context, s state, now time.Time) error {
	due := (d.deaths + 1) * d.config.Tasks / (d.config.Deaths + 1)
	if d.deaths == d.config.Deaths || s.Done < due || now.Sub(d.killed) < betweenDeaths {
		return nil
	}
	d.deaths, d.killed = d.deaths+1, now
	return d.frame.Eval(ctx, "void new BroadcastChannel('caselogFaults').postMessage('die')", nil)
}

// tell says how far it is, ten times in a run.
func (d *driver) tell(s Sample) {
	tenth := s.Done * 10 / d.config.Tasks
	if tenth <= d.tenths {
		return
	}
	d.tenths = tenth
	d.config.Progress(fmt.Sprintf("%d tasks are done, %d wait for Salesforce; WebAssembly %.1f MB, JavaScript %.1f MB.",
		s.Done, s.Backlog, megabytes(s.Wasm), megabytes(s.Heap)))
}

// sample measures, and keeps it.
func (d *driver) sample(ctx context.Context, s state) (Sample, error) {
	heap, err := d.frame.Heap(ctx)
	if err != nil {
		return Sample{}, err
	}
	sample := Sample{Done: s.Done, Backlog: max(0, s.Kept-s.Live), Wasm: s.Wasm, Heap: heap, At: time.Since(d.began)}
	d.samples = append(d.samples, sample)
	d.tell(sample)
	return sample, nil
}
