package caselog

// MaxGone is how many reservations are remembered after they are settled. An
// action's listener may repeat an event that late, but not that many tasks late.
const MaxGone = 512

// gone remembers the reservations that must not be opened (again). Its zero
// value remembers none.
type gone struct {
	sids  map[ReservationSID]struct{}
	order []ReservationSID // oldest at next, once full
	next  int
}

func (g *gone) has(sid ReservationSID) bool {
	_, ok := g.sids[sid]
	return ok
}

func (g *gone) add(sid ReservationSID) {
	if g.has(sid) {
		return
	}
	if g.sids == nil {
		g.sids = make(map[ReservationSID]struct{}, MaxGone)
	}
	g.sids[sid] = struct{}{}
	if len(g.order) < MaxGone {
		g.order = append(g.order, sid)
		return
	}
	delete(g.sids, g.order[g.next])
	g.order[g.next] = sid
	g.next = (g.next + 1) % MaxGone
}
