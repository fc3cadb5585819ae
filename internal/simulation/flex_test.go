package simulation

import (
	"fmt"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// reservation is what really happens to one reservation in Flex, and what the
// plugin could know of it.
type reservation struct {
	task      caselog.Task
	entered   [3]clock.Time // when it entered each state; zero: never
	lost      clock.Time    // when it was lost while it rang
	agentEnds bool

	dropped bool    // an event was, and no other page had kept it
	trouble bool    // a call for it or for its Case failed or was slow
	smooth  bool    // when it was accepted, a program was there and connected
	hungUp  bool    // a page has said for sure that it knows that the agent hung up
	kept    [3]bool // a page has said for sure that it knows this state
	heard   bool    // … that it was accepted, from an event of its own
	pops    int
	popsBy  map[int]int // by what remembers that it has: see popper
	notNow  clock.Time  // when a pop was last refused for now
	popLost bool        // nobody can know whether it was popped, or it can't be
	popOwed bool        // the org answered in time

	activity bool // Salesforce has its activity
}

// happening is something that happens in Flex.
type happening struct {
	r     *reservation
	event func(at clock.Time) caselog.Event
	name  string
	state caselog.Status
	moves bool // it tells of a state
	kept  bool // some page has said for sure that it knows
}

// live tells whether Flex has it in its store, ringing or not.
func (r *reservation) live(now clock.Time) bool {
	return !r.task.Offered.After(now) && (r.lost.IsZero() || now.Before(r.lost)) &&
		(r.entered[caselog.Completed].IsZero() || now.Before(r.entered[caselog.Completed]))
}

func (r *reservation) in(s caselog.Status, now clock.Time) bool {
	return !r.entered[s].IsZero() && !now.Before(r.entered[s])
}

// planTasks decides what the agent's day is, and returns when it ends.
func (w *world) planTasks() time.Duration {
	var end time.Duration
	n := 1 + w.below(6, "tasks")
	for i := 1; i <= n; i++ {
		if w.faultf(1000, "task WR%d", i) {
			end = max(end, w.planTask(i))
		}
	}
	return end
}

func (w *world) planTask(i int) time.Duration {
	who := fmt.Sprintf("WR%d", i)
	offered := w.between(0, 8*time.Minute, who+" offered")
	r := &reservation{popsBy: map[int]int{}, task: caselog.Task{
		Reservation: caselog.ReservationSID(who), SID: caselog.TaskSID(fmt.Sprintf("WT%d", i)),
		Channel: "voice", Direction: caselog.Inbound, From: "+14155550100",
		Offered: w.began.Add(offered),
	}}
	if w.chance(400, who+" is of an interaction") {
		r.task.Interaction = fmt.Sprintf("KD%d", 1+w.below(2, who+" interaction"))
	}
	w.tasks = append(w.tasks, r)

	accept := offered + w.between(500*time.Millisecond, 25*time.Second, who+" rings")
	if w.chance(120, who+" is lost") {
		r.lost = w.began.Add(accept)
		w.happens(accept, &happening{r: r, name: "is rejected, rescinded or canceled while it rings", event: func(at clock.Time) caselog.Event {
			return caselog.ReservationLost{Reservation: r.task.Reservation, At: at}
		}})
		return accept
	}
	short := []time.Duration{2 * time.Second, 20 * time.Second, 6 * time.Minute}
	leave := accept + w.between(50*time.Millisecond, short[w.below(3, who+" kind of talk")], who+" talks")
	done := leave
	r.entered[caselog.Accepted] = w.began.Add(accept)
	w.happens(accept, &happening{r: r, name: "is accepted", state: caselog.Accepted, moves: true, event: func(at clock.Time) caselog.Event {
		return caselog.ReservationAccepted{Task: r.task, At: at}
	}})
	if w.chance(700, who+" has a wrap-up") {
		r.entered[caselog.Wrapup] = w.began.Add(leave)
		done = leave + w.between(50*time.Millisecond, short[w.below(3, who+" kind of wrap-up")], who+" wraps up")
		if w.chance(400, who+" is ended by the agent") {
			r.agentEnds = true
			w.happens(leave-10*time.Millisecond, &happening{r: r, name: "is hung up by the agent", event: func(clock.Time) caselog.Event {
				return caselog.AgentHungUp{Reservation: r.task.Reservation}
			}})
		}
		w.happens(leave, &happening{r: r, name: "goes to wrap-up", state: caselog.Wrapup, moves: true, event: func(at clock.Time) caselog.Event {
			return caselog.WrapupStarted{Task: r.task, At: at}
		}})
	}
	r.entered[caselog.Completed] = w.began.Add(done)
	end := &happening{r: r, name: "is completed", state: caselog.Completed, moves: true, event: func(at clock.Time) caselog.Event {
		return caselog.TaskCompleted{Task: r.task, At: at}
	}}
	if w.chance(150, who+" ends canceled") {
		end.name = "is canceled"
		end.event = func(at clock.Time) caselog.Event {
			return caselog.ReservationLost{Reservation: r.task.Reservation, At: at}
		}
	}
	w.happens(done, end)
	return done
}

// hearing is how long it takes at most until a page hears what happened.
const hearing = 2 * time.Millisecond

// happens has something happen, and each page that is there hear of it, now and
// then twice.
func (w *world) happens(at time.Duration, h *happening) {
	what := fmt.Sprintf("%s %s", h.r.task.Reservation, h.name)
	w.after(at, func() {
		w.tell("flex     %s", what)
		switch {
		case h.moves && h.state == caselog.Accepted:
			h.r.smooth = w.connected()
		case h.moves && h.state == caselog.Completed:
			w.owesPop(h.r)
		}
		for _, tb := range w.tabs {
			p := tb.page
			if p == nil {
				continue
			}
			in := fmt.Sprintf("%s in tab %d", what, tb.number)
			w.after(w.between(time.Microsecond, hearing, in), func() { p.hear(h) })
			if w.fault(200, "echo: "+in) {
				w.after(w.between(3*time.Millisecond, 700*time.Millisecond, in+" again"), func() { p.hear(h) })
			}
			if w.fault(30, "late echo: "+in) {
				w.after(w.between(time.Second, 5*time.Minute, in+" late"), func() { p.hear(h) })
			}
		}
	})
}

// listing returns what Flex's store tells a page that has just come: first each
// reservation that the agent has, then that these are all. Flex knows the last
// change of each, by the second.
func (w *world) listing(now clock.Time) []caselog.Event {
	var events []caselog.Event
	listed := caselog.TasksListed{At: now}
	for _, r := range w.tasks {
		if !r.live(now) {
			continue
		}
		listed.Live = append(listed.Live, r.task.Reservation)
		switch {
		case r.in(caselog.Wrapup, now):
			events = append(events, caselog.WrapupStarted{Task: r.task, At: r.entered[caselog.Wrapup] / clock.Time(time.Second/time.Microsecond) * clock.Time(time.Second/time.Microsecond)})
		case r.in(caselog.Accepted, now):
			events = append(events, caselog.ReservationAccepted{Task: r.task, At: r.entered[caselog.Accepted] / clock.Time(time.Second/time.Microsecond) * clock.Time(time.Second/time.Microsecond), Found: true})
		}
	}
	return append(events, listed)
}
