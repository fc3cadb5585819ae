package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress tells a person what is going on, and during a long step that it
// still is. Stop it.
type progress struct {
	out   io.Writer
	began time.Time
	quit  chan struct{}
	done  sync.WaitGroup

	mu   sync.Mutex
	step string
	said time.Time
}

// patience is how long a step may be silent.
const patience = 10 * time.Second

func newProgress(out io.Writer) *progress {
	p := &progress{out: out, began: time.Now(), quit: make(chan struct{})}
	p.done.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-p.quit:
				return
			case now := <-tick.C:
				p.beat(now)
			}
		}
	})
	return p
}

// say begins a step.
func (p *progress) say(step string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step, p.said = step, time.Now()
	fmt.Fprintf(p.out, "%s  %s\n", clock(p.said.Sub(p.began)), step)
}

func (p *progress) beat(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.step == "" || now.Sub(p.said) < patience {
		return
	}
	p.said = now
	fmt.Fprintf(p.out, "%s  … still at it: %s\n", clock(now.Sub(p.began)), p.step)
}

// rest ends the step: what follows takes as long as a person likes.
func (p *progress) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step = ""
}

func (p *progress) stop() {
	close(p.quit)
	p.done.Wait()
}

// clock writes a duration as minutes and seconds.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
