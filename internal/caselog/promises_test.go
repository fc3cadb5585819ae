package caselog_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// FuzzPromises holds what the org must look like in the end, whatever order
// events and answers come in, and whatever is refused, lost or repeated: one
// Case per engagement, one row per reservation and status, in order, with the
// right duration, at most one screen pop.
func FuzzPromises(f *testing.F) {
	f.Add([]byte{0})
	f.Add([]byte{0, 8, 1, 9, 2, 10, 3, 11})
	f.Add([]byte{0, 64, 65, 66, 67, 1, 130, 131, 132, 2, 200, 201, 255, 254, 3})
	f.Add([]byte("a call, a chat and a customer who hangs up while the org is locked"))
	f.Fuzz(func(t *testing.T, script []byte) {
		policy := everything
		if len(script) > 0 {
			// The policy, too, is in the script.
			policy.Activity = script[0]&1 != 0
			if script[0]&2 != 0 {
				policy.Pop = caselog.PopOnSelect
			}
		}
		w := newWorld(t, policy)
		for _, b := range script {
			w.play(b)
		}
		w.finish()
		w.check()
	})
}

// world is a desk, a model of the org, and a clock.
type world struct {
	t    *testing.T
	desk *caselog.Desk
	now  clock.Time

	inFlight []caselog.Effect
	kept     map[caselog.ReservationSID]caselog.Record
	settled  []caselog.ReservationSID
	said     map[caselog.ReservationSID]*told

	cases map[caselog.EngagementID]caselog.CaseID
	rows  map[caselog.LogKey]*storedRow
	order []caselog.LogKey
	pops  map[caselog.ReservationSID]int

	policy     caselog.Policy
	activities map[caselog.ReservationSID]bool
	givenUp    map[caselog.ReservationSID]bool // after so many tries that the rows must do
}

// told is what Flex told of one reservation: the first time of each state.
type told struct {
	at   [3]clock.Time
	lost bool
}

type storedRow struct {
	id      caselog.LogID
	caseID  caselog.CaseID
	start   clock.Time
	seconds int // -1 while empty
}

func newWorld(t *testing.T, policy caselog.Policy) *world {
	return &world{
		t: t, desk: caselog.NewDesk(policy), now: nine, policy: policy, activities: map[caselog.ReservationSID]bool{}, givenUp: map[caselog.ReservationSID]bool{},
		said:  map[caselog.ReservationSID]*told{},
		cases: map[caselog.EngagementID]caselog.CaseID{},
		rows:  map[caselog.LogKey]*storedRow{},
		pops:  map[caselog.ReservationSID]int{},
		kept:  map[caselog.ReservationSID]caselog.Record{},
	}
}

// play does what one byte of a script says: low values are Flex's, the rest
// decide what becomes of one of the effects in flight.
func (w *world) play(b byte) {
	w.now = w.now.Add(time.Duration(b%7) * 700 * time.Millisecond)
	if b%64 == 63 {
		w.restart(b)
		return
	}
	if b < 64 || len(w.inFlight) == 0 {
		w.flex(int(b)%8, int(b)/8%4)
		return
	}
	i := int(b) % len(w.inFlight)
	e := w.inFlight[i]
	w.inFlight = append(w.inFlight[:i:i], w.inFlight[i+1:]...)
	w.answer(e, int(b)/8%5)
}

func (w *world) flex(what, which int) {
	// Reservations 0 and 1 share an interaction; 2 and 3 stand alone.
	task := caselog.Task{
		Reservation: caselog.ReservationSID(fmt.Sprint("WR", which)),
		SID:         caselog.TaskSID(fmt.Sprint("WT", which)),
		Channel:     "voice",
		From:        "+14155550100",
	}
	if which < 2 {
		task.Interaction = "KD1"
	}
	sid := task.Reservation
	s := w.said[sid]
	if s == nil {
		s = &told{}
		w.said[sid] = s
	}
	first := func(status caselog.Status) {
		for _, later := range s.at[status:] {
			if !later.IsZero() || s.lost {
				return
			}
		}
		s.at[status] = w.now
		if s.at[caselog.Accepted].IsZero() {
			s.at[caselog.Accepted] = w.now
		}
	}
	switch what {
	case 0, 1:
		first(caselog.Accepted)
		w.step(caselog.ReservationAccepted{Task: task, At: w.now})
	case 2, 3:
		first(caselog.Wrapup)
		w.step(caselog.WrapupStarted{Task: task, At: w.now})
	case 4, 5:
		first(caselog.Completed)
		w.step(caselog.TaskCompleted{Task: task, At: w.now})
	case 6:
		w.step(caselog.AgentHungUp{Reservation: sid})
		w.step(caselog.TaskSelected{Reservation: sid})
	case 7:
		if s.at[caselog.Accepted].IsZero() {
			s.lost = true
		} else {
			first(caselog.Completed)
		}
		w.step(caselog.ReservationLost{Reservation: sid, At: w.now})
	}
}

// step gives the desk an event that it must understand.
func (w *world) step(ev caselog.Event) {
	effects, err := w.desk.Step(ev)
	require.NoError(w.t, err)
	w.take(effects)
}

// take keeps what the desk wants kept, and only then sends what it wants done.
func (w *world) take(effects []caselog.Effect) {
	keep, settled := w.desk.Changes()
	for _, rec := range keep {
		w.kept[rec.Task.Reservation] = rec
	}
	for _, sid := range settled {
		delete(w.kept, sid)
	}
	w.settled = append(w.settled, settled...)
	w.inFlight = append(w.inFlight, effects...)
	for _, e := range effects {
		if remark, ok := e.(caselog.Remark); ok {
			var sid string
			if _, err := fmt.Sscanf(remark.Line, "no activity is logged for %s", &sid); err == nil {
				w.givenUp[caselog.ReservationSID(strings.TrimSuffix(sid, ":"))] = true
			}
		}
	}
	writing := map[caselog.ReservationSID]int{}
	for _, e := range w.inFlight {
		switch e := e.(type) {
		case caselog.SaveLog:
			writing[e.Task.Reservation]++
		case caselog.FindLog:
			writing[e.Reservation]++
		case caselog.LogActivity:
			writing[e.Reservation]++
		}
	}
	for sid, n := range writing {
		require.Equal(w.t, 1, n, "calls for the rows of %s at one time", sid)
	}
}

// restart is a new desk that knows what the old one kept. Of what was in flight
// some was done, but nobody hears of it.
func (w *world) restart(b byte) {
	for i, e := range w.inFlight {
		if _, pausing := e.(caselog.Pause); !pausing && (int(b)/64+i)%2 == 0 {
			w.perform(e)
		}
	}
	w.inFlight = nil
	records := make([]caselog.Record, 0, len(w.kept))
	for _, rec := range w.kept {
		records = append(records, rec)
	}
	slices.SortFunc(records, func(a, b caselog.Record) int { return cmp.Compare(a.Task.Reservation, b.Task.Reservation) })
	w.desk = caselog.NewDesk(w.policy)
	w.take(w.desk.Restore(records, w.settled))
}

// perform does what an effect asks for, with no answer.
func (w *world) perform(e caselog.Effect) {
	switch e := e.(type) {
	case caselog.CreateRecords:
		w.cases[e.Engagement] = caselog.CaseID("500" + string(e.Engagement))
	case caselog.ScreenPop:
		w.pops[e.Reservation]++
	case caselog.LogActivity:
		require.Contains(w.t, w.rows, e.Key(), "an activity is made of rows")
		w.activities[e.Reservation] = true
	case caselog.SaveLog:
		w.store(e)
	}
}

// store stores a row unless its key is taken, and tells whether it did.
func (w *world) store(e caselog.SaveLog) bool {
	row := w.rows[e.Key()]
	if e.ID == "" {
		if row != nil {
			return false
		}
		row = &storedRow{id: caselog.LogID("a00" + e.Key()), caseID: e.Case, start: e.Start, seconds: -1}
		w.rows[e.Key()] = row
		w.order = append(w.order, e.Key())
	} else {
		require.NotNil(w.t, row, "an update of a row that is not there")
		require.Equal(w.t, row.id, e.ID)
	}
	if e.Left {
		row.seconds = e.Seconds
	}
	return true
}

// The ways in which a call to Salesforce can go.
const (
	fine = iota
	refused
	lostBefore // never arrived
	lostAfter  // done, but the answer was lost
	fineToo
)

// answer performs an effect against the model org and posts what came of it.
func (w *world) answer(e caselog.Effect, how int) {
	done := how == fine || how == lostAfter || how == fineToo
	heard := how == fine || how == fineToo
	failure := caselog.Unknown
	if how == refused {
		failure = caselog.NotNow
	}
	switch e := e.(type) {
	case caselog.Pause:
		require.Positive(w.t, e.Attempt)
		w.step(e.Then)
	case caselog.CreateRecords:
		if done {
			w.perform(e)
		}
		if heard {
			w.step(caselog.CaseOpened{Engagement: e.Engagement, Case: w.cases[e.Engagement]})
		} else {
			w.step(caselog.CaseFailed{Engagement: e.Engagement, Outcome: failure})
		}
	case caselog.ScreenPop:
		if done {
			w.perform(e)
		}
		if heard {
			w.step(caselog.CasePopped{Reservation: e.Reservation})
		} else {
			w.step(caselog.PopFailed{Reservation: e.Reservation, Outcome: failure})
		}
	case caselog.LookAtScreen:
		switch how {
		case refused: // there was nobody to be asked
			w.step(caselog.PopFailed{Reservation: e.Reservation, Outcome: caselog.NotNow})
		case lostAfter:
			w.step(caselog.ScreenSeen{Reservation: e.Reservation, There: true})
		default:
			w.step(caselog.ScreenSeen{Reservation: e.Reservation})
		}
	case caselog.LogActivity:
		if done {
			w.perform(e)
		}
		if heard {
			w.step(caselog.ActivityLogged{Reservation: e.Reservation})
		} else {
			w.step(caselog.ActivityFailed{Reservation: e.Reservation, Outcome: failure})
		}
	case caselog.SaveLog:
		w.save(e, done, heard, failure)
	case caselog.FindLog:
		switch row := w.rows[e.Key]; {
		case !heard:
			w.step(caselog.FindFailed{Reservation: e.Reservation, Outcome: failure})
		case row == nil:
			w.step(caselog.LogFound{Reservation: e.Reservation})
		default:
			w.step(caselog.LogFound{Reservation: e.Reservation, ID: row.id})
		}
	}
}

func (w *world) save(e caselog.SaveLog, done, heard bool, failure caselog.Outcome) {
	if done && !w.store(e) {
		w.step(caselog.LogFailed{Reservation: e.Task.Reservation, Outcome: caselog.Duplicate})
		return
	}
	if heard {
		w.step(caselog.LogSaved{Reservation: e.Task.Reservation, ID: w.rows[e.Key()].id})
		return
	}
	w.step(caselog.LogFailed{Reservation: e.Task.Reservation, Outcome: failure})
}

// finish ends every task and lets an org without faults answer everything.
func (w *world) finish() {
	w.now = w.now.Add(time.Second)
	for which := range 4 {
		if s := w.said[caselog.ReservationSID(fmt.Sprint("WR", which))]; s != nil && !s.at[caselog.Accepted].IsZero() {
			w.flex(4, which)
		}
	}
	for calls := 0; len(w.inFlight) > 0; calls++ {
		require.Less(w.t, calls, 1000, "it never comes to rest")
		e := w.inFlight[0]
		w.inFlight = w.inFlight[1:]
		w.answer(e, fine)
		if len(w.inFlight) == 0 && w.desk.Parked() > 0 { // what was refused too often
			w.step(caselog.TryAgain{})
		}
	}
	if w.desk.Parked() > 0 {
		w.step(caselog.TryAgain{})
		w.finish()
		return
	}
	require.Zero(w.t, w.desk.Open(), "something was left open")
	require.Empty(w.t, w.kept, "something was left in the outbox")
}

// check compares the org with what Flex told.
func (w *world) check() {
	seen := map[caselog.LogKey]int{}
	for i, key := range w.order {
		seen[key] = i
	}
	rows := 0
	for sid, s := range w.said {
		require.LessOrEqual(w.t, w.pops[sid], 1, "screen pops of %s", sid)
		last := -1
		for status := caselog.Accepted; status <= caselog.Completed; status++ {
			key := status.Key(sid)
			row := w.rows[key]
			if s.at[status].IsZero() {
				require.Nil(w.t, row, "a row for a state that was never entered: %s", key)
				continue
			}
			rows++
			require.NotNil(w.t, row, "lost: %s", key)
			require.Greater(w.t, seen[key], last, "out of order: %s", key)
			last = seen[key]
			require.Equal(w.t, s.at[status], row.start, key)
			require.NotEmpty(w.t, row.caseID)
			require.Equal(w.t, s.seconds(status), row.seconds, "duration of %s", key)
			if status == caselog.Completed && !w.givenUp[sid] {
				require.Equal(w.t, w.policy.Activity, w.activities[sid], "the activity of %s", sid)
			}
		}
	}
	require.Len(w.t, w.rows, rows)
	require.Len(w.t, w.order, rows)
}

// seconds returns how long a state lasted, -1 for the last one.
func (s *told) seconds(status caselog.Status) int {
	for _, next := range s.at[status+1:] {
		if !next.IsZero() {
			return int(next.Sub(s.at[status]).Round(time.Second) / time.Second)
		}
	}
	return -1
}
