package main

import (
	"errors"
	"strings"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/salesforce"
	"flexcaselog/internal/softphone"
	"flexcaselog/internal/span"
)

// program is what hears Flex and knows who that concerns: the desk, the softphone,
// or what people ask for in the console.
type program struct {
	ctx       span.Context
	host      *flexbridge.Host
	page      opencti.Page
	edge      jscall.Edge
	config    flexbridge.Config
	console   *console
	desk      *plugin.Plugin
	softphone *softphone.Softphone
	end       span.CancelCauseFunc

	org   *salesforce.Org // nil until connected
	asked bool            // for its version
}

// newProgram reads the settings and says what is wrong with them.
func newProgram(ctx span.Context, host *flexbridge.Host, page opencti.Page, edge jscall.Edge, end span.CancelCauseFunc) *program {
	config, warnings := host.Config()
	for _, w := range warnings {
		host.Log("warn", w)
	}
	p := &program{ctx: ctx, host: host, page: page, edge: edge, config: config, console: &console{host: host}, end: end}
	p.console.set(config.LogLevel)
	p.softphone = softphone.New(ctx, softphone.Config{
		OpenPanelOnRing: config.OpenPanelOnRing,
		ClickToDial:     config.ClickToDial,
		Flex:            host,
		Tell:            host.Tell,
		TellOnce:        host.TellOnce,
		Warn:            func(line string) { p.console.log(plugin.Warn, line) },
		Note:            func(line string) { host.State("clickToDial", line) },
	})
	return p
}

func (p *program) warn(err error) { p.console.log(plugin.Warn, err.Error()) }

// connect reaches the org around Flex.
func (p *program) connect(ctx span.Context) (plugin.Org, error) {
	client, err := opencti.Load(ctx, p.page, opencti.Options{
		APIVersion: p.config.APIVersion, Origin: p.host.Origin, Edge: p.edge,
	})
	if err != nil {
		p.host.State("openCTI", opencti.Cause(err))
		p.host.State("obstacle", opencti.Cause(err))
		return nil, err
	}
	p.host.State("openCTI", "connected: "+client.Host())
	p.host.State("openCTIVersion", client.Host())
	p.host.State("obstacle", "")
	if lacks := client.Lacks(); len(lacks) > 0 {
		p.console.log(plugin.Warn, "the Open CTI in this page has no "+strings.Join(lacks, ", ")+"; what needs it does not work, the rest goes on")
		p.host.State("lacks", strings.Join(lacks, ", "))
	}
	p.org = salesforce.New(calls{client}, salesforce.Options{
		ApexClass: p.config.ApexClass, LogObject: p.config.LogObject, PopTarget: p.config.PopTarget, DefaultCountry: p.config.DefaultCountry,
		Warn: func(sentence string) { p.console.log(plugin.Warn, sentence) },
	})
	org := p.org
	p.edge.Go("clicks", func() { p.softphone.Connected(page{client, org, p.warn}) }) // which the Case need not wait for
	return p.org, nil
}

// heard takes what happened in Flex.
func (p *program) heard(events []flexbridge.Event, kept func()) {
	desk := make([]caselog.Event, 0, len(events))
	for _, ev := range events {
		switch ev.Kind {
		case flexbridge.Ringing:
			if fresh(ev) {
				p.softphone.Ringing()
			}
		case flexbridge.Selected:
			if !fresh(ev) {
				continue
			}
		case flexbridge.Telephone:
			p.softphone.Telephone(softphone.Obstacle(ev.Text))
		case flexbridge.LogLevel:
			p.console.set(ev.Text)
		case flexbridge.Asked:
			p.askVersion()
		case flexbridge.Leave:
			safe := kept
			kept = func() {
				safe()
				p.softphone.Leave(func() { p.desk.Leave(func() { p.end(errLeft) }) })
			}
		}
		if e := event(ev); e != nil {
			desk = append(desk, e)
		}
	}
	p.desk.Post(kept, desk...)
}

// fresh tells whether an event is of now. A page that waited for its turn has heard
// for hours what rang and was selected.
func fresh(ev flexbridge.Event) bool {
	const now = 5 * time.Second
	return clock.Since(ev.At) < now
}

// askVersion asks the org, once, which version of the package it has: nobody needs
// to know before there is a report.
func (p *program) askVersion() {
	if p.asked || p.org == nil {
		return
	}
	p.asked = true
	p.edge.Go("asking for the version", func() {
		version, err := p.org.Version(p.ctx)
		if err != nil {
			version = "unknown"
			if e, ok := errors.AsType[*salesforce.Error](err); ok {
				version += ": " + e.Cause()
			}
			p.asked = false
		}
		p.host.State("apexVersion", version)
	})
}
