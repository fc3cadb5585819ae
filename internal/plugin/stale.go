package plugin

import (
	"flexcaselog/internal/caselog"
	"flexcaselog/internal/span"
)

// stale are the Cases that have rows which the page may not show yet.
type stale map[caselog.CaseID]bool

// refresh has the page read the rows of stale Cases again, of each once nothing more is
// being written on it: rows come in pairs, one that ends and one that begins. Nothing
// hangs on it.
func (p *Plugin) refresh(ctx span.Context) {
	for id := range p.stale {
		if p.lanes.taken(id) {
			continue
		}
		delete(p.stale, id)
		go func() {
			_, err := attempt(func() (struct{}, error) { return struct{}{}, p.org.Refresh(ctx, id) })
			if err != nil {
				p.log(Debug, "the view of "+string(id)+" was not refreshed: "+reason(err))
			}
		}()
	}
}
