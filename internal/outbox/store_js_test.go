package outbox

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// store returns a store whose loader has these methods, in JavaScript.
func store(t *testing.T, methods string) (*Store, *[]error) {
	t.Helper()
	source, err := os.ReadFile("../../web/thread/ask.js") // the loader's own
	require.NoError(t, err)
	ask := must(jscall.Call(safejs.Global(), "eval", "(() => { "+strings.Replace(string(source), "export function", "return function", 1)+" })()"))
	asker, err := jscall.NewAsker(jscall.Edge{}, ask)
	require.NoError(t, err)
	host := must(jscall.Call(safejs.Global(), "eval", "({"+methods+"})"))
	odd := &[]error{}
	return NewStore(host, asker, func(err error) { *odd = append(*odd, err) }), odd
}

const record = `{sid: "WR1", format: 1, status: 0, accepted: 1767603600123, task: "WT1"}`

func TestLoad(t *testing.T) {
	want := caselog.Record{
		Task:  caselog.Task{Reservation: "WR1", SID: "WT1"},
		Start: [3]clock.Time{nine},
	}
	tests := map[string]struct {
		load, wantErr string
		records       []caselog.Record
		settled       []caselog.ReservationSID
		odd           int
	}{
		"answers later": {
			load:    `() => new Promise(r => setTimeout(r, 2, {records: [` + record + `], settled: ["WR0"]}))`,
			records: []caselog.Record{want}, settled: []caselog.ReservationSID{"WR0"},
		},
		"answers at once, and without a promise": {
			load:    `() => ({records: [` + record + `], settled: []})`,
			records: []caselog.Record{want}, settled: []caselog.ReservationSID{},
		},
		"refuses": {load: `() => Promise.reject(new Error("denied"))`, wantErr: "outbox: load: JavaScript error: denied"},
		"throws":  {load: `() => { throw new Error("broken") }`, wantErr: "outbox: load: JavaScript error: broken"},
		"answers nonsense": {
			load: `async () => "nothing"`, wantErr: "outbox: load: records is a string, not an object",
		},
		"has records that are none": {
			load:    `async () => ({records: [null, 7, {}, ` + record + `], settled: [null]})`,
			records: []caselog.Record{want}, settled: []caselog.ReservationSID{}, odd: 3,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, odd := store(t, "load: "+tt.load)
			records, settled, err := s.Load(t.Context())
			if tt.wantErr != "" {
				require.ErrorContains(t, err, "outbox: load: ")
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.records, records)
			require.Equal(t, tt.settled, settled)
			require.Len(t, *odd, tt.odd)
		})
	}
}

func TestSave(t *testing.T) {
	s, _ := store(t, `saved: [], save(keep, done) { this.saved.push(keep, done); return Promise.resolve() }`)
	require.NoError(t, s.Save(t.Context(), []caselog.Record{full}, []caselog.ReservationSID{"WR0"}))
	saved, err := jscall.JSON(must(jscall.Get(s.host, "saved")))
	require.NoError(t, err)
	require.Contains(t, saved, `"sid":"WR1"`)
	require.Contains(t, saved, `["WR0"]`)
	// What went into the store comes back out of it the same.
	back, err := decode(jscall.Plain(must(jscall.Get(s.host, "saved", "0", "0"))).(map[string]any))
	require.NoError(t, err)
	require.Equal(t, full, back)
}

func TestClaim(t *testing.T) {
	tests := map[string]struct {
		claim   string
		first   bool
		wantErr string
	}{
		"the first":        {`async () => true`, true, ""},
		"not the first":    {`async () => false`, false, ""},
		"refuses":          {`async () => { throw new Error("denied") }`, false, "outbox: claim: JavaScript error: denied"},
		"answers nonsense": {`async () => "yes"`, false, "outbox: claim: value is a string, not a boolean"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, _ := store(t, "claim: "+tt.claim)
			first, err := s.Claim(t.Context(), "WR1")
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.first, first)
		})
	}
}

func TestUnclaim(t *testing.T) {
	s, _ := store(t, `async unclaim(sid) { this.taken = sid }`)
	require.NoError(t, s.Unclaim(t.Context(), "WR1"))
	taken, err := jscall.String(s.host, "taken")
	require.NoError(t, err)
	require.Equal(t, "WR1", taken)
}

func TestAStoreThatNeverAnswers(t *testing.T) {
	s, _ := store(t, `save: () => new Promise(() => {})`)
	ctx, stop := span.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	err := s.Save(ctx, nil, nil)
	require.True(t, errors.Is(err, span.DeadlineExceeded), "%v", err)
}

func must(v safejs.Value, err error) safejs.Value {
	if err != nil {
		panic(err)
	}
	return v
}
