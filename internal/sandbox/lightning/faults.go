package lightning

import (
	"slices"
	"sync"
	"time"
)

// ScriptFault is what becomes of a request for the client library.
type ScriptFault int

// What can become of it.
const (
	ScriptServed  ScriptFault = iota // nothing wrong
	ScriptMissing                    // 404
	ScriptLogin                      // a redirect to a login page in HTML, as an org does where the session is not its own
)

// faults is what the page was told to do wrong. The zero value does everything right.
type faults struct {
	mu        sync.Mutex
	methods   map[string]*methodFaults
	scripts   map[string]ScriptFault // by host; the empty host is every other
	apex      ApexShape
	log       SaveLogShape
	lostQuery bool
	popFlow   string                   // see PopToFlow
	fate      func(method string) Fate // see Decide
}

type methodFaults struct {
	mute  bool
	lose  bool
	delay time.Duration
	fail  [][]Error
	holds []chan struct{}
}

// plan is what is to happen to one call, decided when it comes.
type plan struct {
	mute   bool
	lose   bool
	delay  time.Duration
	errors []Error
	holds  []chan struct{}
}

// wait returns when the call may go on.
func (p plan) wait() {
	for _, hold := range p.holds {
		<-hold
	}
	time.Sleep(p.delay)
}

func (f *faults) plan(method string) plan {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fate != nil {
		return f.fate(method).plan()
	}
	m := f.methods[method]
	if m == nil {
		return plan{}
	}
	p := plan{mute: m.mute, lose: m.lose, delay: m.delay, holds: slices.Clone(m.holds)}
	if len(m.fail) > 0 && !m.mute {
		p.errors, m.fail = m.fail[0], m.fail[1:]
	}
	return p
}

func (f *faults) change(method string, set func(*methodFaults)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.methods == nil {
		f.methods = map[string]*methodFaults{}
	}
	if f.methods[method] == nil {
		f.methods[method] = &methodFaults{}
	}
	set(f.methods[method])
}

func (f *faults) script(host string) ScriptFault {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fault, ok := f.scripts[host]; ok {
		return fault
	}
	return f.scripts[""]
}

func (f *faults) queryIsLost() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lostQuery
}

// Mute makes calls of a method neither performed nor answered, until Unmute.
func (c *Console) Mute(method string) {
	c.faults.change(method, func(m *methodFaults) { m.mute = true })
}

// LoseAnswer makes calls of a method performed but never answered, until Unmute.
func (c *Console) LoseAnswer(method string) {
	c.faults.change(method, func(m *methodFaults) { m.lose = true })
}

// Unmute ends Mute and LoseAnswer of a method.
func (c *Console) Unmute(method string) {
	c.faults.change(method, func(m *methodFaults) { m.mute, m.lose = false, false })
}

// Delay makes calls of a method wait before they are performed; zero ends it.
func (c *Console) Delay(method string, d time.Duration) {
	c.faults.change(method, func(m *methodFaults) { m.delay = d })
}

// FailNext makes the next call of a method fail with these errors, unperformed. Called n times it fails the next n calls, in that order.
// With no errors the call fails with GENERIC_ERROR.
func (c *Console) FailNext(method string, errors ...Error) {
	if len(errors) == 0 {
		errors = []Error{{Code: CodeGeneric, Description: "The sandbox was told to fail."}}
	}
	c.faults.change(method, func(m *methodFaults) { m.fail = append(m.fail, slices.Clone(errors)) })
}

// Hold makes calls of a method that come from now on wait, unperformed, until release is called; then they are performed, even if their
// page is gone. What becomes of a call is decided when it comes: faults that are set while it is held are for later ones. Release may be
// called more than once, and must be called before the server is closed.
func (c *Console) Hold(method string) (release func()) {
	gate := make(chan struct{})
	c.faults.change(method, func(m *methodFaults) { m.holds = append(m.holds, gate) })
	return sync.OnceFunc(func() {
		close(gate)
		c.faults.change(method, func(m *methodFaults) {
			m.holds = slices.DeleteFunc(m.holds, func(other chan struct{}) bool { return other == gate })
		})
	})
}

// FailScript says what becomes of requests for the client library at these hosts, or at all of them where none is named.
func (c *Console) FailScript(fault ScriptFault, hosts ...string) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	if len(hosts) == 0 {
		c.faults.scripts = map[string]ScriptFault{"": fault}
		return
	}
	if c.faults.scripts == nil {
		c.faults.scripts = map[string]ScriptFault{}
	}
	for _, host := range hosts {
		c.faults.scripts[host] = fault
	}
}

// LoseQuery makes pages from now on frame the adapter's address without the parameters that the client library needs, as after a
// sign-in that forgot them.
func (c *Console) LoseQuery(lost bool) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.lostQuery = lost
}
