package plugin

import (
	"context"
	"fmt"
	"sync"
	"time"

	"flexcaselog/internal/caselog"
)

// Config is what a plugin is made of.
type Config struct {
	Policy caselog.Policy
	// Connect returns the org once calls to it are answered. It is tried again,
	// with growing pauses, until it succeeds; what the desk wants done in the
	// meantime waits.
	Connect func(context.Context) (Org, error)
	Log     Log
}

// Plugin is one agent's desk and the calls that it has under way.
type Plugin struct {
	connect func(context.Context) (Org, error)
	log     Log

	// Only Run touches these.
	desk    *caselog.Desk
	org     Org              // nil until connected
	waiting []caselog.Effect // for the org
	lanes   lanes

	mu    sync.Mutex
	inbox []letter
	ready chan struct{}
}

// letter is one thing in the inbox: an event, or the org.
type letter struct {
	event caselog.Event
	org   Org
	lane  caselog.CaseID // whose lane is free again
}

// New returns a plugin with an empty desk.
func New(c Config) *Plugin {
	return &Plugin{
		connect: c.Connect,
		log:     c.Log,
		desk:    caselog.NewDesk(c.Policy),
		lanes:   lanes{},
		ready:   make(chan struct{}, 1),
	}
}

// Post hands over an event. It never blocks, so the listener of a page's event
// may call it.
func (p *Plugin) Post(ev caselog.Event) { p.send(letter{event: ev}) }

func (p *Plugin) send(l letter) {
	p.mu.Lock()
	p.inbox = append(p.inbox, l)
	p.mu.Unlock()
	select {
	case p.ready <- struct{}{}:
	default: // a wake-up is waiting already
	}
}

// Run connects to the org and handles letters one at a time until ctx ends.
// It returns the reason why ctx ended.
func (p *Plugin) Run(ctx context.Context) error {
	go p.reach(ctx)
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-p.ready:
		}
		p.mu.Lock()
		letters := p.inbox
		p.inbox = nil
		p.mu.Unlock()
		for _, l := range letters {
			p.open(ctx, l)
		}
	}
}

// reach connects to the org and sends it to the inbox.
func (p *Plugin) reach(ctx context.Context) {
	for attempt := 1; ; attempt++ {
		org, err := p.connect(ctx)
		if err == nil {
			p.send(letter{org: org})
			return
		}
		p.log(Warn, fmt.Sprintf("Salesforce is not there (try %d): %v", attempt, err))
		if !sleep(ctx, backoff(attempt)) {
			return
		}
	}
}

// open deals with one letter.
func (p *Plugin) open(ctx context.Context, l letter) {
	if l.org != nil {
		p.log(Info, "connected to Salesforce")
		p.org = l.org
		waiting := p.waiting
		p.waiting = nil
		for _, e := range waiting {
			p.dispatch(ctx, e)
		}
		return
	}
	if next, ok := p.lanes.leave(l.lane); ok {
		go p.perform(ctx, next)
	}
	effects, err := p.desk.Step(l.event)
	if err != nil {
		p.log(Debug, err.Error())
		return
	}
	for _, e := range effects {
		p.dispatch(ctx, e)
	}
}

// dispatch sees to it that an effect is performed. Every effect goes through
// here, and what came of it comes back through open: the two places where a
// durable outbox writes down and crosses out.
func (p *Plugin) dispatch(ctx context.Context, e caselog.Effect) {
	if pause, ok := e.(caselog.Pause); ok {
		go p.pause(ctx, pause)
		return
	}
	if p.org == nil {
		p.waiting = append(p.waiting, e)
		return
	}
	if row, ok := e.(caselog.SaveLog); ok && !p.lanes.enter(row) {
		return
	}
	go p.perform(ctx, e)
}

// pause waits, then posts what the pause ends with.
func (p *Plugin) pause(ctx context.Context, e caselog.Pause) {
	if sleep(ctx, backoff(e.Attempt)) {
		p.Post(e.Then)
	}
}

// sleep waits for d, and tells whether ctx let it.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
