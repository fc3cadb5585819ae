package plugin

import (
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/span"
)

// retryEvery is how often what was refused for good is tried again by itself.
const retryEvery = 5 * time.Minute

// parked is what the org will not take until somebody changes something there.
type parked struct {
	tell      func(string)
	told      map[string]bool // by sentence
	scheduled bool
}

// report tells the agent of a failure that nobody but a person can mend, once. The
// error may be nil, where what Salesforce says makes no sense.
func (k *parked) report(err error) {
	sentence := advice(err)
	if k.told[sentence] {
		return
	}
	k.told[sentence] = true
	k.tell(sentence)
}

// scheduleRetry sees to it that what is parked is taken up again. A cause that
// has gone shows in nothing but that it works.
func (p *Plugin) scheduleRetry(ctx span.Context) {
	if p.parked.scheduled || p.desk.Parked() == 0 {
		return
	}
	p.parked.scheduled = true
	go func() {
		if span.Sleep(ctx, retryEvery) {
			p.send(letter{events: []caselog.Event{caselog.TryAgain{}}, retry: true})
		}
	}()
}
