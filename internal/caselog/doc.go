// Package caselog decides what Salesforce must be told about the tasks on one
// agent's Flex desktop: which Cases exist, which rows their log has, what is
// shown on the screen.
//
// It is a pure state machine. Events go in by [Desk.Step], effects come out:
//
//	desk := caselog.NewDesk(policy)
//	for ev := range inbox {
//		effects, err := desk.Step(ev) // err: the event means nothing here; nothing changed
//		for _, e := range effects {
//			go perform(e) // posts the result, itself an Event, to the inbox
//		}
//	}
//
// The same events give the same effects. Nothing here reads a clock, starts a
// goroutine, does I/O or knows that there is a browser: time arrives in events,
// and waiting is an effect ([Pause]).
//
// An effect that asks Salesforce for something is answered by exactly one of its
// result events; until then the machine asks for nothing else of the same kind
// for the same reservation, which is what keeps rows single and in order.
package caselog
