package simulation

import (
	"fmt"
	"slices"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/span"
)

// store is one instance's way to the shelf.
type store struct {
	w *world
	i *instance
}

var _ plugin.Outbox = store{}

// unfinished is a write that is under way.
type unfinished struct {
	what   string
	commit func()
}

// begin waits for as long as the storage takes, and returns with the world
// locked. A write that is under way when the program dies is done or is not, and
// whoever reads the storage later sees which.
func (c store) begin(ctx span.Context, what string, commit func()) error {
	w, i := c.w, c.i
	w.mu.Lock()
	if i.dead {
		return errDead
	}
	what = fmt.Sprintf("%s of go %d", what, i.number)
	i.nth[what]++
	what = fmt.Sprintf("%s (%d)", what, i.nth[what])
	takes := w.between(time.Millisecond, 25*time.Millisecond, what)
	if w.fault(w.mood/10, "the storage is slow: "+what) {
		takes += w.between(100*time.Millisecond, 3*time.Second, what+" slow")
	}
	if commit != nil {
		i.underWay[what] = unfinished{what, commit}
	}
	w.mu.Unlock()
	t := time.NewTimer(takes)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
	w.mu.Lock()
	delete(i.underWay, what)
	if i.dead {
		return errDead
	}
	return nil
}

func (c store) Load(ctx span.Context) ([]caselog.Record, []caselog.ReservationSID, error) {
	defer c.w.mu.Unlock()
	if err := c.begin(ctx, "load", nil); err != nil {
		return nil, nil, err
	}
	left, err := c.w.shelf.left(c.i.page)
	if err != nil {
		return nil, nil, err
	}
	records := left.sorted()
	for _, rec := range records {
		if rec.Case != "" {
			c.i.learns(rec.Task.Reservation)
		}
	}
	c.w.tell("go %d     loads %d records", c.i.number, len(records))
	return records, slices.Clone(left.settled), nil
}

func (c store) Save(ctx span.Context, keep []caselog.Record, settled []caselog.ReservationSID) error {
	w, i, s := c.w, c.i, c.w.shelf
	put := func() error {
		return s.use(i.page, true, func(m *memory) { m.put(keep, settled) })
	}
	defer w.mu.Unlock()
	if w.writeBehind {
		w.mu.Lock()
		i.nth["behind"]++
		w.after(w.between(100*time.Millisecond, 4*time.Second, fmt.Sprintf("behind %d of go %d", i.nth["behind"], i.number)), func() {
			if !i.dead {
				_ = put()
			}
		})
		return nil
	}
	if err := c.begin(ctx, "save", func() { _ = put() }); err != nil {
		return err
	}
	text := kept(keep, settled)
	i.nth[text]++
	at := fmt.Sprintf("go %d keeps %s (%d)", i.number, text, i.nth[text])
	if w.fault(w.mood/12, "dies before "+at) {
		w.kill(i, "before "+at)
		return errDead
	}
	if err := put(); err != nil {
		return err
	}
	w.tell("go %d     keeps %s", i.number, text)
	if w.fault(w.mood/12, "dies after "+at) {
		w.kill(i, "after "+at)
	}
	return nil
}

func (c store) Claim(ctx span.Context, sid caselog.ReservationSID) (bool, error) {
	w, s := c.w, c.w.shelf
	defer w.mu.Unlock()
	claim := func() (bool, error) { return s.claim(c.i.page, sid) }
	if err := c.begin(ctx, "claim of "+string(sid), func() { _, _ = claim() }); err != nil {
		return false, err
	}
	first, err := claim()
	w.tell("go %d     claims the pop for %s: %v", c.i.number, sid, first)
	return first, err
}

func (c store) Unclaim(ctx span.Context, sid caselog.ReservationSID) error {
	w, s := c.w, c.w.shelf
	defer w.mu.Unlock()
	unclaim := func() error {
		return s.use(c.i.page, true, func(m *memory) { delete(m.claims, sid) })
	}
	if err := c.begin(ctx, "unclaim of "+string(sid), func() { _ = unclaim() }); err != nil {
		return err
	}
	return unclaim()
}

// kept says what is kept.
func kept(keep []caselog.Record, settled []caselog.ReservationSID) string {
	text := ""
	for _, rec := range keep {
		text += fmt.Sprintf("%s in state %q, ", rec.Task.Reservation, rec.Status)
		if rec.Pop {
			text += "to be popped, "
		}
		if rec.Unsettled {
			text += fmt.Sprintf("%q sent, ", rec.Sent)
		}
	}
	for _, sid := range settled {
		text += fmt.Sprintf("%s settled, ", sid)
	}
	return text[:max(0, len(text)-2)]
}
