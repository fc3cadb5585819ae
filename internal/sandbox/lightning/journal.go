package lightning

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Message is one call that came from the frame, as it came.
type Message struct {
	At         time.Time
	Host       string // of the page: its Origin's, but for a page at a wrong host
	Method     string
	CallID     int
	APIVersion int
	Callback   bool // the caller waits for an answer
	Listener   bool // the caller registers a listener
	Args       map[string]any
}

// Pop is one screen pop that was performed.
type Pop struct {
	At       time.Time
	Type     string // sobject, newRecord, search, …
	Params   map[string]any
	RecordID string // of an sobject
	Object   string // of an sobject that the org has
}

// journal is what has happened. The zero value is empty.
type journal struct {
	mu      sync.Mutex
	calls   []Message
	pops    []Pop
	scripts []string
	changed chan struct{} // closed at the next change; nil where nobody waits
}

func (j *journal) call(m Message) {
	// A copy, since what the caller does with the arguments later is not what came.
	m.Args = maps.Clone(m.Args)
	j.add(func() { j.calls = append(j.calls, m) })
}

func (j *journal) pop(p Pop) { j.add(func() { j.pops = append(j.pops, p) }) }

func (j *journal) script(host string) { j.add(func() { j.scripts = append(j.scripts, host) }) }

func (j *journal) add(change func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change()
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

// await returns once found is true, which it asks under the lock after every change, or with the context's error.
func (j *journal) await(ctx context.Context, found func() bool) error {
	for {
		j.mu.Lock()
		if found() {
			j.mu.Unlock()
			return nil
		}
		if j.changed == nil {
			j.changed = make(chan struct{})
		}
		changed := j.changed
		j.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Wire returns every call that came from a frame, oldest first, muted and held ones included.
func (c *Console) Wire() []Message {
	c.journal.mu.Lock()
	defer c.journal.mu.Unlock()
	return slices.Clone(c.journal.calls)
}

// Pops returns every screen pop that was performed, oldest first.
func (c *Console) Pops() []Pop {
	c.journal.mu.Lock()
	defer c.journal.mu.Unlock()
	return slices.Clone(c.journal.pops)
}

// ScriptRequests returns the host of every request for the client library, oldest first, refused ones included.
func (c *Console) ScriptRequests() []string {
	c.journal.mu.Lock()
	defer c.journal.mu.Unlock()
	return slices.Clone(c.journal.scripts)
}

// AwaitCalls waits until n calls of a method have come and returns them. It errors when the context ends first.
func (c *Console) AwaitCalls(ctx context.Context, method string, n int) ([]Message, error) {
	var found []Message
	err := c.journal.await(ctx, func() bool {
		found = nil
		for _, m := range c.journal.calls {
			if m.Method == method {
				found = append(found, m)
			}
		}
		return len(found) >= n
	})
	return found, err
}

// AwaitPops waits until n screen pops have been performed and returns them. It errors when the context ends first.
func (c *Console) AwaitPops(ctx context.Context, n int) ([]Pop, error) {
	err := c.journal.await(ctx, func() bool { return len(c.journal.pops) >= n })
	return c.Pops(), err
}
