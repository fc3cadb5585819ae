package plugin_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/plugin"
)

var voice = caselog.Policy{Channels: []string{"voice"}}

func call(n string) caselog.Task {
	return caselog.Task{
		Reservation: caselog.ReservationSID("WR" + n), SID: caselog.TaskSID("WT" + n),
		Channel: "voice", From: "+14155550100",
	}
}

// desk is a plugin that runs in a synctest bubble.
type desk struct {
	*plugin.Plugin
	t      *testing.T
	shelf  *shelf
	lines  logLines
	told   logLines
	ctx    context.Context
	reload context.CancelFunc
}

// logLines collects the plugin's log.
type logLines struct {
	mu  sync.Mutex
	all []string
}

func (l *logLines) add(level plugin.Level, line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if level > plugin.Debug {
		l.all = append(l.all, line)
	}
}

func start(t *testing.T, connect func(context.Context) (plugin.Org, error)) *desk {
	t.Helper()
	return startWith(t, newShelf(), connect)
}

// startWith starts a plugin that finds on the shelf what an earlier one left.
func startWith(t *testing.T, s *shelf, connect func(context.Context) (plugin.Org, error)) *desk {
	t.Helper()
	d := &desk{t: t, shelf: s}
	d.ctx, d.reload = context.WithCancel(t.Context())
	d.Plugin = plugin.New(plugin.Config{
		Policy: voice, Connect: connect, Outbox: s, Log: d.lines.add, Jitter: rand.Int64N,
		Tell: func(sentence string) { d.told.add(plugin.Error, sentence) },
	})
	go func() { _ = d.Run(d.ctx) }()
	return d
}

func connected(org plugin.Org) func(context.Context) (plugin.Org, error) {
	return func(context.Context) (plugin.Org, error) { return org, nil }
}

// wait lets an hour pass, time enough for every retry.
func (d *desk) wait() {
	time.Sleep(time.Hour)
	synctest.Wait()
}

// wholeCall posts a call of 90 seconds with 30 seconds of wrap-up.
func (d *desk) wholeCall(task caselog.Task) {
	d.Post(nil, caselog.ReservationAccepted{Task: task, At: time.Now()})
	time.Sleep(90 * time.Second)
	d.Post(nil, caselog.WrapupStarted{Task: task, At: time.Now()})
	time.Sleep(30 * time.Second)
	d.Post(nil, caselog.TaskCompleted{Task: task, At: time.Now()})
}

var wholeStory = []string{
	"500WT1 WR1-accepted 1m30s",
	"500WT1 WR1-wrapup 30s",
	"500WT1 WR1-completed",
}

func TestCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, wholeStory, org.story())
		require.Equal(t, []caselog.CaseID{"500WT1"}, org.pops)
	})
}

func TestCallOverBeforeTheOrgAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(10 * time.Minute)
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, wholeStory, org.story())
		require.Empty(t, org.pops, "the agent has moved on by then")
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	refused, silence := failure{caselog.NotNow}, errSilence
	tests := map[string]struct {
		org  script
		pops int
	}{
		"the Case is refused twice":                     {script{create: []error{refused, refused}}, 1},
		"createRecords never answers once":              {script{create: []error{silence}}, 1},
		"the pop is refused once":                       {script{pop: []error{refused}}, 1},
		"the pop is not answered":                       {script{pop: []error{silence}}, 0},
		"the pop panics":                                {script{pop: []error{errPanic}}, 0},
		"the Case is locked when the first row comes":   {script{save: []fault{{err: refused}, {err: refused}}}, 1},
		"the first row is stored but its answer lost":   {script{save: []fault{{err: silence, stored: true}}}, 1},
		"the first row is lost":                         {script{save: []fault{{err: silence}}}, 1},
		"the org can't be asked what became of the row": {script{save: []fault{{err: silence, stored: true}}, find: []error{silence, refused}}, 1},
		"an update's answer is lost":                    {script{save: []fault{{}, {err: silence, stored: true}}}, 1},
		"another tab has written the row":               {script{save: []fault{{err: failure{caselog.Duplicate}, stored: true}}}, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				org := &faulty{model: newModel(time.Second), script: tt.org}
				d := start(t, connected(org))
				d.wholeCall(call("1"))
				d.wait()
				require.Equal(t, wholeStory, org.story())
				require.Len(t, org.pops, tt.pops)
			})
		})
	}
}

func TestNothingIsDoneBeforeTheOrgIsThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		tries := 0
		d := start(t, func(context.Context) (plugin.Org, error) {
			if tries++; tries < 4 {
				return nil, errors.New("the script did not load")
			}
			return org, nil
		})
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, 4, tries)
		require.Equal(t, wholeStory, org.story())
		require.Contains(t, strings.Join(d.lines.all, "\n"), "Salesforce is not there (try 3): the script did not load")
	})
}

func TestRowsOfOneCaseAreWrittenOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		d := start(t, connected(org))
		for _, n := range []string{"1", "2", "3"} {
			task := call(n)
			task.Interaction = "KD1"
			d.Post(nil, caselog.ReservationAccepted{Task: task, At: time.Now()})
		}
		other := call("4")
		d.Post(nil, caselog.ReservationAccepted{Task: other, At: time.Now()})
		d.wait()
		require.Equal(t, 1, org.most)
		require.ElementsMatch(t, []string{
			"500KD1 WR1-accepted", "500KD1 WR2-accepted", "500KD1 WR3-accepted", "500WT4 WR4-accepted",
		}, org.story())
	})
}

func TestOneReservationInTroubleDoesNotHoldUpAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := &stuck{model: newModel(time.Second), on: "WR1"}
		d := start(t, connected(org))
		for _, n := range []string{"1", "2"} {
			task := call(n)
			task.Interaction = "KD1"
			d.Post(nil, caselog.ReservationAccepted{Task: task, At: time.Now()})
		}
		d.wait()
		require.Equal(t, []string{"500KD1 WR2-accepted"}, org.story())
	})
}

// stuck is an org that will not take the rows of one reservation.
type stuck struct {
	*model
	on caselog.ReservationSID
}

func (s *stuck) SaveLog(ctx context.Context, row caselog.SaveLog) (caselog.LogID, error) {
	if row.Task.Reservation == s.on {
		return "", failure{caselog.NotNow}
	}
	return s.model.SaveLog(ctx, row)
}

func TestAnAnswerWithoutAnIDIsNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := &vague{model: newModel(time.Second)}
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, wholeStory, org.story())
	})
}

// vague is an org whose first answers say yes and nothing else.
type vague struct {
	*model
	cases, saves int
}

func (v *vague) CreateRecords(ctx context.Context, ask caselog.CreateRecords) (caselog.CaseID, error) {
	id, err := v.model.CreateRecords(ctx, ask)
	if v.cases++; v.cases == 1 {
		return "", nil
	}
	return id, err
}

func (v *vague) SaveLog(ctx context.Context, row caselog.SaveLog) (caselog.LogID, error) {
	id, err := v.model.SaveLog(ctx, row)
	if v.saves++; v.saves == 1 {
		return "", nil
	}
	return id, err
}

func TestTheLogHasNoCustomerData(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := &faulty{model: newModel(time.Second), script: script{save: []fault{{err: errors.New("+14155550100 is too long")}}}}
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		log := strings.Join(d.lines.all, "\n")
		require.Contains(t, log, "the row WR1-accepted: outcome unknown")
		require.NotContains(t, log, "4155550100")
	})
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("the page is going")
		ctx, stop := context.WithCancelCause(t.Context())
		p := plugin.New(plugin.Config{
			Policy: voice, Connect: connected(newModel(time.Minute)), Outbox: newShelf(),
			Log: func(plugin.Level, string) {}, Tell: func(string) {}, Jitter: rand.Int64N,
		})
		ended := make(chan error, 1)
		go func() { ended <- p.Run(ctx) }()
		p.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: time.Now()})
		time.Sleep(time.Second)
		stop(gone)
		require.ErrorIs(t, <-ended, gone)
		time.Sleep(time.Minute) // for the call that was under way
	})
}

func TestReload(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		after time.Duration // the acceptance
		org   time.Duration // what each of its calls takes
		pops  int
	}{
		"before the Case is known":            {500 * time.Millisecond, time.Second, 1},
		"while the Case is popped":            {1500 * time.Millisecond, time.Second, 1},
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
				began := time.Now()
				d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began})
				later := d
				reloaded := false
				reload := func(until time.Duration) {
					if at := tt.after; !reloaded && at <= until {
						time.Sleep(time.Until(began.Add(at)))
						reloaded = true
						d.reload()
						time.Sleep(100 * time.Millisecond)
						later = startWith(t, d.shelf, connected(org))
						later.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began, Found: true},
							caselog.TasksListed{Live: []caselog.ReservationSID{"WR1"}, At: time.Now()})
					}
					time.Sleep(time.Until(began.Add(until)))
				}
				reload(90 * time.Second)
				later.Post(nil, caselog.WrapupStarted{Task: call("1"), At: time.Now()})
				reload(120 * time.Second)
				later.Post(nil, caselog.TaskCompleted{Task: call("1"), At: time.Now()})
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
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: time.Now()})
		time.Sleep(30 * time.Second)
		d.reload()
		time.Sleep(30 * time.Second)
		later := startWith(t, d.shelf, connected(org))
		later.Post(nil, caselog.TasksListed{At: time.Now()})
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

func (c *careful) CreateRecords(ctx context.Context, ask caselog.CreateRecords) (caselog.CaseID, error) {
	c.look(ask.Task.Reservation)
	c.checked++
	return c.model.CreateRecords(ctx, ask)
}

func (c *careful) ScreenPop(ctx context.Context, id caselog.CaseID) error {
	require.False(c.t, c.look("WR1").Pop)
	c.checked++
	return c.model.ScreenPop(ctx, id)
}

func (c *careful) SaveLog(ctx context.Context, row caselog.SaveLog) (caselog.LogID, error) {
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
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: time.Now()})
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
		d.Post(func() { kept <- len(d.shelf.records) }, caselog.ReservationAccepted{Task: call("1"), At: time.Now()})
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
				began := time.Now()
				first.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: began})
				time.Sleep(time.Second + time.Microsecond) // the pop has just been refused
				first.reload()
				later := startWith(t, first.shelf, func(ctx context.Context) (plugin.Org, error) {
					time.Sleep(tt.orgAfter)
					return org, ctx.Err()
				})
				time.Sleep(time.Until(began.Add(3 * time.Minute)))
				later.Post(nil, caselog.WrapupStarted{Task: call("1"), At: time.Now()})
				time.Sleep(time.Minute)
				later.Post(nil, caselog.TaskCompleted{Task: call("1"), At: time.Now()})
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
		d.Post(func() { t.Error("it was confirmed") }, caselog.ReservationAccepted{Task: call("1"), At: time.Now()})
		time.Sleep(time.Minute)
		synctest.Wait()
		s.mu.Lock()
		s.err = nil
		s.mu.Unlock()
		d.Post(nil, caselog.WrapupStarted{Task: call("1"), At: time.Now()})
		time.Sleep(time.Second)
		synctest.Wait()
		s.mu.Lock()
		require.Len(t, s.records, 1, "a store that works again is used again")
		s.mu.Unlock()
		d.Post(nil, caselog.TaskCompleted{Task: call("1"), At: time.Now()})
		d.wait()
		require.Len(t, org.story(), 3)
	})
}
