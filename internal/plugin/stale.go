package plugin

import (
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/span"
)

// settleTime is how long after a row was saved the page reads its Case again: rows
// come in pairs, one that ends and one that begins.
const settleTime = 500 * time.Millisecond

// stale are the Cases whose rows the page is about to read again.
type stale map[caselog.CaseID]bool

// scheduleRefresh has the page read the rows of a Case again, soon.
func (p *Plugin) scheduleRefresh(ctx span.Context, id caselog.CaseID) {
	if id == "" || p.stale[id] {
		return
	}
	p.stale[id] = true
	go func() {
		if span.Sleep(ctx, settleTime) {
			p.send(letter{fresh: id})
		}
	}()
}

// refresh has the page read the rows of a Case again. Nothing hangs on it.
func (p *Plugin) refresh(ctx span.Context, id caselog.CaseID) {
	delete(p.stale, id)
	if p.org == nil {
		return
	}
	go func() {
		_, err := attempt(func() (struct{}, error) { return struct{}{}, p.org.Refresh(ctx, id) })
		if err != nil {
			p.log(Debug, "the view of "+string(id)+" was not refreshed: "+reason(err))
		}
	}()
}
