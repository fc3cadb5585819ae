package plugin

import (
	"errors"
	"fmt"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/span"
)

// perform carries out one effect and sends what came of it.
func (p *Plugin) perform(ctx span.Context, e caselog.Effect) {
	var result caselog.Event
	var err error
	switch e := e.(type) {
	case caselog.CreateRecords:
		result, err = p.createRecords(ctx, e)
	case caselog.LookAtScreen:
		result, err = p.lookAtScreen(ctx, e)
	case caselog.ScreenPop:
		result, err = p.screenPop(ctx, e)
	case caselog.SaveLog:
		result, err = p.saveLog(ctx, e)
	case caselog.LogActivity:
		result, err = p.logActivity(ctx, e)
	case caselog.FindLog:
		result, err = p.findLog(ctx, e)
	}
	if ctx.Err() != nil {
		return // the plugin is going down; nothing is to be learnt from its haste
	}
	p.report(e, err)
	_, popped := e.(caselog.ScreenPop)
	p.send(letter{events: []caselog.Event{result}, lane: lane(e), err: err, popped: popped})
}

// report tells what came of an effect: that and how for everyone, the words of the
// org, which may quote the customer, for those who debug.
func (p *Plugin) report(e caselog.Effect, err error) {
	sid, what := subject(e)
	if err == nil {
		if what != "" {
			p.note(sid, what+": done")
		}
		return
	}
	p.note(sid, what+": not done: "+why(err))
	level := Warn
	if errors.Is(err, errPopped) {
		level = Debug
	}
	p.log(level, fmt.Sprintf("%s: %s", describe(e), reason(err)))
	p.log(Debug, fmt.Sprintf("%s: %v", describe(e), err))
}

// subject returns whose effect it is, and what to call it among the notes on that.
func subject(e caselog.Effect) (sid caselog.ReservationSID, what string) {
	switch e := e.(type) {
	case caselog.CreateRecords:
		return e.Task.Reservation, "Case"
	case caselog.ScreenPop:
		return e.Reservation, "screen pop"
	case caselog.SaveLog:
		verb := "row"
		if e.ID != "" {
			verb = "end of row"
		}
		return e.Task.Reservation, verb + " " + e.Status.String()
	case caselog.FindLog:
		return e.Reservation, "search for the row " + string(e.Key)
	case caselog.LogActivity:
		return e.Reservation, "activity"
	}
	return "", ""
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
	case caselog.LogActivity:
		return "the activity of " + string(e.Reservation)
	}
	return fmt.Sprintf("%T", e)
}

func (p *Plugin) createRecords(ctx span.Context, e caselog.CreateRecords) (caselog.Event, error) {
	opened, err := attempt(func() (o caselog.CaseOpened, err error) {
		o.Case, o.Contact, err = p.org.CreateRecords(ctx, e)
		return o, err
	})
	if err == nil && opened.Case == "" {
		err = errNoID
	}
	if err != nil {
		return caselog.CaseFailed{Engagement: e.Engagement, Outcome: outcome(err)}, err
	}
	opened.Engagement = e.Engagement
	return opened, nil
}

// lookAtScreen does not fail: what can't be told is not there.
func (p *Plugin) lookAtScreen(ctx span.Context, e caselog.LookAtScreen) (caselog.Event, error) {
	there, _ := attempt(func() (bool, error) { return p.org.OnScreen(ctx, caselog.ScreenPop(e)), nil })
	return caselog.ScreenSeen{Reservation: e.Reservation, There: there}, nil
}

func (p *Plugin) screenPop(ctx span.Context, e caselog.ScreenPop) (caselog.Event, error) {
	_, err := attempt(func() (struct{}, error) {
		if !p.outbox.claim(ctx, e.Reservation) {
			return struct{}{}, errPopped
		}
		err := p.org.ScreenPop(ctx, e)
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

func (p *Plugin) logActivity(ctx span.Context, e caselog.LogActivity) (caselog.Event, error) {
	_, err := attempt(func() (struct{}, error) { return struct{}{}, p.org.LogActivity(ctx, e) })
	if err != nil {
		return caselog.ActivityFailed{Reservation: e.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.ActivityLogged{Reservation: e.Reservation}, nil
}

// errNoID is an org that says yes and nothing else: what it did is unknown.
var errNoID error = cause("Salesforce answered without an id")

// errPopped is a pop that another page has done: for this one it is as good as
// one that may have been done.
var errPopped error = cause("another page has popped it")

// cause is an error that says all there is to know.
type cause string

func (c cause) Error() string { return "plugin: " + string(c) }
func (c cause) Cause() string { return string(c) }

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
