package simulation

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

// org is Salesforce: Cases, one per engagement, and rows, one per key.
type org struct {
	w       *world
	cases   map[caselog.EngagementID][]caselog.CaseID
	known   map[caselog.CaseID]caselog.EngagementID
	rows    []*row // in the order they were made
	never   map[string]clock.Time
	asked   map[string]int          // how often each thing was asked for
	dubious map[caselog.LogKey]bool // created, and the plugin does not know whether
}

// row is one TwilioCallLog__c.
type row struct {
	caselog.SaveLog
	id    caselog.LogID
	made  clock.Time
	ended bool // Duration__c is set
}

func newOrg(w *world) *org {
	return &org{
		w:     w,
		cases: map[caselog.EngagementID][]caselog.CaseID{}, known: map[caselog.CaseID]caselog.EngagementID{},
		never: map[string]clock.Time{}, asked: map[string]int{}, dubious: map[caselog.LogKey]bool{},
	}
}

// cure takes away every reason to refuse.
func (o *org) cure() { clear(o.never) }

// createRecords finds or makes the Case of an engagement.
func (o *org) createRecords(id caselog.EngagementID) (string, error) {
	if all := o.cases[id]; len(all) > 0 && !o.w.twinCases {
		return string(all[0]), nil
	}
	made := caselog.CaseID(fmt.Sprintf("500%s-%d", id, len(o.cases[id])+1))
	o.cases[id] = append(o.cases[id], made)
	o.known[made] = id
	return string(made), nil
}

// find returns the row with that key.
func (o *org) find(key caselog.LogKey) *row {
	for _, r := range o.rows {
		if r.Key() == key {
			return r
		}
	}
	return nil
}

// save makes or updates a row.
func (o *org) save(ask caselog.SaveLog) (string, error) {
	if _, ok := o.known[ask.Case]; !ok {
		o.w.breaks("no row without its Case", "%s is sent for the Case %q", ask.Key(), ask.Case)
	}
	if ask.ID == "" {
		if o.find(ask.Key()) != nil && !o.w.twinRows {
			return "", failure{how: caselog.Duplicate}
		}
		made := &row{SaveLog: ask, id: caselog.LogID(fmt.Sprintf("a00%d", len(o.rows)+1)), made: clock.Now(), ended: ask.Left}
		o.rows = append(o.rows, made)
		return string(made.id), nil
	}
	for _, r := range o.rows {
		if r.id == ask.ID {
			if ask.Left {
				r.Seconds, r.ended = ask.Seconds, true
			}
			if ask.EndedBy != "" {
				r.EndedBy = ask.EndedBy
			}
			return string(r.id), nil
		}
	}
	o.w.breaks("no update of nothing", "%s is updated as %s, which is not there", ask.Key(), ask.ID)
	return "", failure{how: caselog.Never}
}

// failure is an error that says how a call failed and, for good, what to do.
type failure struct {
	how    caselog.Outcome
	advice string
}

func (f failure) Error() string            { return "the org: " + f.how.String() }
func (f failure) Outcome() caselog.Outcome { return f.how }
func (f failure) Advice() string           { return f.advice }

var (
	errSilence = errors.New("no answer")
	errDead    = errors.New("the program is dead")
)

// wire is one instance's way to the org.
type wire struct {
	w *world
	i *instance
}

var (
	_ plugin.Org      = wire{}
	_ plugin.Adviser  = failure{}
	_ plugin.Outcomer = failure{}
)

func (c wire) CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	id, err := c.call(ctx, ask.Engagement, "case of "+string(ask.Engagement), func() (string, error) {
		return c.w.org.createRecords(ask.Engagement)
	}, func(err error) {
		for _, r := range c.w.tasks {
			if err == nil && r.task.Engagement() == ask.Engagement && r.in(caselog.Accepted, clock.Now()) {
				c.i.learns(r.task.Reservation)
			}
		}
	})
	return caselog.CaseID(id), "", err
}

// OnScreen takes a moment, and has never seen anything.
func (c wire) OnScreen(ctx span.Context, ask caselog.ScreenPop) bool {
	c.w.mu.Lock()
	c.w.org.asked["look"]++
	takes := c.w.between(time.Millisecond, time.Second, fmt.Sprint("look for ", ask.Reservation, c.w.org.asked["look"]))
	c.w.mu.Unlock()
	select {
	case <-time.After(takes):
	case <-ctx.Done():
	}
	return false
}

func (c wire) ScreenPop(ctx span.Context, ask caselog.ScreenPop) error {
	sid := ask.Reservation
	c.w.mu.Lock()
	r := c.w.task(sid)
	c.w.mu.Unlock()
	_, err := c.call(ctx, r.task.Engagement(), "pop for "+string(sid), func() (string, error) {
		r.pops++
		r.popsBy[c.w.popper(c.i)]++
		return "shown", nil
	}, func(err error) {
		var f failure
		if errors.As(err, &f) && f.how == caselog.NotNow {
			r.notNow = clock.Now()
		} else if err != nil {
			r.popLost = true
		}
	})
	return err
}

// LogActivity makes one activity, of the rows that are there.
func (c wire) LogActivity(ctx span.Context, ask caselog.LogActivity) error {
	r := c.w.task(ask.Reservation)
	_, err := c.call(ctx, r.task.Engagement(), "activity of "+string(ask.Reservation), func() (string, error) {
		if c.w.org.find(ask.Key()) == nil && !c.w.relaxed {
			c.w.breaks("activities come after rows", "%s has none", ask.Key())
		}
		r.activity = true // as often as it is asked for
		return "there", nil
	}, func(error) {})
	return err
}

// Refresh is no call that anything hangs on.
func (c wire) Refresh(span.Context, caselog.CaseID) error { return nil }

func (c wire) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
	what, key := "row "+string(row.Key()), row.Key()
	c.w.mu.Lock()
	c.i.learns(row.Task.Reservation)
	if row.ID != "" {
		what = "update of " + string(row.Key())
	} else {
		if !c.i.dead {
			if c.w.org.dubious[key] && c.w.oneWriter() && !c.w.relaxed {
				c.w.breaks("settled before it is written again", "%s is written again, but what became of it was not asked", key)
			}
			c.w.org.dubious[key] = true
		}
	}
	c.w.mu.Unlock()
	id, err := c.call(ctx, row.Task.Engagement(), what, func() (string, error) { return c.w.org.save(row) }, func(err error) {
		var f failure
		if row.ID == "" && (err == nil || errors.As(err, &f) && f.how != caselog.Duplicate) {
			c.w.org.dubious[key] = false
		}
	})
	return caselog.LogID(id), err
}

func (c wire) FindLog(ctx span.Context, key caselog.LogKey) (caselog.LogID, error) {
	sid, _, _ := strings.Cut(string(key), "-")
	r := c.w.task(caselog.ReservationSID(sid))
	id, err := c.call(ctx, r.task.Engagement(), "search for "+string(key), func() (string, error) {
		if r := c.w.org.find(key); r != nil {
			return string(r.id), nil
		}
		return "", nil
	}, func(err error) {
		if err == nil {
			c.w.org.dubious[key] = false
		}
	})
	return caselog.LogID(id), err
}
