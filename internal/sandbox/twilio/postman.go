package twilio

import (
	"sync"
	"time"
)

// defaultDelay is about what a TaskRouter event takes after the request that caused it, on a good day.
const defaultDelay = 20 * time.Millisecond

// postman delivers events in the order they were posted, each a while after its request, as Twilio does. Holding it shows what
// happens when Twilio is late.
type postman struct {
	mu    sync.Mutex
	delay time.Duration
	held  bool
	// armed is true while a timer or a delivery is under way, so that there is never more than one and the order is kept.
	armed bool
	queue []letter
}

type letter struct {
	due     time.Time
	deliver func()
}

// post queues an event. It never blocks, and deliver never runs in it.
func (p *postman) post(deliver func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(p.queue, letter{due: time.Now().Add(p.delay), deliver: deliver})
	p.arm()
}

// setDelay is for the events posted from now on.
func (p *postman) setDelay(delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = delay
}

func (p *postman) hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = true
}

// release delivers what was held back, at once and in order.
func (p *postman) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = false
	p.arm()
}

// discard forgets what is queued and delivers nothing more.
func (p *postman) discard() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held, p.queue = true, nil
}

// arm must be called with the lock held.
func (p *postman) arm() {
	if p.armed || p.held || len(p.queue) == 0 {
		return
	}
	p.armed = true
	time.AfterFunc(time.Until(p.queue[0].due), p.deliver)
}

func (p *postman) deliver() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.held && len(p.queue) > 0 && !time.Now().Before(p.queue[0].due) {
		next := p.queue[0]
		p.queue = p.queue[1:]
		// A delivery may post; it must not find the lock taken.
		p.mu.Unlock()
		next.deliver()
		p.mu.Lock()
	}
	p.armed = false
	p.arm()
}
