package flexbridge

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/clock"
)

// mapped is a configuration with further fields, as testdata/events.json asks for.
func mapped() Config {
	c := DefaultConfig()
	c.LogFields = []LogField{
		{Field: "Skill__c", Path: "attributes.skills.0"},
		{Field: "Priority__c", Path: "priority", Type: "number"},
		{Field: "Vip__c", Path: "attributes.vip", Type: "boolean"},
	}
	return c
}

func TestTheLoaderIsAskedForWhatIsRead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/events.json")
	require.NoError(t, err)
	var fixture struct{ Paths []string }
	require.NoError(t, json.Unmarshal(text, &fixture))
	require.Equal(t, fixture.Paths, mapped().paths())
}

func TestTheLoadersTextIsRead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/events.wire")
	require.NoError(t, err)
	var odd []string
	r := reader{config: mapped(), odd: func(err error) { odd = append(odd, err.Error()) }, told: map[string]bool{}}
	signals, last := r.read(string(text))
	require.Equal(t, []string{
		"log_fields: Skill__c is left empty: attributes.skills.0 is an object or a list",
		"log_fields: Vip__c is left empty: attributes.vip is no boolean",
	}, odd)
	require.EqualValues(t, 10, last)
	require.Equal(t, []Signal{
		{Name: "listed", At: clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)), Text: "WR1,WR2"},
		{
			Name: "taskAccepted", At: clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 123_500_000, time.UTC)),
			Task: Task{
				SID: "WR1", TaskSID: "WT1", Status: "accepted", Channel: "voice", Queue: "Everyone",
				Offered: clock.Of(time.Date(2026, 1, 5, 8, 59, 50, 0, time.UTC)), Updated: clock.Of(time.Date(2026, 1, 5, 8, 59, 59, 0, time.UTC)),
				EndedBy: "customer", Direction: "inbound", From: "+1", OutboundTo: "+2",
				InteractionSID: "KD1", CustomerAddress: "a", CustomerName: "n", Name: "m", Record: "003A", Internal: true,
				Disposition: "resolved", Notes: "line\nline",
				Fields: []Value{{"Skill__c", "billing"}, {"Priority__c", Number("5")}, {"Vip__c", true}},
			},
		},
		{Name: "taskWrapup", At: clock.Of(time.UnixMilli(1)), Task: Task{SID: "WR1", TaskSID: "WT1"}},
		{
			Name: "taskWrapup", At: clock.Of(time.UnixMilli(0)),
			Task: Task{SID: "WR1", TaskSID: "WT1", Status: "3", From: "14155550100", Record: "003B", Internal: true},
		},
		{Name: "taskWrapup", At: clock.Of(time.UnixMilli(0)), Task: Task{SID: "WR1", TaskSID: "WT1"}},
		{Name: "retry", At: clock.Of(time.UnixMilli(1))},
		{
			Name: "taskAccepted", At: clock.Of(time.UnixMilli(2)),
			Task: Task{SID: "WR2", TaskSID: "WT2", Direction: "outbound", OutboundTo: "client:bob", Internal: true},
		},
		{Name: "taskAccepted", At: clock.Of(time.UnixMilli(2)), Task: Task{SID: "WR3", TaskSID: "WT3", From: "client:bob", Internal: true}},
		{Name: "taskAccepted", At: clock.Of(time.UnixMilli(2)), Task: Task{SID: "WR4", TaskSID: "WT4", Direction: "inbound", From: "client:app"}},
		{Name: "taskWrapup", At: clock.Of(time.UnixMilli(1)), Task: Task{SID: "WR 1", TaskSID: "WT 1"}},
	}, signals)
}

// line writes an event as the loader does.
func line(cells ...string) string { return strings.Join(cells, endOfCell) }

func TestWhatIsNoEventIsPassedOver(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ line, wantErr string }{
		"nothing but a number":    {line("n1"), "flexbridge: an event without a name"},
		"no name":                 {line("n1", "", "n1"), "flexbridge: an event without a name"},
		"no time":                 {line("n1", "sx", "snow"), "flexbridge: x: no time"},
		"a time that is none":     {line("n1", "sx", "nnow"), "flexbridge: x: no time"},
		"no task":                 {line("n1", "sx", "n1"), "flexbridge: x: a task without its SIDs"},
		"no reservation SID":      {line("n1", "sx", "n1", "", "", "sWT1"), "flexbridge: x: a task without its SIDs"},
		"no task SID":             {line("n1", "sx", "n1", "", "sWR1"), "flexbridge: x: a task without its SIDs"},
		"something else entirely": {"none", "flexbridge: an event without a name"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var odd []string
			r := reader{config: DefaultConfig(), odd: func(err error) { odd = append(odd, err.Error()) }}
			signals, last := r.read(tt.line + endOfEvent + line("n2", "sretry", "n1"))
			require.Equal(t, []string{tt.wantErr}, odd)
			require.Len(t, signals, 1, "what comes after it is heard")
			require.EqualValues(t, 2, last)
		})
	}
}

func TestLogFieldsTakeWhatIsOfTheirType(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cell    cell
		of      string
		want    any
		problem string
	}{
		"missing":                       {"", "text", nil, ""},
		"text":                          {"sbilling", "", "billing", ""},
		"text that is wanted":           {"sbilling", "text", "billing", ""},
		"text for a number":             {"s5", "number", nil, "no number"},
		"a number":                      {"n5.5", "", Number("5.5"), ""},
		"a number that is wanted":       {"n5", "number", Number("5"), ""},
		"a number for a text":           {"n5", "text", "5", ""},
		"a truth value":                 {"b0", "", false, ""},
		"a truth value that is wanted":  {"b1", "boolean", true, ""},
		"a truth value for a text":      {"b1", "text", nil, "no text"},
		"text for a truth value":        {"strue", "boolean", nil, "no boolean"},
		"a time":                        {"s2026-01-05T09:00:00Z", "datetime", "2026-01-05T09:00:00Z", ""},
		"a time that JavaScript counts": {"n1767603600123", "datetime", "2026-01-05T09:00:00.123Z", ""},
		"a text that is no time":        {"syesterday", "datetime", nil, "no time"},
		"a time without a zone":         {"s2026-01-05T09:00:00", "datetime", nil, "no time"},
		"a time east of Greenwich":      {"s2026-01-05T09:00:00+01:00", "datetime", "2026-01-05T09:00:00+01:00", ""},
		"a list":                        {"o", "", nil, "an object or a list"},
		"a list where a text is wanted": {"o", "text", nil, "an object or a list"},
		"a truth value that is no time": {"b1", "datetime", nil, "no time"},
		"empty text is a text":          {"s", "", "", ""},
		"a number that is no time":      {"n1e21", "datetime", nil, "no time"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, problem := LogField{Type: tt.of}.read(tt.cell)
			require.Equal(t, tt.want, value)
			require.Equal(t, tt.problem, problem)
		})
	}
}

// FuzzRead holds that whatever crosses, each signal is of a reservation or general,
// and nothing panics.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/events.wire")
	require.NoError(f, err)
	f.Add(string(text))
	f.Add("n1\x1fslisted\x1fn1\x1e\x1e\x1f\x1f")
	f.Fuzz(func(t *testing.T, text string) {
		r := reader{config: mapped(), odd: func(error) {}, told: map[string]bool{}}
		signals, _ := r.read(text)
		for _, s := range signals {
			require.True(t, general[s.Name] || s.Task.SID != "" && s.Task.TaskSID != "", s.Name)
			for _, v := range s.Task.Fields {
				switch v.Value.(type) {
				case string, Number, bool:
				default:
					t.Fatalf("%s is %T", v.Field, v.Value)
				}
			}
			s.Event(true)
			s.Event(false)
		}
	})
}

func TestNumbersAreReadToTheThousandth(t *testing.T) {
	t.Parallel()
	for text, want := range map[cell]int64{
		"n0": 0, "n7": 7000, "n1767603600123": 1767603600123000, "n1767603600123.5": 1767603600123500, "n1767603600123.4567": 1767603600123456,
		"n-5": -5000, "n-0.25": -250, "n0.001": 1,
	} {
		got, ok := text.thousandths()
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []cell{"", "n", "s5", "n-", "nfive", "n1e21", "n1..2", "n.5", "n99999999999999999999", "n1-2"} {
		_, ok := text.thousandths()
		require.False(t, ok, text)
	}
}
