package caselog_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// nine is when every story begins; its times count from here.
var nine = clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))

// everything is the policy of an org that changed nothing.
var everything = caselog.Policy{
	Channels: []string{"voice", "chat", "sms", "whatsapp", "web", "email", "messenger"},
}

// TestStories plays the transcripts in testdata: what happens, and under the
// line what the machine wants done about it. Run with -rewrite to write down
// what it wants now.
func TestStories(t *testing.T) {
	t.Parallel()
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		if strings.HasPrefix(path, "testdata/fuzz/") {
			return // what the fuzzer has found is in no words
		}
		policed, byHand := everything, false
		desk := caselog.NewDesk(policed)
		kept := map[caselog.ReservationSID]caselog.Record{}
		var settled []caselog.ReservationSID
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd == "policy" {
				policed, byHand = policy(t, d), d.HasArg("looks")
				desk = caselog.NewDesk(policed)
				return ""
			}
			var effects []caselog.Effect
			if d.Cmd == "restart" {
				desk = caselog.NewDesk(policed)
				records := slices.SortedFunc(maps.Values(kept), func(a, b caselog.Record) int {
					return cmp.Compare(a.Task.Reservation, b.Task.Reservation)
				})
				effects = desk.Restore(records, settled)
			} else {
				var err error
				if effects, err = desk.Step(event(t, d)); err != nil {
					return "error: " + err.Error() + "\n"
				}
			}
			if !byHand {
				effects = nothingOnScreen(t, desk, effects)
			}
			keep, done := desk.Changes()
			for _, rec := range keep {
				kept[rec.Task.Reservation] = rec
			}
			for _, sid := range done {
				delete(kept, sid)
			}
			settled = append(settled, done...)
			var out strings.Builder
			for _, e := range effects {
				out.WriteString(tell(e) + "\n")
			}
			if desk.Open() == 0 {
				out.WriteString("(nothing is open)\n")
			}
			return out.String()
		})
	})
}

// nothingOnScreen answers each look at the screen: nothing is there. Most stories are
// not about that.
func nothingOnScreen(t *testing.T, desk *caselog.Desk, effects []caselog.Effect) []caselog.Effect {
	t.Helper()
	var all []caselog.Effect
	for _, e := range effects {
		look, ok := e.(caselog.LookAtScreen)
		if !ok {
			all = append(all, e)
			continue
		}
		more, err := desk.Step(caselog.ScreenSeen{Reservation: look.Reservation})
		require.NoError(t, err)
		all = append(all, more...)
	}
	return all
}

// tell writes an effect as a line of a story.
func tell(e caselog.Effect) string {
	switch e := e.(type) {
	case caselog.CreateRecords:
		c := e.Task.Customer()
		return fmt.Sprintf("create records for %s: phone %q, name %q, address %q", e.Engagement, c.Phone, c.Name, c.Address)
	case caselog.ScreenPop:
		return fmt.Sprintf("pop %s for %s", e.Case, e.Reservation)
	case caselog.LookAtScreen:
		return fmt.Sprintf("look whether %s is on the screen, for %s", e.Case, e.Reservation)
	case caselog.ShowAgain:
		return fmt.Sprintf("show %s again for %s", e.Case, e.Reservation)
	case caselog.LogActivity:
		return fmt.Sprintf("log the activity of %s in %s", e.Key(), e.Case)
	case caselog.Explain:
		return fmt.Sprintf("explain %s: %s", e.Reservation, e.Line)
	case caselog.FindLog:
		return fmt.Sprintf("find the row %s", e.Key)
	case caselog.Pause:
		return fmt.Sprintf("pause before try %d: %T", e.Attempt+1, e.Then)
	case caselog.Remark:
		return "remark: " + e.Line
	case caselog.SaveLog:
		verb := "create"
		if e.ID != "" {
			verb = "update " + string(e.ID) + ","
		}
		line := fmt.Sprintf("%s the row %s in %s: %q from %s", verb, e.Key(), e.Case, e.Name(), e.Start.Sub(nine))
		if e.Left {
			line += fmt.Sprintf(" for %ds", e.Seconds)
		}
		if e.EndedBy != "" {
			line += ", ended by " + string(e.EndedBy)
		}
		if e.Task.Disposition != "" {
			line += ", outcome " + strconv.Quote(e.Task.Disposition)
		}
		for _, f := range e.Task.Fields.All() {
			line += fmt.Sprintf(", %s=%v", f.Name, f.Value)
		}
		return line
	}
	return fmt.Sprintf("unknown effect %T", e)
}

// event reads a line of a story.
func event(t *testing.T, d *datadriven.TestData) caselog.Event {
	t.Helper()
	w := words{t: t, d: d}
	sid := caselog.ReservationSID(w.get("res"))
	engagement := caselog.EngagementID(w.get("engagement"))
	switch d.Cmd {
	case "accepted":
		return caselog.ReservationAccepted{Task: w.task(), At: w.at(), Found: w.has("found")}
	case "agent-hung-up":
		return caselog.AgentHungUp{Reservation: sid}
	case "wrapup":
		return caselog.WrapupStarted{Task: w.task(), At: w.at(), EndedBy: caselog.Party(w.get("by"))}
	case "completed":
		return caselog.TaskCompleted{Task: w.task(), At: w.at(), EndedBy: caselog.Party(w.get("by"))}
	case "selected":
		return caselog.TaskSelected{Reservation: sid}
	case "activity-logged":
		return caselog.ActivityLogged{Reservation: sid}
	case "activity-failed":
		return caselog.ActivityFailed{Reservation: sid, Outcome: w.outcome()}
	case "lost":
		return caselog.ReservationLost{Reservation: sid, At: w.at()}
	case "case-opened":
		return caselog.CaseOpened{Engagement: engagement, Case: caselog.CaseID(w.get("case"))}
	case "case-failed":
		return caselog.CaseFailed{Engagement: engagement, Outcome: w.outcome()}
	case "case-due":
		return caselog.CaseDue{Engagement: engagement}
	case "looked":
		return caselog.ScreenSeen{Reservation: sid, There: w.has("there")}
	case "popped":
		return caselog.CasePopped{Reservation: sid}
	case "pop-failed":
		return caselog.PopFailed{Reservation: sid, Outcome: w.outcome()}
	case "pop-due":
		return caselog.PopDue{Reservation: sid}
	case "saved":
		return caselog.LogSaved{Reservation: sid, ID: caselog.LogID(w.get("id"))}
	case "save-failed":
		return caselog.LogFailed{Reservation: sid, Outcome: w.outcome()}
	case "found":
		return caselog.LogFound{Reservation: sid, ID: caselog.LogID(w.get("id"))}
	case "find-failed":
		return caselog.FindFailed{Reservation: sid, Outcome: w.outcome()}
	case "listed":
		var live []caselog.ReservationSID
		for _, sid := range strings.Split(w.get("live"), "+") {
			live = append(live, caselog.ReservationSID(sid))
		}
		return caselog.TasksListed{Live: live, At: w.at()}
	case "try-again":
		return caselog.TryAgain{}
	case "log-due":
		return caselog.LogDue{Reservation: sid}
	}
	d.Fatalf(t, "no event is called %q", d.Cmd)
	return nil
}

func policy(t *testing.T, d *datadriven.TestData) caselog.Policy {
	t.Helper()
	w := words{t: t, d: d}
	p := everything
	if w.has("channels") {
		p.Channels = strings.Split(w.get("channels"), "+")
	}
	switch w.get("pop") {
	case "off":
		p.Pop = caselog.PopNever
	case "select":
		p.Pop = caselog.PopOnSelect
	}
	p.Quiet, p.Internal, p.Activity = w.has("quiet"), w.has("internal"), w.has("activity")
	return p
}

// words are the arguments of a line.
type words struct {
	t *testing.T
	d *datadriven.TestData
}

func (w words) has(key string) bool { return w.d.HasArg(key) }

func (w words) get(key string) string {
	for _, a := range w.d.CmdArgs {
		if a.Key == key && len(a.Vals) > 0 {
			return a.Vals[0]
		}
	}
	return ""
}

func (w words) at() clock.Time {
	w.t.Helper()
	after, err := time.ParseDuration(w.get("at"))
	require.NoError(w.t, err, w.d.Pos)
	return nine.Add(after)
}

func (w words) task() caselog.Task {
	task := caselog.Task{
		Reservation: caselog.ReservationSID(w.get("res")),
		SID:         caselog.TaskSID(w.get("task")),
		Interaction: w.get("interaction"),
		Channel:     w.get("channel"),
		Direction:   caselog.Direction(w.get("direction")),
		From:        w.get("from"),
		OutboundTo:  w.get("to"),
		Name:        w.get("name"),
		Internal:    w.has("colleague"),
		Disposition: w.get("outcome"),
	}
	if skill := w.get("skill"); skill != "" {
		task.Fields = task.Fields.With("Skill__c", skill)
	}
	if task.SID == "" {
		task.SID = caselog.TaskSID(strings.Replace(w.get("res"), "WR", "WT", 1))
	}
	if task.Channel == "" {
		task.Channel = "voice"
	}
	if s, err := strconv.Atoi(w.get("offered")); err == nil {
		task.Offered = nine.Add(time.Duration(s) * time.Second)
	}
	return task
}

func (w words) outcome() caselog.Outcome {
	for word, o := range map[string]caselog.Outcome{
		"refused": caselog.NotNow, "never": caselog.Never, "unknown": caselog.Unknown, "duplicate": caselog.Duplicate,
	} {
		if w.has(word) {
			return o
		}
	}
	w.d.Fatalf(w.t, "say how it failed: refused, never, unknown or duplicate")
	return 0
}
