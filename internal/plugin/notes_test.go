package plugin_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

// named is a failure with a cause and an advice.
type named struct{ failure }

func (named) Cause() string  { return "class not accessible" }
func (named) Advice() string { return "Ask your admin for the package." }

func TestNotesSayWhyThereWasAPopOrNone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		policy caselog.Policy
		prior  func(*faulty)
		want   string
	}{
		"it was done": {
			policy: voice, want: "WR1 screen pop: done",
		},
		"the record is open already": {
			policy: voice, prior: func(f *faulty) { f.onScreen = "500WT1" },
			want: "WR1 screen pop: not done: the record is open already",
		},
		"screen_pop is off": {
			policy: caselog.Policy{Channels: voice.Channels, Pop: caselog.PopNever},
			want:   "WR1 screen pop: not done: screen_pop is off",
		},
		"Salesforce refuses it": {
			policy: voice, prior: func(f *faulty) { f.pop = []error{named{failure{caselog.Never}}} },
			want: "WR1 screen pop: not done: class not accessible: Ask your admin for the package.",
		},
		"there is no Case": {
			policy: voice, prior: func(f *faulty) { f.create = []error{named{failure{caselog.Never}}} },
			want: "WR1 Case: not done: class not accessible: Ask your admin for the package.",
		},
		"no answer to it": {
			policy: voice, prior: func(f *faulty) { f.pop = []error{errSilence} },
			want: "WR1 screen pop: not done: outcome unknown",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				org := &faulty{model: newModel(time.Second)}
				if tt.prior != nil {
					tt.prior(org)
				}
				d := startBy(t, tt.policy, newShelf(), connected(org))
				d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
				d.minute()
				require.Contains(t, d.notes.all, tt.want)
				for _, note := range d.notes.all {
					require.NotContains(t, note, "4155550100")
				}
			})
		})
	}
}

func TestAWholeCallsNotes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := start(t, connected(newModel(time.Second)))
		d.wholeCall(call("1"))
		d.wait()
		require.ElementsMatch(t, []string{
			"WR1 Case: done", "WR1 screen pop: done",
			"WR1 row Reservation accepted: done", "WR1 end of row Reservation accepted: done",
			"WR1 row Wrapup: done", "WR1 end of row Wrapup: done", "WR1 row Completed: done",
		}, d.notes.all)
	})
}

func TestTheViewIsRefreshedOnceRowsAreSaved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(100 * time.Millisecond)
		d := start(t, connected(org))
		d.wholeCall(call("1"))
		d.wait()
		require.Equal(t, []caselog.CaseID{"500WT1", "500WT1", "500WT1"}, org.refreshed,
			"once for each pair of rows that were saved together")
		require.Zero(t, org.early, "and not between the two")
	})
}

func TestTheActivityIsLoggedAfterTheRowsOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		policy := voice
		policy.Activity = true
		d := startBy(t, policy, newShelf(), connected(org))
		first, second := call("1"), call("2")
		first.Interaction, second.Interaction = "KD1", "KD1"
		for _, task := range []caselog.Task{first, second} {
			d.Post(nil, caselog.ReservationAccepted{Task: task, At: clock.Now()}, caselog.TaskCompleted{Task: task, At: clock.Now()})
		}
		d.wait()
		require.Contains(t, org.calls, "activity WR1-completed")
		require.Contains(t, org.calls, "activity WR2-completed")
		require.Equal(t, 1, org.most, "an activity locks its Case as a row does")
		require.Empty(t, d.shelf.records)
	})
}

func TestTheCaseOfASelectedTaskIsShownAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := newModel(time.Second)
		policy := voice
		policy.Pop = caselog.PopOnSelect
		d := startBy(t, policy, newShelf(), connected(org))
		for _, n := range []string{"1", "2"} {
			d.Post(nil, caselog.ReservationAccepted{Task: call(n), At: clock.Now()})
			d.minute()
		}
		d.Post(nil, caselog.TaskSelected{Reservation: "WR1"})
		d.minute()
		require.Equal(t, []caselog.CaseID{"500WT1", "500WT2", "500WT1"}, org.pops)
	})
}

func TestWhatCanNotBeShownAgainIsLetBe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := &faulty{model: newModel(time.Second)}
		policy := voice
		policy.Pop = caselog.PopOnSelect
		d := startBy(t, policy, newShelf(), connected(org))
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
		d.minute()
		org.mu.Lock()
		org.pop = []error{failure{caselog.NotNow}}
		org.mu.Unlock()
		d.Post(nil, caselog.TaskSelected{Reservation: "WR1"})
		d.wait()
		require.Equal(t, []caselog.CaseID{"500WT1"}, org.pops)
		require.Contains(t, d.notes.all, "WR1 screen pop: not done again: refused for now (MOOD)")
	})
}

// minute lets a minute pass.
func (d *desk) minute() {
	time.Sleep(time.Minute)
	synctest.Wait()
}

// after connects that much later.
func after(d time.Duration, org plugin.Org) func(span.Context) (plugin.Org, error) {
	return func(span.Context) (plugin.Org, error) {
		time.Sleep(d)
		return org, nil
	}
}

// unreachable never connects.
func unreachable(span.Context) (plugin.Org, error) { return nil, errSilence }

func TestNothingIsShownAgainWithoutAnOrg(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		policy := voice
		policy.Pop = caselog.PopOnSelect
		d := startBy(t, policy, newShelf(), unreachable)
		d.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()}, caselog.TaskSelected{Reservation: "WR1"})
		d.wait()
		require.Empty(t, d.notes.all)
	})
}
