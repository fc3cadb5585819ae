package simulation

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"flexcaselog/internal/caselog"
)

// memory is what is kept of the desk, on disk or in a page.
type memory struct {
	records map[caselog.ReservationSID]caselog.Record
	settled []caselog.ReservationSID
	claims  map[caselog.ReservationSID]bool
}

func newMemory() *memory {
	return &memory{records: map[caselog.ReservationSID]caselog.Record{}, claims: map[caselog.ReservationSID]bool{}}
}

func (m *memory) put(keep []caselog.Record, settled []caselog.ReservationSID) {
	for _, rec := range keep {
		m.records[rec.Task.Reservation] = rec
	}
	for _, sid := range settled {
		delete(m.records, sid)
		if !slices.Contains(m.settled, sid) {
			m.settled = append(m.settled, sid)
		}
	}
}

// sorted returns the records in one order, whatever order they came in.
func (m *memory) sorted() []caselog.Record {
	return slices.SortedFunc(maps.Values(m.records), func(a, b caselog.Record) int {
		return cmp.Compare(a.Task.Reservation, b.Task.Reservation)
	})
}

// shelf is the browser's storage, which all tabs share and which survives them.
type shelf struct {
	*memory
	w       *world
	mirror  bool // pages have a memory beside it, as web/thread/store.js does; else it fails with an error
	denied  bool
	fullAt  int // it takes no more after so many writes; 0: it never is full
	writes  int
	refused bool // it has said no to somebody
}

func newShelf(w *world) *shelf {
	s := &shelf{memory: newMemory(), w: w, mirror: w.chance(600, "pages have a memory")}
	s.denied = w.fault(30, "storage is denied")
	if n := 1 + w.below(40, "storage"); !s.denied && w.faultf(60, "storage is full after %d writes", n) {
		s.fullAt = n
	}
	return s
}

var errFull = errors.New("the storage takes nothing")

// refuse returns why the storage says no, if it does.
func (s *shelf) refuse(write bool) error {
	if write {
		s.writes++
	}
	if s.denied || write && s.fullAt > 0 && s.writes > s.fullAt {
		s.refused = true
		return errFull
	}
	return nil
}

// broken tells whether saving fails altogether: then nothing that is heard is
// confirmed, and it is right that the loader goes on keeping it.
func (s *shelf) broken() bool { return s.refused && !s.mirror }

// use has f done on disk and, where pages have one, on the page's memory, which
// is all there is for a page once the disk has failed it.
func (s *shelf) use(p *page, write bool, f func(*memory)) error {
	if !s.mirror {
		if err := s.refuse(write); err != nil {
			return err
		}
		f(s.memory)
		return nil
	}
	if !p.diskless {
		if err := s.refuse(write); err != nil {
			p.diskless = true
			s.w.tell("tab %d    has nothing but its memory from now on", p.tab.number)
		} else {
			f(s.memory)
		}
	}
	if write {
		f(p.memory)
	}
	return nil
}

// left returns what a program that begins in p finds.
func (s *shelf) left(p *page) (*memory, error) {
	if !s.mirror {
		return s.memory, s.refuse(false)
	}
	if !p.loaded {
		p.loaded = true
		_ = s.use(p, false, func(m *memory) {
			maps.Copy(p.records, m.records)
			p.settled = slices.Clone(m.settled)
			maps.Copy(p.claims, m.claims)
		})
	}
	return p.memory, nil
}

// claim claims the pop of a reservation, and tells whether it is the first to.
func (s *shelf) claim(p *page, sid caselog.ReservationSID) (first bool, err error) {
	onDisk := false
	err = s.use(p, true, func(m *memory) {
		if m == s.memory {
			onDisk = true
			first = !m.claims[sid]
		} else if !onDisk {
			first = !m.claims[sid]
		}
		m.claims[sid] = true
	})
	return first || s.w.freeClaims, err
}
