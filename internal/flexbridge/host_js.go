package flexbridge

import (
	"fmt"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// Host is the loader, which holds Flex's end of the border: see web/caselog.d.ts.
type Host struct {
	v             safejs.Value
	edge          jscall.Edge
	managerEvents bool
	config        Config

	// Origin is the Salesforce page around Flex.
	Origin string
}

// NewHost wraps v, the loader's host object. It errors if v is none.
func NewHost(v safejs.Value, edge jscall.Edge) (*Host, error) {
	h := &Host{v: v, edge: edge, config: DefaultConfig()}
	var err error
	if h.Origin, err = jscall.String(v, "origin"); err != nil {
		return nil, fmt.Errorf("flexbridge: host: %w", err)
	}
	if h.managerEvents, err = jscall.Bool(v, "managerEvents"); err != nil {
		return nil, fmt.Errorf("flexbridge: host: %w", err)
	}
	return h, nil
}

// Config returns what the admin has set, and what is wrong with it. What is heard
// later is read by it.
func (h *Host) Config() (Config, []string) {
	layers, err := jscall.Array(h.v, "settings")
	if err != nil {
		return h.config, []string{"the settings can't be read: " + err.Error()}
	}
	plain := make([]map[string]any, 0, len(layers))
	for _, layer := range layers {
		if settings, ok := jscall.Plain(layer).(map[string]any); ok {
			plain = append(plain, settings)
		}
	}
	var warnings []string
	h.config, warnings = ParseConfig(plain)
	return h.config, warnings
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

// TellOnce shows the agent a sentence that this page has not shown yet, also by an
// earlier program in it.
func (h *Host) TellOnce(sentence string) {
	_, _ = jscall.Call(h.v, "tellOnce", sentence)
}

// Note adds a line to what the report says of a reservation.
func (h *Host) Note(reservation, line string) {
	_, _ = jscall.Call(h.v, "note", reservation, line)
}

// State says something about the plugin as a whole, for the report.
func (h *Host) State(name, text string) {
	_, _ = jscall.Call(h.v, "state", name, text)
}

// Dial has Flex call a number, E.164 with its plus. The task gets these attributes.
// What comes of it is Flex's to show. It errors where Flex can't be asked.
func (h *Host) Dial(number string, attributes map[string]any) error {
	if _, err := jscall.Call(h.v, "dial", number, attributes); err != nil {
		return fmt.Errorf("flexbridge: dial: %w", err)
	}
	return nil
}

// Listen calls heard with events as they come, in order, until ctx ends; it
// blocks until then. Events that came before are not lost: the loader keeps them,
// also from a program that dies, until kept is called. What makes no sense is
// named to odd and passed over.
func (h *Host) Listen(ctx span.Context, heard func(events []Event, kept func()), odd func(error)) error {
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
	if _, err := jscall.Call(h.v, "onEvents", wake, jscall.List(h.config.paths()), jscall.List(h.config.idle())); err != nil {
		return fmt.Errorf("flexbridge: listen: %w", err)
	}
	r := reader{config: h.config, odd: odd, told: map[string]bool{}}
	for {
		select {
		case <-ctx.Done():
			// The loader must not call what is about to be released.
			_, err := jscall.Call(h.v, "onEvents", safejs.Null())
			if err != nil {
				odd(fmt.Errorf("flexbridge: listen: %w", err))
			}
			return span.Cause(ctx)
		case <-ready:
		}
		h.take(&r, heard)
	}
}

// idle returns the names of the signals that nothing is done about with these settings.
func (c Config) idle() []string {
	var names []string
	if !c.OpenPanelOnRing {
		names = append(names, "taskReceived")
	}
	if c.ScreenPop != "select" {
		names = append(names, "afterSelectTask", "selectedNone")
	}
	return names
}

// take reads the events that have come.
func (h *Host) take(r *reader, heard func([]Event, func())) {
	taken, err := jscall.Call(h.v, "take")
	if err != nil {
		r.odd(fmt.Errorf("flexbridge: take: %w", err))
		return
	}
	text, err := jscall.String(taken)
	if err != nil {
		r.odd(fmt.Errorf("flexbridge: take: %w", err))
		return
	}
	signals, last := r.read(text)
	var understood []Event
	for _, signal := range signals {
		if ev, ok := signal.Event(h.managerEvents); ok {
			understood = append(understood, ev)
		}
	}
	heard(understood, func() {
		if _, err := jscall.Call(h.v, "kept", last); err != nil {
			r.odd(fmt.Errorf("flexbridge: kept: %w", err))
		}
	})
}
