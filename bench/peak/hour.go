package peak

import (
	"container/heap"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// Hour is what came of the busiest hour.
type Hour struct {
	Agents  int
	Calls   int
	AtOnce  int // the most calls under way at the same time
	Mean    float64
	Long    int // the most that had run for longer than the limit at the same time
	Longest time.Duration
	Waits   int // calls that found their Case locked by another
	Refused int // of these, how many waited longer than Salesforce lets them
	Denied  int // calls refused since too many were long-running
	Left    int // chains of calls that were not done an hour later
}

// tooLate is when the simulation gives up: an hour after the busiest one.
const tooLate = 2 * time.Hour

// Play plays the busiest hour. The same seed gives the same hour.
//
// The plugin's own promise is part of it: one call at a time for the rows of a Case
// from one page. What is left are two pages that have a leg each of one engagement.
func Play(d Day, o Org, seed uint64) Hour {
	s := &hour{o: o, r: rand.New(rand.NewPCG(seed, uint64(d.Agents))), locks: map[int]time.Duration{}, h: Hour{Agents: d.Agents}}
	n := d.PeakTasks()
	for i := range n {
		at := time.Duration(s.r.Float64() * float64(time.Hour))
		parent := i
		if i > 0 && s.r.Float64()*100 < d.Legs {
			parent = i - 1 // a leg of the engagement before it, so its Case
			at = s.begins + time.Duration(s.r.Float64()*float64(d.Talk))
		}
		s.begins = at
		talk := time.Duration(s.r.ExpFloat64() * float64(d.Talk))
		wrapup := time.Duration(s.r.ExpFloat64() * float64(d.Wrapup))
		// The Case first; the row when it is there. Then, at each change of state, the row
		// before is closed and the next one made, one after the other.
		s.add(at, parent, []call{{o.Apex, true}, {o.Save, false}})
		s.add(at+talk, parent, []call{{o.Save, false}, {o.Save, false}})
		s.add(at+talk+wrapup, parent, []call{{o.Save, false}, {o.Save, false}})
	}
	s.run()
	return s.h
}

// call is one call of the plugin's.
type call struct {
	takes time.Duration // on average
	apex  bool          // only these count as long-running Apex, and are denied for it
}

// chain is calls of which each begins when the one before it has ended.
type chain struct {
	at      time.Duration
	parent  int
	calls   []call
	attempt int
	order   int // of two at the same time, who came first
}

type hour struct {
	o      Org
	r      *rand.Rand
	begins time.Duration
	queue  chains
	locks  map[int]time.Duration // until when a Case is locked
	ends   []time.Duration       // of all calls, with their beginnings, for the count
	starts []time.Duration
	long   []time.Duration // ends of those that run long
	h      Hour
	orders int
}

func (s *hour) add(at time.Duration, parent int, calls []call) {
	s.orders++
	heap.Push(&s.queue, chain{at: at, parent: parent, calls: calls, order: s.orders})
}

func (s *hour) run() {
	for len(s.queue) > 0 {
		c := heap.Pop(&s.queue).(chain)
		s.call(c)
	}
	s.count()
}

// call has the first call of a chain done, or puts it off.
func (s *hour) call(c chain) {
	if c.at > tooLate {
		s.h.Left++
		return
	}
	s.h.Calls++
	s.long = slices.DeleteFunc(s.long, func(end time.Duration) bool { return end <= c.at })
	long := len(s.long)
	if next := c.calls[0]; next.apex && long >= s.o.MaxLong {
		s.h.Denied++
		s.again(c, c.at)
		return
	}
	took := time.Duration(float64(c.calls[0].takes) * (0.5 + s.r.Float64()*(s.o.Spread-0.5)))
	start := c.at
	if until := s.locks[c.parent]; until > start {
		s.h.Waits++
		if until-start > s.o.LockWait {
			s.h.Refused++
			s.again(c, start+s.o.LockWait)
			return
		}
		took += until - start
	}
	end := start + took
	s.locks[c.parent] = end
	s.starts, s.ends = append(s.starts, start), append(s.ends, end)
	if c.calls[0].apex && took > s.o.Long {
		s.long = append(s.long, end)
		s.h.Long = max(s.h.Long, long+1)
	}
	s.h.Longest = max(s.h.Longest, took)
	if len(c.calls) > 1 {
		s.add(end, c.parent, c.calls[1:])
	}
}

// again has a call tried anew after a pause.
func (s *hour) again(c chain, from time.Duration) {
	c.attempt++
	pause := time.Duration(s.r.Float64() * float64(s.o.Retry) * math.Pow(2, float64(min(c.attempt, 6))))
	c.at = from + pause
	heap.Push(&s.queue, c)
}

// count finds the moment with the most calls under way.
func (s *hour) count() {
	sortDurations(s.starts)
	sortDurations(s.ends)
	var busy time.Duration
	for i := range s.starts {
		busy += s.ends[i] - s.starts[i]
	}
	s.h.Mean = busy.Seconds() / time.Hour.Seconds()
	for i, j := 0, 0; i < len(s.starts); i++ {
		for s.ends[j] <= s.starts[i] {
			j++
		}
		s.h.AtOnce = max(s.h.AtOnce, i-j+1)
	}
}

// chains is a heap by time.
type chains []chain

func (c chains) Len() int { return len(c) }
func (c chains) Less(i, j int) bool {
	if c[i].at != c[j].at {
		return c[i].at < c[j].at
	}
	return c[i].order < c[j].order
}
func (c chains) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *chains) Push(x any)   { *c = append(*c, x.(chain)) }
func (c *chains) Pop() any {
	old := *c
	last := old[len(old)-1]
	*c = old[:len(old)-1]
	return last
}
