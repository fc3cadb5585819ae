package plugin

import (
	"fmt"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/span"
)

// maxAge is how long a reservation may wait for Salesforce. What is older is of
// no use to anybody, and its customer has a right not to be kept.
const maxAge = 7 * 24 * time.Hour

// keeper writes the desk's changes into the outbox. Where that does not work the
// desk lives in memory only, which is told once.
type keeper struct {
	outbox Outbox
	log    Log
	told   bool
}

// load returns what may still be gone on with.
func (k *keeper) load(ctx span.Context, now clock.Time) ([]caselog.Record, []caselog.ReservationSID) {
	all, settled, err := k.outbox.Load(ctx)
	if err != nil {
		k.fail(err)
		return nil, nil
	}
	records := all[:0]
	var expired []caselog.ReservationSID
	for _, rec := range all {
		if now.Sub(rec.Since()) > maxAge {
			k.log(Warn, fmt.Sprintf("given up after %d days: the log of %s", maxAge/(24*time.Hour), rec.Task.Reservation))
			expired = append(expired, rec.Task.Reservation)
			continue
		}
		records = append(records, rec)
	}
	if len(expired) > 0 {
		k.try(k.outbox.Save(ctx, nil, expired))
	}
	return records, append(settled, expired...)
}

// save keeps what has changed on the desk, and tells whether it is kept.
func (k *keeper) save(ctx span.Context, desk *caselog.Desk) bool {
	keep, settled := desk.Changes()
	if len(keep)+len(settled) == 0 {
		return true
	}
	err := k.outbox.Save(ctx, keep, settled)
	k.try(err)
	return err == nil
}

// claim tells whether the Case may be popped for a reservation.
func (k *keeper) claim(ctx span.Context, sid caselog.ReservationSID) bool {
	first, err := k.outbox.Claim(ctx, sid)
	if err != nil {
		// Without an outbox to share there is no other page to be asked either:
		// that nothing may be stored holds for all of them.
		k.log(Debug, err.Error())
		return true
	}
	return first
}

// unclaim lets the Case be popped after all.
func (k *keeper) unclaim(ctx span.Context, sid caselog.ReservationSID) {
	if err := k.outbox.Unclaim(ctx, sid); err != nil {
		k.log(Debug, err.Error())
	}
}

func (k *keeper) try(err error) {
	if err != nil {
		k.fail(err)
	}
}

func (k *keeper) fail(err error) {
	if k.told {
		return
	}
	k.told = true
	k.log(Warn, "nothing can be stored in this browser, so what Salesforce has not confirmed would be lost with the page: "+err.Error())
}
