package softphone

import (
	"errors"

	"flexcaselog/internal/span"
)

// Salesforce is the page around Flex. Its methods block until there is an answer or
// a deadline of their own has passed.
type Salesforce interface {
	ShowPanel(ctx span.Context) error
	EnableClickToDial(ctx span.Context) error
	DisableClickToDial(ctx span.Context) error
	// OnClickToDial has every click on a number heard until ctx ends, and returns once
	// that is so, though a click may come before. Where it errs it may be asked again.
	// Heard must not block.
	OnClickToDial(ctx span.Context, heard func(Click)) error
	// Dialable returns the number that a written one stands for, E.164 with its plus,
	// and the extension behind it. The number is empty for what can't be called.
	Dialable(ctx span.Context, written string) (number, extension string, err error)
}

// ErrImpossible is the error of a page that will never do what it is asked. After any
// other, such as that it did not answer in time, it is asked again.
var ErrImpossible = errors.New("softphone: this page can't do that")

// Click is a number that the agent clicked, and the record it stands on.
type Click struct {
	Number     string // as it is written there
	Record     string // the record's id
	RecordName string
	Object     string // what the record is: Contact, Lead, Account, …
}

// Flex makes the call. The task gets these attributes.
type Flex interface {
	Dial(number string, attributes map[string]any) error
}

// Obstacle is why the agent can't make a call.
type Obstacle string

// The obstacles, and none.
const (
	None    Obstacle = ""
	Busy    Obstacle = "busy"
	Offline Obstacle = "offline"
	// NoVoice is a Flex that is not registered with Twilio, or has no microphone.
	NoVoice Obstacle = "voice"
	// Unknown is what it is until Flex has said.
	Unknown Obstacle = "unknown"
)

// sentence says it to the agent.
func (o Obstacle) sentence() string {
	switch o {
	case None:
		return "Numbers in Salesforce can be clicked to call them."
	case Busy:
		return "Numbers in Salesforce can't be clicked while you have a call."
	case Offline:
		return "Numbers in Salesforce can't be clicked while you are offline in Flex. Change your activity to make calls."
	case NoVoice:
		return "Numbers in Salesforce can't be clicked: Flex has no telephone in this browser. Connect or allow a microphone, reload if that does not help, or tell your Flex admin."
	}
	return "Numbers in Salesforce can't be clicked yet: Flex is still starting."
}
