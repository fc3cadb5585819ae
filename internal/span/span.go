package span

import (
	"errors"
	"sync"
	"time"
)

// Context ends once, and says so.
type Context interface {
	// Done returns a channel that is closed when it ends, or nil where it never does.
	Done() <-chan struct{}
	// Err returns why it has ended: [Canceled] or [DeadlineExceeded]; before that nil.
	Err() error
}

// Why a [Context] has ended, in the words and under the names of package context.
var (
	//lint:ignore ST1012 as package context calls it
	Canceled = errors.New("context canceled")
	//lint:ignore ST1012 as package context calls it
	DeadlineExceeded = errors.New("context deadline exceeded")
)

// The functions that end a [Context].
type (
	CancelFunc      = func()
	CancelCauseFunc = func(cause error)
)

// Background returns a Context that never ends.
func Background() Context { return endless{} }

type endless struct{}

func (endless) Done() <-chan struct{} { return nil }
func (endless) Err() error            { return nil }

// WithCancel returns a Context that ends when stop is called or parent ends. Stop
// must be called, else it lives as long as parent.
func WithCancel(parent Context) (ctx Context, stop CancelFunc) {
	s := under(parent)
	return s, func() { s.end(Canceled, Canceled) }
}

// WithCancelCause is WithCancel with a reason, which [Cause] returns.
func WithCancelCause(parent Context) (ctx Context, stop CancelCauseFunc) {
	s := under(parent)
	return s, func(cause error) {
		if cause == nil {
			cause = Canceled
		}
		s.end(Canceled, cause)
	}
}

// WithTimeout is WithCancel that ends by itself after d.
func WithTimeout(parent Context, d time.Duration) (ctx Context, stop CancelFunc) {
	s := under(parent)
	if until := time.Now().Add(d).UnixMilli(); s.until == 0 || until < s.until {
		s.until = until
	}
	timer := time.AfterFunc(d, func() { s.end(DeadlineExceeded, DeadlineExceeded) })
	return s, func() {
		timer.Stop()
		s.end(Canceled, Canceled)
	}
}

// Sleep waits for d, and tells whether ctx let it.
func Sleep(ctx Context, d time.Duration) bool {
	slept := make(chan struct{})
	timer := time.AfterFunc(d, func() { close(slept) })
	defer timer.Stop()
	select {
	case <-slept:
		return true
	case <-ctx.Done():
		return false
	}
}

// Deadline returns when ctx ends by itself, in milliseconds since 1970, or 0 where it
// does not.
func Deadline(ctx Context) int64 {
	if s, ok := ctx.(*span); ok {
		return s.until
	}
	return 0
}

// Cause returns the reason why ctx has ended: what was given to its stop or its
// parent's, else what its Err returns.
func Cause(ctx Context) error {
	s, ok := ctx.(*span)
	if !ok {
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cause
}

// span is a Context of this package.
type span struct {
	done   chan struct{}
	parent *span // that holds it; nil where none does
	until  int64 // in milliseconds since 1970; 0 where it has no time limit

	mu         sync.Mutex
	err, cause error
	children   map[*span]struct{}
}

func (s *span) Done() <-chan struct{} { return s.done }

func (s *span) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// under returns a span that ends with parent.
func under(parent Context) *span {
	s := &span{done: make(chan struct{})}
	p, ok := parent.(*span)
	switch {
	case ok:
		s.parent, s.until = p, p.until
		if err, cause := p.adopt(s); err != nil {
			s.end(err, cause)
		}
	case parent.Done() != nil:
		// Another package's; in tests only. It is waited for to its end.
		go func() {
			<-parent.Done()
			s.end(Canceled, parent.Err())
		}()
	}
	return s
}

// adopt has child end with s, or returns why s has ended.
func (s *span) adopt(child *span) (err, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		if s.children == nil {
			s.children = map[*span]struct{}{}
		}
		s.children[child] = struct{}{}
	}
	return s.err, s.cause
}

func (s *span) end(err, cause error) {
	s.mu.Lock()
	if s.err != nil {
		s.mu.Unlock()
		return
	}
	s.err, s.cause = err, cause
	children := s.children
	s.children = nil
	close(s.done)
	s.mu.Unlock()
	if s.parent != nil {
		s.parent.mu.Lock()
		delete(s.parent.children, s)
		s.parent.mu.Unlock()
	}
	for child := range children {
		child.end(err, cause)
	}
}
