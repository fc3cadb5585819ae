package flexbridge

import "time"

// Task is a Flex task at the moment of an event. Fields that Flex did not give,
// or gave as something else than text, are empty.
//
// See ITask in the API documentation of the Flex UI.
type Task struct {
	SID     string    // the reservation's, WR…: what Flex calls the task's sid
	TaskSID string    // WT…
	Status  string    // of the reservation: pending, accepted, wrapping, completed, …
	Channel string    // voice, web, chat, sms, whatsapp, …
	Queue   string    // the queue's name
	Offered time.Time // when the reservation was made
	Updated time.Time // when its status last changed

	Direction  string // attribute direction: inbound, outbound
	From       string // attribute from
	OutboundTo string // attribute outbound_to

	InteractionSID  string // attribute flexInteractionSid
	CustomerAddress string // attribute customerAddress
	CustomerName    string // attribute customerName
	Name            string // attribute name
}
