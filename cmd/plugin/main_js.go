// Command plugin is the program inside the Flex plugin: it wires what happens in
// Flex to the desk that decides and to the org that is told.
package main

import (
	"errors"
	"math/rand/v2"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/outbox"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

func main() {
	if err := run(span.Background()); err != nil {
		// Not by package fmt: what it links to print is 6 kB more to download.
		console, _ := jscall.Get(safejs.Global(), "console")
		_, _ = jscall.Call(console, "error", "caselog: "+err.Error())
	}
}

var (
	// errDeaf ends a program that does not hear Flex any more: a fresh one may.
	errDeaf = errors.New("the program does not hear Flex any more")
	// errLeft ends a program whose agent looks at another tab.
	errLeft = errors.New("another tab of this agent goes on")
)

// run connects one Flex desktop with the org around it. It returns only when
// that can't go on.
func run(ctx span.Context) error {
	var host *flexbridge.Host
	edge := jscall.Edge{OnPanic: func(err error) {
		if host != nil {
			host.Log("error", err.Error())
		}
	}}
	v, err := jscall.Get(safejs.Global(), "caselog")
	if err != nil {
		return err
	}
	if host, err = flexbridge.NewHost(v, edge); err != nil {
		return err
	}
	ask, err := jscall.Function(v, "ask")
	if err != nil {
		return err
	}
	asker, err := jscall.NewAsker(edge, ask)
	if err != nil {
		return err
	}
	ctx, end := span.WithCancelCause(ctx)
	p := newProgram(ctx, host, opencti.NewPage(v, asker), edge, end)
	p.desk = plugin.New(plugin.Config{
		Policy:  policy(p.config),
		Outbox:  outbox.NewStore(v, asker, p.warn),
		Log:     p.console.log,
		Note:    func(sid caselog.ReservationSID, line string) { host.Note(string(sid), line) },
		Tell:    host.TellOnce,
		Jitter:  rand.Int64N,
		Connect: p.connect,
	})
	edge.Go("listening", func() {
		defer end(errDeaf) // also after a panic
		if err := host.Listen(ctx, p.heard, p.warn); err != nil {
			end(err)
		}
	})
	if err := offerFaults(host); err != nil {
		return err
	}
	if err := p.desk.Run(ctx); !errors.Is(err, errLeft) {
		return err
	}
	return nil
}
