package plugin

import (
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/span"
)

// again is what the agent has turned to, and when.
type again struct {
	caselog.ShowAgain
	at clock.Time
}

// turning is how long after an agent has turned to a task they still look at it, as
// far as anybody can tell.
const turning = 5 * time.Second

// showAgainNow shows what the agent has just turned to, if there is an org.
func (p *Plugin) showAgainNow(ctx span.Context) {
	if p.org == nil || p.again.Reservation == "" {
		return
	}
	if clock.Since(p.again.at) < turning {
		go p.showAgain(ctx, p.again.ShowAgain)
	}
	p.again = again{}
}

// showAgain shows what the agent has turned to. What was refused is not tried
// again: by then the agent has turned to something else.
func (p *Plugin) showAgain(ctx span.Context, e caselog.ShowAgain) {
	ask := caselog.ScreenPop(e)
	there, err := attempt(func() (bool, error) {
		if p.org.OnScreen(ctx, ask) {
			return true, nil
		}
		return false, p.org.ScreenPop(ctx, ask)
	})
	switch {
	case err != nil:
		p.note(e.Reservation, "screen pop: not done again: "+why(err))
	case there:
		p.note(e.Reservation, "screen pop: not done again: the record is open already")
	default:
		p.note(e.Reservation, "screen pop: done again")
	}
}

func (p *Plugin) saveLog(ctx span.Context, e caselog.SaveLog) (caselog.Event, error) {
	id, err := attempt(func() (caselog.LogID, error) { return p.org.SaveLog(ctx, e) })
	if err == nil && id == "" {
		err = errNoID
	}
	if err != nil {
		return caselog.LogFailed{Reservation: e.Task.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.LogSaved{Reservation: e.Task.Reservation, ID: id}, nil
}

func (p *Plugin) findLog(ctx span.Context, e caselog.FindLog) (caselog.Event, error) {
	id, err := attempt(func() (caselog.LogID, error) { return p.org.FindLog(ctx, e.Key) })
	if err != nil {
		return caselog.FindFailed{Reservation: e.Reservation, Outcome: outcome(err)}, err
	}
	return caselog.LogFound{Reservation: e.Reservation, ID: id}, nil
}
