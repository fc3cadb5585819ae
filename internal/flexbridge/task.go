package flexbridge

import "flexcaselog/internal/clock"

// Task is a Flex task at the moment of an event. Fields that Flex did not give,
// or gave as something else than text, are empty.
//
// See ITask in the API documentation of the Flex UI.
type Task struct {
	SID     string     // the reservation's, WR…: what Flex calls the task's sid
	TaskSID string     // WT…
	Status  string     // of the reservation: pending, accepted, wrapping, completed, …
	Channel string     // voice, web, chat, sms, whatsapp, …
	Queue   string     // the queue's name
	Offered clock.Time // when the reservation was made
	Updated clock.Time // when its status last changed
	EndedBy string     // who ended the conversation, agent or customer, where Flex tells

	Direction  string // attribute direction: inbound, outbound
	From       string // attribute from
	OutboundTo string // attribute outbound_to

	InteractionSID  string // attribute flexInteractionSid
	CustomerAddress string // attribute customerAddress
	CustomerName    string // attribute customerName
	Name            string // attribute name

	Record   string // attribute recordId, else sfdcObjectId: a Salesforce record
	Internal bool   // only colleagues take part

	Disposition string  // how it ended: see Config.DispositionPath
	Notes       string  // see Config.NotesPath
	Fields      []Value // see Config.LogFields; those that are missing are left out
}

// Value is what a task has at the path of one of the admin's log_fields.
type Value struct {
	Field string
	Value any // a string, a [Number] or a bool
}

// Number is a number as JavaScript writes it.
type Number string
