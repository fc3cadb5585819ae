package outbox

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

var nine = clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 123_000_000, time.UTC))

var full = caselog.Record{
	Task: caselog.Task{
		Reservation: "WR1", SID: "WT1", Interaction: "KD1", Channel: "voice", Direction: caselog.Inbound, Queue: "Everyone",
		From: "+1", OutboundTo: "+2", CustomerAddress: "a", CustomerName: "n", Name: "m", Offered: nine.Add(-time.Minute),
		Record: "003A", Internal: true, Disposition: "resolved", Notes: "called back", Fields: caselog.Fields("").With("Skill__c", "billing"),
	},
	Status:    caselog.Completed,
	Start:     [3]clock.Time{nine, nine.Add(time.Minute), nine.Add(time.Hour)},
	EndedBy:   caselog.ByAgent,
	Case:      "500A",
	Contact:   "003A",
	Activity:  true,
	Pop:       true,
	IDs:       [3]caselog.LogID{"a00A", "a00B", "a00C"},
	Closed:    [3]bool{true, true, true},
	Unsettled: true,
	Sent:      caselog.Wrapup,
}

// stored is a record as the store gives it back: numbers are all the same there.
func stored(t *testing.T, m map[string]any) map[string]any {
	t.Helper()
	text, err := json.Marshal(m)
	require.NoError(t, err)
	var back map[string]any
	require.NoError(t, json.Unmarshal(text, &back))
	return back
}

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	tests := map[string]caselog.Record{
		"everything there is": full,
		"hardly anything":     {Task: caselog.Task{Reservation: "WR1"}, Start: [3]clock.Time{nine}},
		"accepted, wrap-up skipped": {
			Task: caselog.Task{Reservation: "WR1"}, Status: caselog.Completed, Start: [3]clock.Time{0: nine, 2: nine.Add(time.Minute)},
		},
	}
	for name, rec := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decode(stored(t, encode(rec)))
			require.NoError(t, err)
			require.Equal(t, rec, got)
		})
	}
}

// TestTheFullRecordIsFull keeps the test above honest: a field that is empty in
// it would come back as it was without being stored.
func TestTheFullRecordIsFull(t *testing.T) {
	t.Parallel()
	var look func(v reflect.Value, name string)
	look = func(v reflect.Value, name string) {
		switch {
		case v.Type() == reflect.TypeFor[clock.Time]():
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				look(v.Field(i), name+"."+v.Type().Field(i).Name)
			}
			return
		case v.Kind() == reflect.Array:
			for i := range v.Len() {
				look(v.Index(i), name)
			}
			return
		}
		require.False(t, v.IsZero(), name)
	}
	look(reflect.ValueOf(full), "Record")
}

func TestWhatIsNoRecord(t *testing.T) {
	t.Parallel()
	good := func(change func(map[string]any)) map[string]any {
		m := stored(t, encode(full))
		change(m)
		return m
	}
	tests := map[string]struct {
		m       map[string]any
		wantErr string
	}{
		"nothing":                   {nil, "outbox: a record without a reservation"},
		"no reservation":            {good(func(m map[string]any) { delete(m, "sid") }), "outbox: a record without a reservation"},
		"a number for one":          {good(func(m map[string]any) { m["sid"] = 7.0 }), "outbox: a record without a reservation"},
		"a later plugin's":          {good(func(m map[string]any) { m["format"] = 2.0 }), "outbox: the record of WR1 has another format"},
		"no status":                 {good(func(m map[string]any) { delete(m, "status") }), "outbox: the record of WR1: no status"},
		"a status there is not":     {good(func(m map[string]any) { m["status"] = 3.0 }), "outbox: the record of WR1: no status"},
		"half a status":             {good(func(m map[string]any) { m["status"] = 0.5 }), "outbox: the record of WR1: no status"},
		"sent, but not what":        {good(func(m map[string]any) { delete(m, "sent") }), "outbox: the record of WR1: no status"},
		"no beginning":              {good(func(m map[string]any) { delete(m, "accepted") }), "outbox: the record of WR1 has no beginning"},
		"a state without its start": {good(func(m map[string]any) { delete(m, "completed") }), "outbox: the record of WR1 has no beginning"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := decode(tt.m)
			require.EqualError(t, err, tt.wantErr)
		})
	}
}

// FuzzDecode holds that whatever is in the store, what is read from it can be
// gone on with: a desk takes it, and comes to rest.
func FuzzDecode(f *testing.F) {
	seed, err := json.Marshal(encode(full))
	require.NoError(f, err)
	f.Add(seed)
	f.Add([]byte(`{"sid":"WR1","format":1,"status":2,"accepted":-1e300,"completed":1e300,"unsettled":true,"sent":0}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var m map[string]any
		if json.Unmarshal(text, &m) != nil {
			return
		}
		rec, err := decode(m)
		if err != nil {
			return
		}
		desk := caselog.NewDesk(caselog.Policy{})
		effects := desk.Restore([]caselog.Record{rec}, nil)
		require.LessOrEqual(t, len(effects), 2)
		keep, _ := desk.Changes()
		for _, k := range keep {
			again, err := decode(stored(t, encode(k)))
			require.NoError(t, err)
			require.Equal(t, k.Task.Reservation, again.Task.Reservation)
		}
	})
}
