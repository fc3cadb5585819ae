package opencti

import (
	"errors"
	"fmt"
	"slices"
	"time"

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
// [ErrUnavailable], with an [*ArgumentError], with ctx's error, or, where the page
// itself does not answer in time, with [span.DeadlineExceeded]. In every case the
// page's address is afterwards what it was.
//
// See Connect to Open CTI in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_connecting.htm
func Load(ctx span.Context, page Page, opts Options) (*Client, error) {
	l := loader{page: page, opts: opts.withDefaults()}
	if err := checkVersion(l.opts.APIVersion); err != nil {
		return nil, err
	}
	var err error
	if l.view, err = l.ask(ctx, "look"); err != nil {
		return nil, fmt.Errorf("opencti: load: %w", err)
	}
	if l.there && l.alive(ctx) {
		return l.client(), nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("opencti: load: %w", err)
	}
	if l.there && foreign(l.methods) {
		return nil, &SilentError{Cause: errForeign}
	}
	if l.opts.Origin == "" || !l.framed {
		return nil, ErrNotFramed
	}
	if err := checkOrigin(l.opts.Origin); err != nil {
		return nil, err
	}
	if l.there {
		l.restart(ctx)
		if l.alive(ctx) {
			return l.client(), nil
		}
	}
	return l.load(ctx)
}

// loader is one run of Load.
type loader struct {
	page Page
	opts Options
	view // how things stand

	cause error // what went wrong at the last try to start the library, if anything
	// lost tells that the query was not on the address at the last try to start the
	// library: it could not be put there, or the page's router went its own way
	// between the look at the address and the script's.
	lost bool
}

// load tries the addresses in turn. A copy that is there is of no use.
func (l *loader) load(ctx span.Context) (*Client, error) {
	addresses := scripts(l.opts.Origin, l.opts.APIVersion)
	dead, lost := l.there, l.lost
	for _, src := range addresses {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("opencti: load: %w", err)
		}
		if !l.inject(ctx, src) {
			continue
		}
		// To start a library again that is only slow does no harm, so the first silence
		// is not waited for to the end, and not at all where the cause is known.
		if !l.lost && l.answers(ctx, l.opts.Deadline/firstProof) {
			return l.own(ctx), nil
		}
		l.restart(ctx)
		if l.alive(ctx) {
			return l.own(ctx), nil
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
	if dead {
		return nil, &SilentError{Cause: blocked, Lost: lost}
	}
	return nil, blocked
}

// ask has the agent do one step, in its time.
func (l *loader) ask(ctx span.Context, step string, args ...any) (view, error) {
	ctx, stop := span.WithTimeout(ctx, l.opts.Deadline)
	defer stop()
	return l.page.view(ctx, step, args...)
}

// within has the agent do a step while the page's address has the query with which
// Lightning opens a frame. Afterwards the address is again what it was, unless
// somebody has navigated in the meantime.
func (l *loader) within(ctx span.Context, step string, args ...any) (v view, err error) {
	for range 3 { // a page may have gone on since it was looked at
		to, changed := repairURL(l.href, l.opts.Origin)
		if !changed || l.href == "" {
			to = ""
		}
		v, err = l.ask(ctx, step, append(args, l.href, to)...)
		if err != nil || v.seen != "" || v.href == l.href {
			break
		}
		l.view = v
	}
	return v, err
}

// did takes note of what came of a step.
func (l *loader) did(v view) {
	_, missing := repairURL(v.seen, l.opts.Origin)
	l.view, l.lost = v, missing
}

// inject loads one address and tells whether it brought a library.
func (l *loader) inject(ctx span.Context, src string) bool {
	came, err := l.within(ctx, "inject", src)
	if err != nil {
		// It is too late for it, also where ctx has ended. What counts is what is there now.
		came, err = l.ask(span.Background(), "withdraw")
	}
	if err != nil {
		return false
	}
	l.did(came)
	return came.came
}

// restart has a copy of the library read the address again.
func (l *loader) restart(ctx span.Context) {
	if !slices.Contains(l.methods, methodStart) {
		l.cause = &MissingError{Method: methodStart}
		return
	}
	started, err := l.within(ctx, "start")
	if err == nil {
		l.did(started)
		if started.threw != "" {
			err = &jscall.ThrownError{Message: started.threw}
		}
	}
	l.cause = err
}

// probes are methods that change nothing, whose answers prove that a copy of the
// library is alive.
var probes = [...]string{methodAppView, "isSoftphonePanelVisible", "getSoftphoneLayout", "getCallCenterSettings"}

// firstProof is the part of the deadline that a library has to answer before it
// is started again.
const firstProof = 5

// alive reports whether the library answers.
func (l *loader) alive(ctx span.Context) bool {
	return l.answers(ctx, l.opts.Deadline)
}

// answers reports whether the library answers in time. A refusal is as good as a
// success. A method that it lacks or that throws proves nothing, so the next is
// tried; a copy that leaves none is dead if it is Salesforce's own, whose methods
// do neither, and is believed otherwise.
func (l *loader) answers(ctx span.Context, deadline time.Duration) bool {
	probe := &Client{page: l.page, deadline: deadline}
	for _, method := range probes {
		_, err := probe.send(ctx, method, "call", method, map[string]any{})
		if err == nil {
			return true
		}
		if errors.Is(err, span.DeadlineExceeded) || errors.Is(err, span.Canceled) {
			return false
		}
	}
	return foreign(l.methods)
}

// own returns a client of the copy that was loaded here, and leaves whose that is to
// later programs in this page.
func (l *loader) own(ctx span.Context) *Client {
	l.host = "Salesforce's library " + l.opts.APIVersion
	ctx, stop := span.WithTimeout(ctx, l.opts.Deadline)
	defer stop()
	_, _ = l.page.ask(ctx, "mark", l.host) // without it a report says less
	return l.client()
}

func (l *loader) client() *Client {
	host := l.host
	if host == "" {
		host = inPage
	}
	return &Client{page: l.page, methods: l.methods, host: host, edge: l.opts.Edge, deadline: l.opts.CallDeadline}
}
