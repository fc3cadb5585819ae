package plugin_test

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

// model is an org that keeps what it is given, as Salesforce would: one Case
// per engagement, one row per key. Each call takes a while.
type model struct {
	takes time.Duration

	mu    sync.Mutex
	cases map[caselog.EngagementID]caselog.CaseID
	rows  []caselog.SaveLog
	ids   map[caselog.LogKey]caselog.LogID
	pops  []caselog.CaseID
	calls []string
	busy  map[caselog.CaseID]int
	most  int // rows being written on one Case at a time

	onScreen  caselog.CaseID
	refreshed []caselog.CaseID
	early     int // refreshed while a row was being written
}

func newModel(takes time.Duration) *model {
	return &model{
		takes: takes,
		cases: map[caselog.EngagementID]caselog.CaseID{},
		ids:   map[caselog.LogKey]caselog.LogID{},
		busy:  map[caselog.CaseID]int{},
	}
}

func (m *model) CreateRecords(_ span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, "create "+string(ask.Engagement))
	m.cases[ask.Engagement] = caselog.CaseID("500" + ask.Engagement)
	return m.cases[ask.Engagement], "003A", nil
}

func (m *model) OnScreen(_ span.Context, ask caselog.ScreenPop) bool {
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.onScreen == ask.Case
}

func (m *model) ScreenPop(_ span.Context, ask caselog.ScreenPop) error {
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pops = append(m.pops, ask.Case)
	return nil
}

func (m *model) LogActivity(_ span.Context, ask caselog.LogActivity) error {
	m.mu.Lock()
	m.busy[ask.Case]++
	m.most = max(m.most, m.busy[ask.Case])
	m.mu.Unlock()
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy[ask.Case]--
	m.calls = append(m.calls, "activity "+string(ask.Key()))
	return nil
}

func (m *model) Refresh(_ span.Context, id caselog.CaseID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refreshed = append(m.refreshed, id)
	if m.busy[id] > 0 {
		m.early++
	}
	return nil
}

func (m *model) SaveLog(_ span.Context, row caselog.SaveLog) (caselog.LogID, error) {
	m.mu.Lock()
	m.busy[row.Case]++
	m.most = max(m.most, m.busy[row.Case])
	m.mu.Unlock()
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy[row.Case]--
	key := row.Key()
	m.calls = append(m.calls, "save "+string(key))
	if row.ID == "" && m.ids[key] != "" {
		return "", failure{caselog.Duplicate}
	}
	if row.ID == "" {
		m.ids[key] = caselog.LogID("a00" + key)
		m.rows = append(m.rows, row)
		return m.ids[key], nil
	}
	for i := range m.rows {
		if m.rows[i].Key() == key {
			m.rows[i] = row
		}
	}
	return row.ID, nil
}

func (m *model) FindLog(_ span.Context, key caselog.LogKey) (caselog.LogID, error) {
	time.Sleep(m.takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, "find "+string(key))
	return m.ids[key], nil
}

// story returns what the org has, a line a row.
func (m *model) story() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	lines := []string{}
	for _, r := range m.rows {
		line := string(r.Case) + " " + string(r.Key())
		if r.Left {
			line += " " + (time.Duration(r.Seconds) * time.Second).String()
		}
		lines = append(lines, line)
	}
	return lines
}

// failure is an error that says how the call failed.
type failure struct{ how caselog.Outcome }

func (f failure) Error() string            { return "the org is not in the mood" }
func (f failure) Outcome() caselog.Outcome { return f.how }
func (f failure) Reason() string           { return "MOOD" }

// faulty is an org whose calls fail as a script says, each for as many times as
// the script has errors for it, and are then good.
type faulty struct {
	*model
	mu sync.Mutex
	script
}

// script is the faults of each method, in order.
type script struct {
	create []error
	pop    []error
	save   []fault
	find   []error
}

// fault is a failed call; stored says that the row is there all the same.
type fault struct {
	err    error
	stored bool
}

func (f *faulty) next(list *[]error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(*list) == 0 {
		return nil
	}
	err := (*list)[0]
	*list = (*list)[1:]
	if errors.Is(err, errPanic) {
		panic("the org's library broke")
	}
	return err
}

var (
	errSilence = errors.New("no answer")
	errPanic   = errors.New("panics")
)

func (f *faulty) CreateRecords(ctx span.Context, ask caselog.CreateRecords) (caselog.CaseID, caselog.ContactID, error) {
	if err := f.next(&f.create); err != nil {
		return "", "", err
	}
	return f.model.CreateRecords(ctx, ask)
}

func (f *faulty) ScreenPop(ctx span.Context, ask caselog.ScreenPop) error {
	if err := f.next(&f.pop); err != nil {
		return err
	}
	return f.model.ScreenPop(ctx, ask)
}

func (f *faulty) SaveLog(ctx span.Context, row caselog.SaveLog) (caselog.LogID, error) {
	f.mu.Lock()
	var now fault
	if len(f.save) > 0 {
		now, f.save = f.save[0], f.save[1:]
	}
	f.mu.Unlock()
	if now.err == nil || now.stored {
		id, err := f.model.SaveLog(ctx, row)
		if now.err == nil {
			return id, err
		}
	}
	return "", now.err
}

func (f *faulty) FindLog(ctx span.Context, key caselog.LogKey) (caselog.LogID, error) {
	if err := f.next(&f.find); err != nil {
		return "", err
	}
	return f.model.FindLog(ctx, key)
}

// shelf is an outbox in memory that survives the plugins that use it.
type shelf struct {
	mu      sync.Mutex
	records map[caselog.ReservationSID]caselog.Record
	settled []caselog.ReservationSID
	claims  map[caselog.ReservationSID]bool
	err     error // of every method
	saves   int
}

func newShelf() *shelf {
	return &shelf{records: map[caselog.ReservationSID]caselog.Record{}, claims: map[caselog.ReservationSID]bool{}}
}

func (s *shelf) Load(span.Context) ([]caselog.Record, []caselog.ReservationSID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	records := slices.Collect(maps.Values(s.records))
	slices.SortFunc(records, func(a, b caselog.Record) int { return cmp.Compare(a.Task.Reservation, b.Task.Reservation) })
	return records, slices.Clone(s.settled), s.err
}

func (s *shelf) Save(_ span.Context, keep []caselog.Record, settled []caselog.ReservationSID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saves++
	if s.err != nil {
		return s.err
	}
	for _, rec := range keep {
		s.records[rec.Task.Reservation] = rec
	}
	for _, sid := range settled {
		delete(s.records, sid)
	}
	s.settled = append(s.settled, settled...)
	return nil
}

func (s *shelf) Claim(_ span.Context, sid caselog.ReservationSID) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.claims[sid]
	s.claims[sid] = true
	return first, s.err
}

func (s *shelf) Unclaim(_ span.Context, sid caselog.ReservationSID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.claims, sid)
	return s.err
}

var (
	_ plugin.Outbox   = (*shelf)(nil)
	_ plugin.Org      = (*model)(nil)
	_ plugin.Org      = (*faulty)(nil)
	_ plugin.Outcomer = failure{}
	_ plugin.Reasoner = failure{}
)
