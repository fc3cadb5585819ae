package lightning

import "time"

// Fate is what becomes of one call. Its zero value is that nothing goes wrong.
type Fate struct {
	Mute   bool          // it is neither performed nor answered
	Lose   bool          // it is performed, and not answered
	Delay  time.Duration // it is performed that much later
	Errors []Error       // it is not performed, and fails with these
}

func (f Fate) plan() plan {
	return plan{mute: f.Mute, lose: f.Lose, delay: f.Delay, errors: f.Errors}
}

// Decide has a function say what becomes of each call, in the order in which they come, in the place of the switches of single methods;
// nil ends it. The function must not call the Console.
func (c *Console) Decide(fate func(method string) Fate) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.fate = fate
}
