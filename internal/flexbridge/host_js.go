package flexbridge

import (
	"context"
	"fmt"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
)

// Host is the loader, which holds Flex's end of the border: see web/caselog.d.ts.
type Host struct {
	v             safejs.Value
	edge          jscall.Edge
	managerEvents bool

	// Origin is the Salesforce page around Flex.
	Origin string
	// Window is the window that Flex runs in.
	Window safejs.Value
}

// NewHost wraps v, the loader's host object. It errors if v is none.
func NewHost(v safejs.Value, edge jscall.Edge) (*Host, error) {
	h := &Host{v: v, edge: edge}
	var err error
	if h.Origin, err = jscall.String(v, "origin"); err != nil {
		return nil, fmt.Errorf("flexbridge: host: %w", err)
	}
	if h.managerEvents, err = jscall.Bool(v, "managerEvents"); err != nil {
		return nil, fmt.Errorf("flexbridge: host: %w", err)
	}
	// A window is an object, but of its own kind: a fake one may be anything.
	if h.Window, err = jscall.Get(v, "window"); err != nil {
		return nil, fmt.Errorf("flexbridge: host: %w", err)
	}
	return h, nil
}

// Config returns what the admin has set, and what is wrong with it.
func (h *Host) Config() (Config, []string) {
	layers, err := jscall.Array(h.v, "settings")
	if err != nil {
		return DefaultConfig(), []string{"the settings can't be read: " + err.Error()}
	}
	plain := make([]map[string]any, 0, len(layers))
	for _, layer := range layers {
		if settings, ok := jscall.Plain(layer).(map[string]any); ok {
			plain = append(plain, settings)
		}
	}
	return ParseConfig(plain)
}

// Log writes a line to the console. Nothing is to be done about a console that
// does not take it.
func (h *Host) Log(level, line string) {
	_, _ = jscall.Call(h.v, "log", level, line)
}

// Tell shows the agent a sentence, which must not hold customer data.
func (h *Host) Tell(sentence string) {
	_, _ = jscall.Call(h.v, "tell", sentence)
}

// Listen calls heard with events as they come, in order, until ctx ends; it
// blocks until then. Events that came before are not lost: the loader keeps them,
// also from a program that dies, until kept is called. What makes no sense is
// named to odd and passed over.
func (h *Host) Listen(ctx context.Context, heard func(events []Event, kept func()), odd func(error)) error {
	ready := make(chan struct{}, 1)
	wake, err := h.edge.Func("wake", func([]safejs.Value) {
		select {
		case ready <- struct{}{}:
		default: // the events will be taken together
		}
	})
	if err != nil {
		return fmt.Errorf("flexbridge: listen: %w", err)
	}
	defer wake.Release()
	if _, err := jscall.Call(h.v, "onEvents", wake); err != nil {
		return fmt.Errorf("flexbridge: listen: %w", err)
	}
	for {
		select {
		case <-ctx.Done():
			// The loader must not call what is about to be released.
			_, err := jscall.Call(h.v, "onEvents", safejs.Null())
			if err != nil {
				odd(fmt.Errorf("flexbridge: listen: %w", err))
			}
			return context.Cause(ctx)
		case <-ready:
		}
		h.take(heard, odd)
	}
}

// take reads the events that have come.
func (h *Host) take(heard func([]Event, func()), odd func(error)) {
	taken, err := jscall.Call(h.v, "take")
	if err != nil {
		odd(fmt.Errorf("flexbridge: take: %w", err))
		return
	}
	events, err := jscall.Array(taken)
	if err != nil {
		odd(fmt.Errorf("flexbridge: take: %w", err))
		return
	}
	var understood []Event
	last := 0.0
	for _, v := range events {
		if number, err := jscall.Float(v, "number"); err == nil {
			last = number
		}
		signal, err := parseSignal(v)
		if err != nil {
			odd(fmt.Errorf("flexbridge: %w", err))
			continue
		}
		if ev, ok := signal.Event(h.managerEvents); ok {
			understood = append(understood, ev)
		}
	}
	heard(understood, func() {
		if _, err := jscall.Call(h.v, "kept", last); err != nil {
			odd(fmt.Errorf("flexbridge: kept: %w", err))
		}
	})
}

// parseSignal reads what the loader heard. It errors where that does not say
// what happened, when, or to which task.
func parseSignal(v safejs.Value) (Signal, error) {
	name, err := jscall.String(v, "kind")
	if err != nil {
		return Signal{}, fmt.Errorf("event: %w", err)
	}
	at, err := jscall.Float(v, "at")
	if err != nil {
		return Signal{}, fmt.Errorf("%s: %w", name, err)
	}
	s := Signal{Name: name, At: milliseconds(at)}
	switch name {
	case "retry":
	case "listed":
		s.SIDs, err = parseSIDs(v)
	default:
		s.Task, err = parseTask(v)
	}
	if err != nil {
		return Signal{}, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// parseSIDs reads which reservations Flex has. It errors rather than leave one
// out: what is not on the list is taken to have ended.
func parseSIDs(v safejs.Value) ([]string, error) {
	values, err := jscall.Array(v, "sids")
	if err != nil {
		return nil, err
	}
	sids := make([]string, len(values))
	for i, value := range values {
		if sids[i], err = jscall.String(value); err != nil {
			return nil, err
		}
	}
	return sids, nil
}

// milliseconds returns the time that JavaScript counts as ms.
func milliseconds(ms float64) time.Time {
	return time.UnixMicro(int64(ms * 1000)).UTC()
}
