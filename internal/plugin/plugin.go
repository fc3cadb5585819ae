package plugin

import (
	"fmt"
	"sync"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/span"
)

// Config is what a plugin is made of.
type Config struct {
	Policy caselog.Policy
	// Connect returns the org once calls to it are answered. It is tried again,
	// with growing pauses, until it succeeds; what the desk wants done in the
	// meantime waits.
	Connect func(span.Context) (Org, error)
	Outbox  Outbox
	Log     Log
	Note    Note
	// Tell shows the agent a sentence about a problem. Each problem is told once.
	Tell func(sentence string)
	// Jitter returns a number from 0 up to but not including n, at random.
	Jitter func(n int64) int64
}

// Plugin is one agent's desk and the calls that it has under way.
type Plugin struct {
	connect func(span.Context) (Org, error)
	log     Log
	note    Note
	jitter  func(int64) int64

	// Only Run touches these.
	desk    *caselog.Desk
	org     Org              // nil until connected
	waiting []caselog.Effect // for the org
	lanes   lanes
	outbox  keeper
	parked  parked
	stale   stale
	popping int    // screen pops under way
	again   again  // what the agent has turned to while there was no org
	leave   func() // called once no screen pop is under way, if it is not nil

	mu    sync.Mutex
	inbox []letter
	ready chan struct{}
}

// letter is one thing in the inbox: events, what came of an effect, or the org.
type letter struct {
	events []caselog.Event
	kept   func()         // called once what the events changed is kept
	lane   caselog.CaseID // whose lane is free again
	err    error          // why the effect failed
	retry  bool           // it is the scheduled retry of what was parked
	popped bool           // it is what came of a screen pop
	leave  func()
	org    Org
}

// New returns a plugin with an empty desk.
func New(c Config) *Plugin {
	return &Plugin{
		connect: c.Connect,
		log:     c.Log,
		note:    c.Note,
		jitter:  c.Jitter,
		desk:    caselog.NewDesk(c.Policy),
		lanes:   lanes{},
		outbox:  keeper{outbox: c.Outbox, log: c.Log},
		parked:  parked{tell: c.Tell, told: map[string]bool{}},
		stale:   stale{},
		ready:   make(chan struct{}, 1),
	}
}

// Post hands over events. It never blocks, so the listener of a page's event may
// call it. Kept, if it is not nil, is called once nothing of the events can get
// lost any more.
func (p *Plugin) Post(kept func(), events ...caselog.Event) {
	p.send(letter{events: events, kept: kept})
}

// Leave has gone called, which must end Run's context, once no screen pop is under
// way: of one nobody could tell whether it was done. All else another can go on with.
func (p *Plugin) Leave(gone func()) { p.send(letter{leave: gone}) }

func (p *Plugin) send(l letter) {
	p.mu.Lock()
	p.inbox = append(p.inbox, l)
	p.mu.Unlock()
	select {
	case p.ready <- struct{}{}:
	default: // a wake-up is waiting already
	}
}

// Run goes on with what the outbox has, connects to the org, and handles letters
// until ctx ends. It returns the reason why ctx ended.
func (p *Plugin) Run(ctx span.Context) error {
	p.restore(ctx)
	go p.reach(ctx)
	for {
		select {
		case <-ctx.Done():
			return span.Cause(ctx)
		case <-p.ready:
		}
		p.mu.Lock()
		letters := p.inbox
		p.inbox = nil
		p.mu.Unlock()
		p.read(ctx, letters)
		if p.leave != nil && p.popping == 0 {
			p.leave()
			<-ctx.Done() // nothing more is begun
			return span.Cause(ctx)
		}
	}
}

// restore puts what an earlier page left behind on the desk.
func (p *Plugin) restore(ctx span.Context) {
	records, settled := p.outbox.load(ctx, clock.Now())
	if len(records) > 0 {
		p.log(Info, fmt.Sprintf("going on with %d reservations that were left open", len(records)))
	}
	effects := p.desk.Restore(records, settled)
	p.outbox.save(ctx, p.desk)
	p.dispatch(ctx, effects)
}

// reach connects to the org and sends it to the inbox.
func (p *Plugin) reach(ctx span.Context) {
	for attempt := 1; ; attempt++ {
		org, err := p.connect(ctx)
		if err == nil {
			p.send(letter{org: org})
			return
		}
		if ctx.Err() != nil {
			return
		}
		p.log(Warn, fmt.Sprintf("Salesforce is not there (try %d): %v", attempt, err))
		if !span.Sleep(ctx, backoff(attempt, p.jitter)) {
			return
		}
	}
}

// read deals with letters: lets the desk decide, keeps what that changed, and
// only then has done what it wants done.
func (p *Plugin) read(ctx span.Context, letters []letter) {
	var effects []caselog.Effect
	for _, l := range letters {
		effects = append(effects, p.step(ctx, l)...)
	}
	if p.outbox.save(ctx, p.desk) {
		for _, l := range letters {
			if l.kept != nil {
				l.kept()
			}
		}
	}
	p.dispatch(ctx, effects)
	p.refresh(ctx)
	p.scheduleRetry(ctx)
}

// step deals with one letter.
func (p *Plugin) step(ctx span.Context, l letter) []caselog.Effect {
	var effects []caselog.Effect
	if l.org != nil {
		p.log(Info, "connected to Salesforce")
		p.org = l.org
		effects, p.waiting = p.waiting, nil
		p.showAgainNow(ctx)
	}
	if l.leave != nil {
		p.leave = l.leave
	}
	if l.popped {
		p.popping--
	}
	if next, ok := p.lanes.leave(l.lane); ok {
		go p.perform(ctx, next)
	}
	if l.retry {
		p.parked.scheduled = false
	}
	parked := p.desk.Parked()
	for _, ev := range l.events {
		more, err := p.desk.Step(ev)
		if err != nil {
			p.log(Debug, err.Error())
			continue
		}
		effects = append(effects, more...)
		if _, ok := ev.(caselog.LogSaved); ok {
			p.stale[l.lane] = true
		}
	}
	if l.err != nil && outcome(l.err) == caselog.Never || p.desk.Parked() > parked {
		p.parked.report(l.err)
	}
	return effects
}

// dispatch has effects performed, now or as soon as that is possible.
func (p *Plugin) dispatch(ctx span.Context, effects []caselog.Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case caselog.Remark:
			p.log(Warn, e.Line)
			continue
		case caselog.Explain:
			p.note(e.Reservation, e.Line)
			continue
		case caselog.Pause:
			go p.pause(ctx, e)
			continue
		case caselog.LookAtScreen:
			if p.org == nil {
				// It must not wait here: by the time the org is there the agent may have
				// moved on.
				p.Post(nil, caselog.PopFailed{Reservation: e.Reservation, Outcome: caselog.NotNow})
				continue
			}
		case caselog.ScreenPop:
			p.popping++
		case caselog.ShowAgain:
			p.again = again{e, clock.Now()}
			p.showAgainNow(ctx)
			continue
		}
		if p.org == nil {
			p.waiting = append(p.waiting, e)
			continue
		}
		if id := lane(e); id != "" && !p.lanes.enter(id, e) {
			continue
		}
		go p.perform(ctx, e)
	}
}

// pause waits, then posts what the pause ends with.
func (p *Plugin) pause(ctx span.Context, e caselog.Pause) {
	if span.Sleep(ctx, backoff(e.Attempt, p.jitter)) {
		p.Post(nil, e.Then)
	}
}
