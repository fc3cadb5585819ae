package simulation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

// instance is one life of the program.
type instance struct {
	*plugin.Plugin
	w        *world
	number   int
	page     *page
	cancel   span.CancelFunc
	dead     bool
	ready    clock.Time // when it was connected
	underWay map[string]unfinished
	nth      map[string]int                        // counts, for names that tell draws apart
	knows    map[caselog.ReservationSID]clock.Time // since when, the Case of each
	refusals map[string]bool                       // sentences that it has to tell the agent
	told     map[string]int
}

// boot starts a program in a page a moment later.
func (w *world) boot(p *page) {
	p.starts++
	w.after(w.between(30*time.Millisecond, 1500*time.Millisecond, fmt.Sprintf("boot %d of page %d", p.starts, p.number)), func() {
		if p.tab.page == p && (p.program == nil || p.program.dead) && !p.stopped {
			w.start(p)
		}
	})
}

// start starts a program in a page.
func (w *world) start(p *page) {
	w.lives++
	ctx, cancel := span.WithCancel(span.Background())
	i := &instance{
		w: w, number: w.lives, page: p, cancel: cancel,
		underWay: map[string]unfinished{}, nth: map[string]int{}, told: map[string]int{}, refusals: map[string]bool{},
		knows: map[caselog.ReservationSID]clock.Time{},
	}
	i.Plugin = plugin.New(plugin.Config{
		Policy:  caselog.Policy{Channels: []string{"voice"}, Activity: w.activities},
		Note:    func(caselog.ReservationSID, string) {},
		Connect: i.connect, Outbox: store{w, i}, Log: i.log, Tell: i.tell, Jitter: i.jitter,
	})
	p.program = i
	w.tell("tab %d    starts go %d", p.tab.number, i.number)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				w.mu.Lock()
				w.breaks("no panic", "%v", r)
				w.mu.Unlock()
			}
		}()
		_ = i.Run(ctx)
	}()
	for _, e := range p.queue {
		i.give(e)
	}
}

// give hands an entry to the program.
func (i *instance) give(e *entry) {
	e.posted = clock.Now()
	i.Post(func() {
		i.w.mu.Lock()
		defer i.w.mu.Unlock()
		if !i.dead {
			i.page.keeps(e)
		}
	}, e.event)
}

// kill ends a program wherever it is. Its calls go on without it.
func (w *world) kill(i *instance, how string) {
	if i.dead {
		return
	}
	i.dead = true
	i.cancel()
	w.tell("go %d     dies %s", i.number, how)
	for _, what := range slices.Sorted(maps.Keys(i.underWay)) {
		if u := i.underWay[what]; w.chance(500, what+" is done all the same") {
			u.commit()
			w.tell("storage  does it all the same: %s", what)
		}
	}
	if w.shelf.refused && !w.shelf.mirror {
		w.relaxed = true
	}
	w.mournPops(i)
	if i.page.tab.page == i.page {
		w.restarts++
		w.deaths = append(w.deaths, clock.Now())
	}
	p := i.page
	if p.tab.page == p && !p.giveUp() {
		w.boot(p)
	}
}

// connect connects to the org, if that works today.
func (i *instance) connect(ctx span.Context) (plugin.Org, error) {
	w := i.w
	w.mu.Lock()
	i.nth["connect"]++
	what := fmt.Sprintf("go %d does not reach the org (%d)", i.number, i.nth["connect"])
	takes := w.between(5*time.Millisecond, time.Second, what)
	fails := w.fault(w.mood, what)
	if fails {
		takes += w.between(time.Second, 20*time.Second, what+" for long")
	}
	w.mu.Unlock()
	t := time.NewTimer(takes)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return nil, errDead
	}
	if fails {
		return nil, errors.New("the script did not load")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	i.ready = clock.Now()
	return wire{w, i}, nil
}

// jitter draws a wait by when it is asked for.
func (i *instance) jitter(n int64) int64 {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	now := fmt.Sprintf("jitter of go %d at %d", i.number, clock.Since(i.w.began))
	i.nth[now]++
	return int64(i.w.number(fmt.Sprintf("%s (%d)", now, i.nth[now])) % uint64(n))
}

func (i *instance) log(level plugin.Level, line string) {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	if !i.dead && level > plugin.Debug {
		i.w.tell("go %d     says: %s", i.number, line)
	}
}

// tell is the program telling the agent something.
func (i *instance) tell(sentence string) {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	if i.dead {
		return
	}
	i.told[sentence]++
	i.w.tell("go %d     tells the agent: %s", i.number, sentence)
	if n := i.told[sentence]; n > 1 {
		i.w.breaks("the agent is told once", "%q is told %d times", sentence, n)
	}
	delete(i.refusals, sentence)
}

// learns notes that the program knows the Case of a reservation.
func (i *instance) learns(sid caselog.ReservationSID) {
	if i.knows[sid].IsZero() {
		i.knows[sid] = clock.Now()
	}
}

// mournPops notes which pops nobody can account for once a program is dead: it
// had written down that it was about to pop, or had claimed it, and had not yet.
func (w *world) mournPops(i *instance) {
	seen := []*memory{w.shelf.memory}
	if w.shelf.mirror {
		seen = append(seen, i.page.memory)
	}
	for _, r := range w.tasks {
		sid := r.task.Reservation
		for _, m := range seen {
			rec, ok := m.records[sid]
			if r.pops == 0 && r.live(clock.Now()) && (ok && !rec.Pop || m.claims[sid]) {
				r.popLost = true
			}
		}
	}
}

// owesPop notes, when a task ends, whether its Case must have been popped by
// then: the program that is there has known the Case, and has had nothing to
// wait for, for longer than its longest pause and the org's slowest answer.
func (w *world) owesPop(r *reservation) {
	if !w.oneWriter() {
		return
	}
	for _, tb := range w.tabs {
		if tb.page == nil || tb.page.program == nil || tb.page.program.dead {
			continue
		}
		i := tb.page.program
		known := i.knows[r.task.Reservation]
		if known.IsZero() || i.ready.IsZero() {
			continue
		}
		ready := r.entered[caselog.Accepted]
		for _, t := range []clock.Time{known, i.ready, r.notNow} {
			if t.After(ready) {
				ready = t
			}
		}
		r.popOwed = clock.Since(ready) > 100*time.Second
	}
}

// popper returns what remembers that a program has popped, where no storage does:
// its page, or itself alone.
func (w *world) popper(i *instance) int {
	if w.shelf.mirror {
		return i.page.number
	}
	return i.number
}

// connected tells whether a program is there that can write at once.
func (w *world) connected() bool {
	return slices.ContainsFunc(w.tabs, func(tb *tab) bool {
		p := tb.page
		return p != nil && p.program != nil && !p.program.dead && !p.program.ready.IsZero()
	})
}
