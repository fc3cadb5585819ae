package twilio

import "maps"

// Reservation is one offer of a task to the agent, as it was when it was asked for.
type Reservation struct {
	// SID is the reservation's (WR…), TaskSID the task's (WT…).
	SID, TaskSID string
	Status       Status
	// TaskStatus is the task's own: reserved, assigned, wrapping, completed, canceled, or pending where the offer was lost.
	TaskStatus string
	// Channel is the TaskRouter channel; the channel type of a conversation is its attribute channelType.
	Channel    string
	Attributes map[string]any
}

// Ring offers a task to the agent: every tab rings.
func (t *Twilio) Ring(task Task) Reservation { return t.router.ring(task) }

// RingAgain offers a task again that was rejected, timed out or was rescinded. sid is the lost reservation's or the task's. It
// errors where the task is not waiting.
func (t *Twilio) RingAgain(sid string) (Reservation, error) { return t.router.ringAgain(sid) }

// Reservation returns the reservation; given a task's SID, its latest reservation.
func (t *Twilio) Reservation(sid string) (Reservation, bool) { return t.router.snapshot(sid) }

// Accept is a program that accepts in the agent's place, or another tab of theirs. It errors unless the reservation is pending.
func (t *Twilio) Accept(sid string) error { return t.move(sid, Accepted) }

// Offers are all reservations there were, the oldest first.
func (t *Twilio) Offers() []Reservation { return t.router.all() }

// CustomerHangsUp ends the conversation from the customer's side: the agent's reservation goes to wrap-up. It errors unless the
// reservation is accepted.
func (t *Twilio) CustomerHangsUp(sid string) error {
	if !t.hearsOfPartiesLate() {
		t.router.customerLeaves(sid)
	}
	return t.move(sid, Wrapping)
}

// CustomerCancels is a customer who does not wait any longer. It errors unless the reservation is live.
func (t *Twilio) CustomerCancels(sid string) error { return t.move(sid, Canceled) }

// TimeOut is an agent who did not answer. It errors unless the reservation is pending.
func (t *Twilio) TimeOut(sid string) error { return t.move(sid, TimedOut) }

// Rescind is another agent who was faster. It errors unless the reservation is pending.
func (t *Twilio) Rescind(sid string) error { return t.move(sid, Rescinded) }

// Complete is a supervisor, or a program, completing the task. It errors unless the reservation is accepted or wrapping.
func (t *Twilio) Complete(sid string) error { return t.move(sid, Completed) }

// SetAttributes changes the task's attributes, key by key; nil takes a key away.
func (t *Twilio) SetAttributes(sid string, attributes map[string]any) error {
	_, err := t.router.setTaskAttributes(sid, func(now map[string]any) map[string]any {
		maps.Copy(now, deepCopy(attributes))
		maps.DeleteFunc(now, func(_ string, value any) bool { return value == nil })
		return now
	})
	return err
}

// move also ends the audio of a call that ends.
func (t *Twilio) move(sid string, to Status) error {
	res, err := t.router.move(sid, to)
	if err != nil {
		return err
	}
	if to != Accepted {
		t.voice.end(res.SID)
	}
	return nil
}
