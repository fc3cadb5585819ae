package flexbridge_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/clock"
	"flexcaselog/internal/flexbridge"
)

func TestSignalEvent(t *testing.T) {
	t.Parallel()
	const nothing = flexbridge.Kind(0)
	tests := map[string]struct {
		signal, status string
		clicksOnly     bool // a Flex without manager.events
		want           flexbridge.Kind
	}{
		"the manager says accepted":                            {"taskAccepted", "accepted", false, flexbridge.Accepted},
		"the manager says wrap-up":                             {"taskWrapup", "wrapping", false, flexbridge.Wrapup},
		"the manager says completed":                           {"taskCompleted", "completed", false, flexbridge.Completed},
		"canceled is lost":                                     {"taskCanceled", "canceled", false, flexbridge.Lost},
		"rejected is lost":                                     {"taskRejected", "rejected", false, flexbridge.Lost},
		"timed out is lost":                                    {"taskTimeout", "timeout", false, flexbridge.Lost},
		"rescinded is lost":                                    {"taskRescinded", "rescinded", false, flexbridge.Lost},
		"AcceptTask is over while the reservation is pending":  {"afterAcceptTask", "pending", false, nothing},
		"AcceptTask, and it is accepted":                       {"afterAcceptTask", "accepted", false, flexbridge.Accepted},
		"AcceptTask, and the caller has gone meanwhile":        {"afterAcceptTask", "canceled", false, nothing},
		"AcceptTask where nobody tells the truth":              {"afterAcceptTask", "pending", true, flexbridge.Accepted},
		"CompleteTask resolves although nothing was completed": {"afterCompleteTask", "wrapping", false, nothing},
		"CompleteTask, and it is":                              {"afterCompleteTask", "completed", false, flexbridge.Completed},
		"CompleteTask where nobody tells the truth":            {"afterCompleteTask", "wrapping", true, flexbridge.Completed},
		"WrapupTask, and it is":                                {"afterWrapupTask", "wrapping", false, flexbridge.Wrapup},
		"WrapupTask, and it is completed already":              {"afterWrapupTask", "completed", false, flexbridge.Completed},
		"hanging up where nobody tells the truth":              {"afterHangupCall", "accepted", true, flexbridge.Wrapup},
		"a click on a task that has no status":                 {"afterAcceptTask", "", false, flexbridge.Accepted},
		"hanging up is not the wrap-up":                        {"afterHangupCall", "accepted", false, flexbridge.HungUp},
		"a task found on the desktop, in a call":               {"found", "accepted", false, flexbridge.Accepted},
		"a task found on the desktop, in wrap-up":              {"found", "wrapping", false, flexbridge.Wrapup},
		"a task found on the desktop, still ringing":           {"found", "pending", false, nothing},
		"all tasks have been listed":                           {"listed", "", false, flexbridge.Listed},
		"somebody asks for another try":                        {"retry", "", false, flexbridge.Retry},
		"the agent is offered a task":                          {"taskReceived", "pending", false, flexbridge.Ringing},
		"the agent has turned to a task":                       {"afterSelectTask", "accepted", false, flexbridge.Selected},
		"the agent has turned to no task":                      {"selectedNone", "", false, flexbridge.Selected},
		"the agent can make calls, or can't":                   {"telephone", "", false, flexbridge.Telephone},
		"somebody wants more of the log":                       {"logLevel", "", false, flexbridge.LogLevel},
		"somebody has asked for a report":                      {"asked", "", false, flexbridge.Asked},
		"another page takes over":                              {"leave", "", false, flexbridge.Leave},
		"anything else":                                        {"taskUpdated", "accepted", false, nothing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := flexbridge.Signal{Name: tt.signal, At: clock.Of(time.UnixMilli(5)), Task: flexbridge.Task{SID: "WR1", Status: tt.status}}
			ev, ok := s.Event(!tt.clicksOnly)
			require.Equal(t, tt.want != nothing, ok)
			require.Equal(t, tt.want, ev.Kind)
			if ok {
				require.Equal(t, s.Task, ev.Task)
				require.Equal(t, s.At, ev.At)
				require.Equal(t, s.Text, ev.Text)
				require.Equal(t, tt.signal == "found", ev.Found)
			}
		})
	}
}

func TestListedSIDs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{"": nil, "WR1": {"WR1"}, "WR1,WR2": {"WR1", "WR2"}} {
		ev, ok := flexbridge.Signal{Name: "listed", Text: text}.Event(true)
		require.True(t, ok)
		require.Equal(t, want, ev.SIDs)
	}
}

func TestFoundTasksHaveTheBestTimeKnown(t *testing.T) {
	t.Parallel()
	now := clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	before := func(d time.Duration) clock.Time { return now.Add(-d) }
	tests := map[string]struct {
		task flexbridge.Task
		want clock.Time
	}{
		"Flex says when it changed":          {flexbridge.Task{Offered: before(time.Hour), Updated: before(time.Minute)}, before(time.Minute)},
		"Flex says only when it was offered": {flexbridge.Task{Offered: before(time.Hour)}, before(time.Hour)},
		"Flex's clock is ahead, in wrap-up":  {flexbridge.Task{Status: "wrapping", Offered: before(time.Hour), Updated: before(-time.Minute)}, now},
		"Flex's clock is ahead":              {flexbridge.Task{Offered: before(time.Hour), Updated: before(-time.Minute)}, before(time.Hour)},
		"Flex says nothing":                  {flexbridge.Task{}, now},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.task.Status == "" {
				tt.task.Status = "accepted"
			}
			ev, ok := flexbridge.Signal{Name: "found", At: now, Task: tt.task}.Event(true)
			require.True(t, ok)
			require.Equal(t, tt.want, ev.At)
		})
	}
}

// The loader does not send what it finds in the same table to be skipped.
func TestWhatTheLoaderSkipsIsNoNews(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/clicks.json")
	require.NoError(t, err)
	var clicks map[string]struct {
		Told, Click, Status string
		Skipped             bool
	}
	require.NoError(t, json.Unmarshal(text, &clicks))
	for name, tt := range clicks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := flexbridge.Task{SID: "WR1", Status: tt.Status}
			told, _ := flexbridge.Signal{Name: tt.Told, Task: task}.Event(true)
			clicked, happened := flexbridge.Signal{Name: tt.Click, Task: task}.Event(true)
			if tt.Skipped {
				require.True(t, !happened || clicked.Kind == told.Kind)
			} else {
				require.True(t, happened)
			}
		})
	}
}
