package plugin_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

func TestReload(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		after time.Duration // the acceptance
		org   time.Duration // what each of its calls takes
		pops  int
	}{
		"before the Case is known":            {500 * time.Millisecond, time.Second, 1},
		"while the page is asked for it":      {1500 * time.Millisecond, time.Second, 1},
		"while the Case is popped":            {2500 * time.Millisecond, time.Second, 1},
		"in the middle of the call":           {45 * time.Second, time.Second, 1},
		"in wrap-up":                          {100 * time.Second, time.Second, 1},
		"while the org has not answered once": {45 * time.Second, 2 * time.Minute, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				org := newModel(tt.org)
				d := start(t, connected(org))
				began := clock.Now()
				d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began})
				later := d
				reloaded := false
				reload := func(until time.Duration) {
					if at := tt.after; !reloaded && at <= until {
						time.Sleep(clock.Until(began.Add(at)))
						reloaded = true
						d.reload()
						time.Sleep(100 * time.Millisecond)
						later = startWith(t, d.shelf, connected(org))
						later.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began, Found: true},
							caselog.TasksListed{Live: []caselog.ReservationSID{"WR1"}, At: clock.Now()})
					}
					time.Sleep(clock.Until(began.Add(until)))
				}
				reload(90 * time.Second)
				later.Post(nil, caselog.WrapupStarted{Task: call("1"), At: clock.Now()})
				reload(120 * time.Second)
				later.Post(nil, caselog.TaskCompleted{Task: call("1"), At: clock.Now()})
				later.wait()
				require.Equal(t, wholeStory, org.story())
				require.Len(t, org.pops, tt.pops)
				require.Empty(t, later.shelf.records)
			})
		})
	}
}

func TestATaskThatEndedWhileNobodyLooked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		d := start(t, connected(org))
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		time.Sleep(30 * time.Second)
		d.reload()
		time.Sleep(30 * time.Second)
		later := startWith(t, d.shelf, connected(org))
		later.Post(nil, caselog.TasksListed{At: clock.Now()})
		later.wait()
		require.Equal(t, []string{"500WT1 WR1-accepted 1m0s", "500WT1 WR1-completed"}, org.story())
		require.Contains(t, strings.Join(later.lines.all, "\n"), "the task of WR1 ended while Flex was not open here")
	})
}

func TestASecondPageThatSharesTheOutboxDoesNotPop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		one := start(t, connected(org))
		two := startWith(t, one.shelf, connected(org))
		go one.wholeCall(call("1"))
		time.Sleep(time.Millisecond)
		two.wholeCall(call("1"))
		two.wait()
		require.Len(t, org.pops, 1)
		require.Len(t, org.story(), 3)
	})
}

func TestWhatIsRefusedForGoodIsToldOnceAndTakenUpAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		never := fault{err: failure{caselog.Never}}
		org := &faulty{model: newModel(time.Second), script: script{save: []fault{never, never, never}}}
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Empty(t, org.story())
		require.Len(t, d.shelf.records, 1, "it is kept")
		d.Post(nil, caselog.TryAgain{}) // the agent asks for it
		d.wait()
		require.Equal(t, wholeStory, org.story())
		require.Contains(t, d.lines.all, "the row WR1-accepted: refused for good (MOOD)")
		require.Len(t, d.told.all, 1)
		require.Contains(t, d.told.all[0], "your Salesforce admin")
	})
}

func TestNothingIsSentBeforeItIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		org := &careful{model: newModel(time.Second), t: t, shelf: s}
		d := startWith(t, s, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, wholeStory, org.story())
		require.Equal(t, 2, org.checked)
	})
}

// careful is an org that looks into the outbox before it does anything.
type careful struct {
	*model
	t       *testing.T
	shelf   *shelf
	checked int
}

func (c *careful) look(sid caselog.ReservationSID) caselog.Record {
	c.shelf.mu.Lock()
	defer c.shelf.mu.Unlock()
	rec, ok := c.shelf.records[sid]
	require.True(c.t, ok, "called before it was kept")
	return rec
}

func (c *careful) CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	c.look(ask.Task.Reservation)
	c.checked++
	return c.model.CreateRecords(ctx, ask)
}

func (c *careful) ScreenPop(ctx span.Context, ask caselog.ScreenPop) error {
	require.False(c.t, c.look("WR1").Pop)
	c.checked++
	return c.model.ScreenPop(ctx, ask)
}

func (c *careful) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
	rec := c.look(row.Task.Reservation)
	if row.ID == "" {
		require.True(c.t, rec.Unsettled)
		require.Equal(c.t, row.Status, rec.Sent)
	}
	return c.model.SaveLog(ctx, row)
}

func TestWithoutStorageItWorksInMemoryAndSaysSoOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		s.err = errors.New("denied")
		org := newModel(time.Second)
		d := startWith(t, s, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, wholeStory, org.story())
		require.Len(t, org.pops, 1)
		said := 0
		for _, line := range d.lines.all {
			if strings.Contains(line, "nothing can be stored in this browser") {
				said++
			}
		}
		require.Equal(t, 1, said)
	})
}

func TestWhatIsAWeekOldIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := &faulty{model: newModel(time.Second), script: script{create: []error{errSilence}}}
		d := start(t, connected(org))
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		time.Sleep(time.Millisecond)
		d.reload()
		time.Sleep(8 * 24 * time.Hour)
		later := startWith(t, d.shelf, connected(org))
		later.wait()
		require.Empty(t, org.story())
		require.Empty(t, d.shelf.records)
		require.Contains(t, strings.Join(later.lines.all, "\n"), "given up after 7 days: the log of WR1")
	})
}

func TestEventsAreConfirmedOnceTheyAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := start(t, connected(newModel(time.Minute)))
		kept := make(chan int, 1)
		d.Post(func() { kept <- len(d.shelf.records) }, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		require.Equal(t, 1, <-kept)
		d.reload()
		time.Sleep(time.Hour) // for the calls that are under way
	})
}

func TestAPopWaitsForTheOrgOnlyWhileTheTaskLasts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		orgAfter time.Duration
		pops     int
	}{
		"the org comes during the call":  {time.Minute, 1},
		"the agent has moved on by then": {10 * time.Minute, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				// The Case is known from before a reload, and its pop was refused for now.
				org := &faulty{model: newModel(time.Second), script: script{pop: []error{failure{caselog.NotNow}}}}
				first := start(t, connected(org))
				began := clock.Now()
				first.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began})
				time.Sleep(2*time.Second + time.Microsecond) // the pop has just been refused
				first.reload()
				later := startWith(t, first.shelf, func(ctx span.Context) (plugin.Org, error) {
					time.Sleep(tt.orgAfter)
					return org, ctx.Err()
				})
				time.Sleep(clock.Until(began.Add(3 * time.Minute)))
				later.Post(nil, caselog.WrapupStarted{Task: call("1"), At: clock.Now()})
				time.Sleep(time.Minute)
				later.Post(nil, caselog.TaskCompleted{Task: call("1"), At: clock.Now()})
				later.wait()
				require.Len(t, org.story(), 3)
				require.Len(t, org.pops, tt.pops)
			})
		})
	}
}

func TestWhatNeverMakesSenseIsGivenToAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		always := make([]fault, 1000)
		for i := range always {
			always[i] = fault{err: errSilence}
		}
		org := &faulty{model: newModel(time.Second), script: script{save: always}}
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Len(t, d.told.all, 1, "the agent is told, once")
		require.Len(t, d.shelf.records, 1, "and it is kept")
	})
}

func TestEventsAreNotConfirmedWhileNothingIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		s.err = errors.New("stalled")
		org := newModel(time.Second)
		d := startWith(t, s, connected(org))
		d.Post(func() { t.Error("it was confirmed") }, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		time.Sleep(time.Minute)
		synctest.Wait()
		s.mu.Lock()
		s.err = nil
		s.mu.Unlock()
		d.Post(nil, caselog.WrapupStarted{Task: call("1"), At: clock.Now()})
		time.Sleep(time.Second)
		synctest.Wait()
		s.mu.Lock()
		require.Len(t, s.records, 1, "a store that works again is used again")
		s.mu.Unlock()
		d.Post(nil, caselog.TaskCompleted{Task: call("1"), At: clock.Now()})
		d.wait()
		require.Len(t, org.story(), 3)
	})
}
