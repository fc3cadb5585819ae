package plugin_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
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
	notes  logLines
	ctx    span.Context
	reload span.CancelFunc
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

func start(t *testing.T, connect func(span.Context) (plugin.Org, error)) *desk {
	t.Helper()
	return startWith(t, newShelf(), connect)
}

// startWith starts a plugin that finds on the shelf what an earlier one left.
func startWith(t *testing.T, s *shelf, connect func(span.Context) (plugin.Org, error)) *desk {
	t.Helper()
	return startBy(t, voice, s, connect)
}

// startBy starts a plugin whose admin wants it so.
func startBy(t *testing.T, policy caselog.Policy, s *shelf, connect func(span.Context) (plugin.Org, error)) *desk {
	t.Helper()
	d := &desk{t: t, shelf: s}
	d.ctx, d.reload = span.WithCancel(t.Context())
	d.Plugin = plugin.New(plugin.Config{
		Policy: policy, Connect: connect, Outbox: s, Log: d.lines.add, Jitter: rand.Int64N,
		Tell: func(sentence string) { d.told.add(plugin.Error, sentence) },
		Note: func(sid caselog.ReservationSID, line string) { d.notes.add(plugin.Info, string(sid)+" "+line) },
	})
	go func() { _ = d.Run(d.ctx) }()
	t.Cleanup(func() {
		d.reload()
		time.Sleep(time.Hour) // for the calls that are under way
	})
	return d
}

func connected(org plugin.Org) func(span.Context) (plugin.Org, error) {
	return func(span.Context) (plugin.Org, error) { return org, nil }
}

// wait lets an hour pass, time enough for every retry.
func (d *desk) wait() {
	time.Sleep(time.Hour)
	synctest.Wait()
}

// wholeCall posts a call of 90 seconds with 30 seconds of wrap-up.
func (d *desk) wholeCall(task caselog.Task) {
	d.Post(nil, caselog.ReservationAccepted{Task: task, At: clock.Now()})
	time.Sleep(90 * time.Second)
	d.Post(nil, caselog.WrapupStarted{Task: task, At: clock.Now()})
	time.Sleep(30 * time.Second)
	d.Post(nil, caselog.TaskCompleted{Task: task, At: clock.Now()})
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
		d := start(t, func(span.Context) (plugin.Org, error) {
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
			d.Post(nil, caselog.ReservationAccepted{Task: task, At: clock.Now()})
		}
		other := call("4")
		d.Post(nil, caselog.ReservationAccepted{Task: other, At: clock.Now()})
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
			d.Post(nil, caselog.ReservationAccepted{Task: task, At: clock.Now()})
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

func (s *stuck) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
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

func (v *vague) CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	id, contact, err := v.model.CreateRecords(ctx, ask)
	if v.cases++; v.cases == 1 {
		return "", "", nil
	}
	return id, contact, err
}

func (v *vague) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
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
		ctx, stop := span.WithCancelCause(t.Context())
		p := plugin.New(plugin.Config{
			Policy: voice, Connect: connected(newModel(time.Minute)), Outbox: newShelf(),
			Log: func(plugin.Level, string) {}, Tell: func(string) {}, Note: func(caselog.ReservationSID, string) {}, Jitter: rand.Int64N,
		})
		ended := make(chan error, 1)
		go func() { ended <- p.Run(ctx) }()
		p.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		time.Sleep(time.Second)
		stop(gone)
		require.ErrorIs(t, <-ended, gone)
		time.Sleep(time.Minute) // for the call that was under way
	})
}
