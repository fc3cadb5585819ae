// Command plugin is the program inside the Flex plugin: it wires what happens in
// Flex to the desk that decides and to the org that is told.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/outbox"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/salesforce"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Println("caselog:", err)
	}
}

// errDeaf ends a program that does not hear Flex any more: a fresh one may.
var errDeaf = errors.New("the program does not hear Flex any more")

// run connects one Flex desktop with the org around it. It returns only when
// that can't go on.
func run(ctx context.Context) error {
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
	config, warnings := host.Config()
	for _, w := range warnings {
		host.Log("warn", w)
	}
	if config.ClickToDial || config.ScreenPop == "select" {
		host.Log("warn", "this version has neither click_to_dial nor screen_pop \"select\" yet: Salesforce's numbers are not dialled, and a Case is popped on accept only")
	}
	log := consoleLog(host, config.LogLevel)

	warn := func(err error) { log(plugin.Warn, err.Error()) }
	desk := plugin.New(plugin.Config{
		Policy: policy(config),
		Outbox: outbox.NewStore(v, edge, warn),
		Log:    log,
		Tell:   host.Tell,
		Jitter: rand.Int64N,
		Connect: func(ctx context.Context) (plugin.Org, error) {
			client, err := opencti.Load(ctx, opencti.NewPage(host.Window), opencti.Options{
				APIVersion: config.APIVersion, Origin: host.Origin, Edge: edge,
			})
			if err != nil {
				return nil, err
			}
			return salesforce.New(calls{client}, salesforce.Names{
				ApexClass: config.ApexClass, LogObject: config.LogObject,
			}), nil
		},
	})
	ctx, end := context.WithCancelCause(ctx)
	edge.Go("listening", func() {
		defer end(errDeaf) // also after a panic
		err := host.Listen(ctx, func(heard []flexbridge.Event, kept func()) {
			events := make([]caselog.Event, len(heard))
			for i, ev := range heard {
				events[i] = event(ev)
			}
			desk.Post(kept, events...)
		}, warn)
		if err != nil {
			end(err)
		}
	})
	if err := offerFaults(host); err != nil {
		return err
	}
	return desk.Run(ctx)
}
