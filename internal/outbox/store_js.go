package outbox

import (
	"fmt"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// patience is how long the store may take over one thing. Its own limits, five
// seconds to open and five more for a transaction, are shorter; this one is for a
// store that is broken altogether.
const patience = 20 * time.Second

// Store is the loader's store: see web/thread/store.js. Its methods block.
type Store struct {
	host  safejs.Value
	asker *jscall.Asker
	odd   func(error)
}

// NewStore returns the store that host, the loader, has. Records in it that can't
// be read are named to odd. What is broken in the host shows in the store's methods.
func NewStore(host safejs.Value, asker *jscall.Asker, odd func(error)) *Store {
	return &Store{host: host, asker: asker, odd: odd}
}

// longTexts are the names of texts that people write, and that may be long.
var longTexts = [...]string{"notes", "fields"}

// Load returns what was kept, and which reservations were settled lately.
func (s *Store) Load(ctx span.Context) ([]caselog.Record, []caselog.ReservationSID, error) {
	left, err := s.call(ctx, "load")
	if err != nil {
		return nil, nil, err
	}
	stored, err := jscall.Array(left, "records")
	if err != nil {
		return nil, nil, fmt.Errorf("outbox: load: %w", err)
	}
	var records []caselog.Record
	for _, v := range stored {
		plain, _ := jscall.Plain(v).(map[string]any)
		for _, name := range longTexts {
			if text, ok, err := jscall.Optional(jscall.String, v, name); ok && err == nil {
				plain[name] = text // a plain value has its texts cut
			}
		}
		rec, err := decode(plain)
		if err != nil {
			s.odd(err)
			continue
		}
		records = append(records, rec)
	}
	marks, err := jscall.Array(left, "settled")
	if err != nil {
		return nil, nil, fmt.Errorf("outbox: load: %w", err)
	}
	settled := make([]caselog.ReservationSID, 0, len(marks))
	for _, v := range marks {
		if sid, err := jscall.String(v); err == nil {
			settled = append(settled, caselog.ReservationSID(sid))
		}
	}
	return records, settled, nil
}

// Save keeps records, and of settled reservations the SID.
func (s *Store) Save(ctx span.Context, keep []caselog.Record, settled []caselog.ReservationSID) error {
	records := make([]any, len(keep))
	for i, rec := range keep {
		records[i] = encode(rec)
	}
	_, err := s.call(ctx, "save", records, jscall.List(settled))
	return err
}

// Claim tells whether this is the first claim of a reservation's screen pop.
func (s *Store) Claim(ctx span.Context, sid caselog.ReservationSID) (bool, error) {
	won, err := s.call(ctx, "claim", string(sid))
	if err != nil {
		return false, err
	}
	first, err := jscall.Bool(won)
	if err != nil {
		return false, fmt.Errorf("outbox: claim: %w", err)
	}
	return first, nil
}

// Unclaim takes a claim back.
func (s *Store) Unclaim(ctx span.Context, sid caselog.ReservationSID) error {
	_, err := s.call(ctx, "unclaim", string(sid))
	return err
}

// call calls a method of the store and waits for its answer.
func (s *Store) call(ctx span.Context, method string, args ...any) (safejs.Value, error) {
	ctx, stop := span.WithTimeout(ctx, patience)
	defer stop()
	v, err := s.asker.Ask(ctx, s.host, method, args...)
	if err != nil {
		return safejs.Undefined(), fmt.Errorf("outbox: %s: %w", method, err)
	}
	return v, nil
}
