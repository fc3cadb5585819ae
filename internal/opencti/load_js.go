package opencti

import (
	"errors"
	"fmt"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// Options say how to load and call the library.
type Options struct {
	// APIVersion is the version to load, such as "62.0", the default. A version
	// of one's own keeps apart what other loaders in the frame are answered.
	APIVersion string
	// Origin is the page that frames this one, such as
	// https://acme.lightning.force.com, checked by the caller to be Salesforce's.
	// Empty where there is none.
	Origin string
	// Deadline is how long each step of loading may take: a script's load, a
	// proof of life. The default is 5 s.
	Deadline time.Duration
	// CallDeadline is how long each call of the client may take. The default is
	// 15 s.
	CallDeadline time.Duration
	// Edge is told of panics in callbacks.
	Edge jscall.Edge
}

func (o Options) withDefaults() Options {
	if o.APIVersion == "" {
		o.APIVersion = "62.0"
	}
	if o.Deadline <= 0 {
		o.Deadline = 5 * time.Second
	}
	if o.CallDeadline <= 0 {
		o.CallDeadline = 15 * time.Second
	}
	return o
}

// Load returns a client of the page's live copy of the library, loading one where
// there is none. It blocks, at most for a few deadlines and no longer than ctx.
//
// Two copies of one version in one frame mix up each other's answers, so a copy
// that is there is used if it is alive, else started again, and only replaced
// where that does not help. That it is alive is proved by an answer: a copy that
// failed to start takes every call and stays silent.
//
// A copy may be there that is not Salesforce's own but stands in for it, with some
// of its methods. It is taken at its word where it has no method that could prove
// its life, and is never replaced: others in the page may live by it.
//
// It errors with [ErrNotFramed], [*BlockedError] or [*SilentError], all of them
// [ErrUnavailable], with an [*ArgumentError], or with ctx's error. In every case
// the page's address is afterwards what it was.
//
// See Connect to Open CTI in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_connecting.htm
func Load(ctx span.Context, page Page, opts Options) (*Client, error) {
	l := loader{page: page, opts: opts.withDefaults()}
	if err := checkVersion(l.opts.APIVersion); err != nil {
		return nil, err
	}
	present, there := page.library()
	if there && l.alive(ctx, present) {
		return l.client(present, hostOf(present)), nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("opencti: load: %w", err)
	}
	if there && foreign(present) {
		return nil, &SilentError{Cause: errForeign}
	}
	if l.opts.Origin == "" || !page.framed() {
		return nil, ErrNotFramed
	}
	if err := checkOrigin(l.opts.Origin); err != nil {
		return nil, err
	}
	if there {
		l.restart(present)
		if l.alive(ctx, present) {
			return l.client(present, hostOf(present)), nil
		}
	}
	return l.load(ctx, present)
}

// loader is one run of Load.
type loader struct {
	page  Page
	opts  Options
	cause error // what went wrong at the last try to start the library, if anything
	// lost tells that the query was not on the address at the last try to start the
	// library: it could not be put there, or the page's router went its own way
	// between the look at the address and the script's.
	lost bool
}

// load tries the addresses in turn. Dead is the copy that is there and of no use,
// or undefined.
func (l *loader) load(ctx span.Context, dead safejs.Value) (*Client, error) {
	addresses := scripts(l.opts.Origin, l.opts.APIVersion)
	lost, host := l.lost, "Salesforce's library "+l.opts.APIVersion
	for _, src := range addresses {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("opencti: load: %w", err)
		}
		api, ok := l.inject(ctx, src, dead)
		if !ok {
			continue
		}
		// To start a library again that is only slow does no harm, so the first silence
		// is not waited for to the end, and not at all where the cause is known.
		if !l.lost && l.answers(ctx, api, l.opts.Deadline/firstProof) {
			mark(api, host)
			return l.client(api, host), nil
		}
		l.restart(api)
		if l.alive(ctx, api) {
			mark(api, host)
			return l.client(api, host), nil
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("opencti: load: %w", err)
		}
		return nil, &SilentError{Cause: l.cause, Lost: l.lost} // another host has the same library
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("opencti: load: %w", err)
	}
	blocked := &BlockedError{Scripts: addresses}
	if !dead.IsUndefined() {
		return nil, &SilentError{Cause: blocked, Lost: lost}
	}
	return nil, blocked
}

// inject loads one address and returns the library it brought. A script that
// loads and brings none, such as a login page in its place, is as good as one
// that fails.
func (l *loader) inject(ctx span.Context, src string, dead safejs.Value) (api safejs.Value, ok bool) {
	var script safejs.Value
	l.cause = l.page.inFrameOf(l.opts.Origin, func() {
		// Whatever the script's event was, what counts is what is there now.
		script, _ = l.page.inject(ctx, l.opts.Edge, src, l.opts.Deadline)
		l.lost = !l.page.inFrame(l.opts.Origin)
	})
	api, ok = l.page.library()
	if !ok || api.Equal(dead) {
		remove(script)
		return safejs.Undefined(), false
	}
	return api, true
}

// restart has a copy of the library read the address again.
func (l *loader) restart(api safejs.Value) {
	var thrown error
	err := l.page.inFrameOf(l.opts.Origin, func() {
		_, thrown = jscall.Call(api, methodStart)
		l.lost = !l.page.inFrame(l.opts.Origin)
	})
	if thrown != nil {
		err = thrown
	}
	l.cause = err
}

// firstProof is the part of the deadline that a library has to answer before it
// is started again.
const firstProof = 5

// alive reports whether the library answers.
func (l *loader) alive(ctx span.Context, api safejs.Value) bool {
	return l.answers(ctx, api, l.opts.Deadline)
}

// answers reports whether the library answers in time. A refusal is as good as a
// success. A method that it lacks or that throws proves nothing, so the next is
// tried; a copy that leaves none is dead if it is Salesforce's own, whose methods
// do neither, and is believed otherwise.
func (l *loader) answers(ctx span.Context, api safejs.Value, deadline time.Duration) bool {
	probe := &Client{api: api, edge: l.opts.Edge, deadline: deadline}
	for _, method := range probes {
		_, err := probe.ask(ctx, method, map[string]any{})
		if err == nil {
			return true
		}
		if errors.Is(err, span.DeadlineExceeded) || errors.Is(err, span.Canceled) {
			return false
		}
	}
	return foreign(api)
}

func (l *loader) client(api safejs.Value, host string) *Client {
	return &Client{api: api, host: host, edge: l.opts.Edge, deadline: l.opts.CallDeadline}
}
