package twilioapi

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"syscall"
)

// Kind is how a request goes wrong.
type Kind string

// The ways. Slow, Cut and Broken happen after the request was carried out: only
// the answer is lost.
const (
	Refused      Kind = "connection refused"
	Cut          Kind = "answer cut off"
	CutBefore    Kind = "request cut off"
	Slow         Kind = "no answer in time"
	Stuck        Kind = "never taken up"
	Busy         Kind = "429"
	Broken       Kind = "500 after it was done"
	BrokenBefore Kind = "500"
	Gateway      Kind = "502 in HTML"
)

// Late is a request that nobody answers in time, and that is carried out when
// whoever sent it has gone on: two requests later.
const Late Kind = "carried out late"

// Kinds are all of them.
var Kinds = []Kind{Refused, Cut, CutBefore, Slow, Stuck, Busy, Broken, BrokenBefore, Gateway}

// Fault is what goes wrong with requests, by their number from 1.
type Fault struct {
	Kind Kind
	// From is the first request that it happens to, and To the last. Zero for To:
	// every one from then on.
	From, To int
}

// Break has requests go wrong from now on. None given: they go right again.
func (a *API) Break(faults ...Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = faults
}

// arrive takes a request into the journal, and says what happens to it.
func (a *API) arrive(r *http.Request) (n int, kind Kind, watch func(int)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.journal = append(a.journal, Request{Method: r.Method, Host: r.URL.Host, Path: r.URL.Path, Query: r.URL.RawQuery})
	n = len(a.journal)
	for _, l := range a.late {
		if l.at == n {
			l.do()
		}
	}
	return n, a.fault(n), a.watch
}

func (a *API) fault(n int) Kind {
	for _, f := range a.faults {
		if n >= f.From && (f.To == 0 || n <= f.To) {
			return f.Kind
		}
	}
	return ""
}

// late is a request that is carried out when another arrives.
type late struct {
	at int // the number of the other one
	do func()
}

// postpone keeps a request for later.
func (a *API) postpone(n int, r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.late = append(a.late, late{n + 2, func() {
		again := r.Clone(context.Background())
		again.Body = io.NopCloser(bytes.NewReader(body))
		_, _, _ = a.handle(again)
	}})
	return nil
}

// refuses tells whether the next request finds nobody listening.
func (a *API) refuses() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.fault(len(a.journal)+1) == Refused
}

func refused(host string) error {
	return &net.OpError{Op: "dial", Net: "tcp", Addr: address(host), Err: syscall.ECONNREFUSED}
}

type address string

func (address) Network() string  { return "tcp" }
func (a address) String() string { return string(a) }

var _ http.Handler = (*API)(nil)
