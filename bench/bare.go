package bench

import (
	"fmt"

	"flexcaselog/internal/sandbox/browser"
)

// bareStart is what bench.start in the page returns, in milliseconds.
type bareStart struct {
	Evaluated float64   `json:"evaluated"`
	Held      float64   `json:"held"`
	Ready     float64   `json:"ready"`
	Long      []float64 `json:"long"`
	Own       []float64 `json:"own"`
}

// desk opens the bare page with a plugin in it.
func (c *chrome) desk(plugin string, slow float64) (page, frame *document, start bareStart, err error) {
	if page, err = c.open("https://" + outerHost + "/"); err != nil {
		return
	}
	if frame, err = page.frame(flexHost); err != nil {
		return
	}
	if err = frame.until("window.bench"); err != nil {
		return
	}
	if slow > 1 {
		if err = frame.slow(slow); err != nil {
			return
		}
	}
	if plugin != none {
		err = frame.eval(fmt.Sprintf("bench.start('/%s.js')", plugin), &start)
	}
	return
}

// Start is what starting costs.
type Start struct {
	Evaluated Stats `json:"evaluated"` // loading and evaluating the script
	Held      Stats `json:"held"`      // for how long init held Flex
	Ready     Stats `json:"ready"`     // until Salesforce had answered for the first time
	Own       Stats `json:"own"`       // the longest piece of script of the plugin's in each start
	Long      Stats `json:"long"`      // tasks of 50 ms and more, for each start
}

// starts measures cold starts, each in a Chromium of its own, and warm ones, the
// second after it.
func (b *bench) starts(slow float64, rounds int) (cold, warm map[string]Start, err error) {
	type sample struct{ evaluated, held, ready, own, long []float64 }
	samples := map[string]map[string]*sample{"cold": {}, "warm": {}}
	for round := range rounds {
		b.say(fmt.Sprintf("bare page at 1/%g speed: start %d of %d", slow, round+1, rounds))
		for _, plugin := range inTurn(round, plain, ours) {
			c, err := startChrome(b.ctx, b.site.addr(), b.site.Certificate())
			if err != nil {
				return nil, nil, err
			}
			for _, temperature := range []string{"cold", "warming", "warm"} {
				page, _, start, err := c.desk(plugin, slow)
				if err != nil {
					c.close()
					return nil, nil, err
				}
				page.stop()
				into := samples[temperature]
				if into == nil {
					continue // V8 keeps code from the second time on
				}
				s := into[plugin]
				if s == nil {
					s = &sample{}
					into[plugin] = s
				}
				s.evaluated = append(s.evaluated, start.Evaluated)
				s.held = append(s.held, start.Held)
				s.ready = append(s.ready, start.Ready)
				longest := 0.0
				for _, d := range start.Own {
					longest = max(longest, d)
				}
				s.own = append(s.own, longest)
				s.long = append(s.long, float64(len(start.Long)))
			}
			c.close()
		}
	}
	reduce := func(all map[string]*sample) map[string]Start {
		out := map[string]Start{}
		for plugin, s := range all {
			out[plugin] = Start{statsOf(s.evaluated), statsOf(s.held), statsOf(s.ready), statsOf(s.own), statsOf(s.long)}
		}
		return out
	}
	return reduce(samples["cold"]), reduce(samples["warm"]), nil
}

// Event is what one thing that happens in Flex costs, in milliseconds.
type Event struct {
	Held    Stats            `json:"held"`    // until Flex went on: what listens to the event
	Busy    Stats            `json:"busy"`    // of the main thread, all tasks until the next event
	Worker  Stats            `json:"worker"`  // of the plugin's worker, until then
	Message Stats            `json:"message"` // from the event to its first row or Case on the way to Salesforce
	Kinds   map[string]Stats `json:"kinds"`   // of the main thread, by Flex's name of the event
	Call    Stats            `json:"call"`    // of the main thread, for all events of a call
	Asked   float64          `json:"asked"`   // calls of Salesforce, for a call
}

// pause is how long is waited after an event, in milliseconds. What follows from it is
// done by then, but for lines of the report, which go with the next event's message.
const pause = 60

// events measures events of whole calls.
func (b *bench) events(plugin string, slow float64, tasks, open int) (Event, error) {
	c, err := startChrome(b.ctx, b.site.addr(), b.site.Certificate())
	if err != nil {
		return Event{}, err
	}
	defer c.close()
	_, frame, _, err := c.desk(plugin, slow)
	if err != nil {
		return Event{}, err
	}
	if err := frame.eval(fmt.Sprintf("bench.open(%d)", open), nil); err != nil {
		return Event{}, err
	}
	wait := int(pause * slow)
	// The first tasks have V8 compile what is used.
	if err := frame.eval(fmt.Sprintf("bench.events(10, %d)", pause), nil); err != nil {
		return Event{}, err
	}
	return c.watch(frame, tasks, wait)
}

// watch plays calls, with that pause after each event.
func (c *chrome) watch(frame *document, tasks, pause int) (Event, error) {
	var took struct {
		Latencies, Held []float64
		Kinds           []string
		Calls           float64
	}
	trace, err := c.trace(func() error {
		return frame.eval(fmt.Sprintf("bench.events(%d, %d)", tasks, pause), &took)
	})
	if err != nil {
		return Event{}, err
	}
	page, workers := perEvent(trace)
	if len(page) != tasks*len(took.Kinds) {
		return Event{}, fmt.Errorf("bench: %d events were seen of %d", len(page), tasks*len(took.Kinds))
	}
	kinds := map[string][]float64{}
	calls := make([]float64, tasks)
	for i, busy := range page {
		kind := took.Kinds[i%len(took.Kinds)]
		kinds[kind] = append(kinds[kind], busy)
		calls[i/len(took.Kinds)] += busy
	}
	e := Event{
		Held: statsOf(took.Held), Busy: statsOf(page), Worker: statsOf(workers), Message: statsOf(took.Latencies),
		Kinds: map[string]Stats{}, Call: statsOf(calls), Asked: took.Calls / float64(tasks),
	}
	for kind, busy := range kinds {
		e.Kinds[kind] = statsOf(busy)
	}
	return e, nil
}

// Memory is what is held, in bytes.
type Memory struct {
	Tasks      int `json:"tasks"`
	Wasm       int `json:"wasm"`
	Heap       int `json:"heap"`
	References int `json:"references"` // JavaScript values that the program holds

	Call Stats `json:"call"` // of the main thread for a call after so many tasks, in milliseconds
}

// Total is all memory of the page.
func (m Memory) Total() int { return m.Wasm + m.Heap }

// afterwards is how many tasks are played to see what an event costs then.
const afterwards = 10

// memory measures after so many tasks each.
func (b *bench) memory(plugin string, marks []int) ([]Memory, error) {
	c, err := startChrome(b.ctx, b.site.addr(), b.site.Certificate())
	if err != nil {
		return nil, err
	}
	defer c.close()
	_, frame, _, err := c.desk(plugin, 1)
	if err != nil {
		return nil, err
	}
	var out []Memory
	done := 0
	for _, n := range marks {
		if n > done {
			b.say(fmt.Sprintf("memory with %s: %d tasks", plugin, n))
			if err := frame.eval(fmt.Sprintf("bench.work(%d, 16)", n-done), nil); err != nil {
				return nil, err
			}
			done = n
		}
		m := Memory{Tasks: n}
		if err := frame.eval("bench.memory()", &m); err != nil {
			return nil, err
		}
		if m.Heap, err = browser.Heap(frame.ctx); err != nil {
			return nil, err
		}
		m.Tasks = n
		event, err := c.watch(frame, afterwards, pause)
		if err != nil {
			return nil, err
		}
		m.Call = event.Call
		out = append(out, m)
	}
	return out, nil
}
