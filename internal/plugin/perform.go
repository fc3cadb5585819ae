package plugin

import (
	"context"
	"errors"
	"fmt"

	"flexcaselog/internal/caselog"
)

// perform carries out one effect and sends what came of it.
func (p *Plugin) perform(ctx context.Context, e caselog.Effect) {
	var result caselog.Event
	var err error
	var lane caselog.CaseID
	switch e := e.(type) {
	case caselog.CreateRecords:
		result, err = p.createRecords(ctx, e)
	case caselog.ScreenPop:
		result, err = p.screenPop(ctx, e)
	case caselog.SaveLog:
		lane = e.Case
		result, err = p.saveLog(ctx, e)
	case caselog.FindLog:
		result, err = p.findLog(ctx, e)
	}
	if ctx.Err() != nil {
		return // the plugin is going down; nothing is to be learnt from its haste
	}
	if err != nil {
		p.report(e, err)
	}
	p.send(letter{events: []caselog.Event{result}, lane: lane, err: err})
}

// report tells of a failed effect: that and how for everyone, the words of the
// org, which may quote the customer, for those who debug.
func (p *Plugin) report(e caselog.Effect, err error) {
	level := Warn
	if errors.Is(err, errPopped) {
		level = Debug
	}
	p.log(level, fmt.Sprintf("%s: %s", describe(e), reason(err)))
	p.log(Debug, fmt.Sprintf("%s: %v", describe(e), err))
}

// describe names an effect without customer data.
func describe(e caselog.Effect) string {
	switch e := e.(type) {
	case caselog.CreateRecords:
		return "the Case of " + string(e.Engagement)
	case caselog.ScreenPop:
		return "the screen pop of " + string(e.Reservation)
	case caselog.SaveLog:
		return "the row " + string(e.Key())
	case caselog.FindLog:
		return "the search for the row " + string(e.Key)
	}
	return fmt.Sprintf("%T", e)
}

func (p *Plugin) createRecords(ctx context.Context, e caselog.CreateRecords) (caselog.Event, error) {
	id, err := attempt(func() (caselog.CaseID, error) { return p.org.CreateRecords(ctx, e) })
	if err == nil && id == "" {
		err = errNoID
	}
	if err != nil {
		return caselog.CaseFailed{Engagement: e.Engagement, Outcome: outcome(err)}, err
	}
	return caselog.CaseOpened{Engagement: e.Engagement, Case: id}, nil
}

func (p *Plugin) screenPop(ctx context.Context, e caselog.ScreenPop) (caselog.Event, error) {
	_, err := attempt(func() (struct{}, error) {
		if !p.outbox.claim(ctx, e.Reservation) {
			return struct{}{}, errPopped
		}
		err := p.org.ScreenPop(ctx, e.Case)
		if err != nil && outcome(err) == caselog.NotNow {
			p.outbox.unclaim(ctx, e.Reservation)
		}
		return struct{}{}, err
	})
	if err != nil {
		return caselog.PopFailed{Reservation: e.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.CasePopped{Reservation: e.Reservation}, nil
}

func (p *Plugin) saveLog(ctx context.Context, e caselog.SaveLog) (caselog.Event, error) {
	id, err := attempt(func() (caselog.LogID, error) { return p.org.SaveLog(ctx, e) })
	if err == nil && id == "" {
		err = errNoID
	}
	if err != nil {
		return caselog.LogFailed{Reservation: e.Task.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.LogSaved{Reservation: e.Task.Reservation, ID: id}, nil
}

func (p *Plugin) findLog(ctx context.Context, e caselog.FindLog) (caselog.Event, error) {
	id, err := attempt(func() (caselog.LogID, error) { return p.org.FindLog(ctx, e.Key) })
	if err != nil {
		return caselog.FindFailed{Reservation: e.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.LogFound{Reservation: e.Reservation, ID: id}, nil
}

// errNoID is an org that says yes and nothing else: what it did is unknown.
var errNoID = errors.New("plugin: the org answered without an id")

// errPopped is a pop that another page has done: for this one it is as good as
// one that may have been done.
var errPopped = errors.New("plugin: another page has popped it")

// attempt makes a call, and an error of a panic in it: how far it had come is
// unknown, and the goroutine's end would be the end of the program.
func attempt[T any](call func() (T, error)) (got T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("plugin: panic: %v", r)
		}
	}()
	return call()
}
