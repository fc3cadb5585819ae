package caselog

import "flexcaselog/internal/clock"

// Direction is who began the engagement.
type Direction string

// The values of Direction__c.
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
)

// Party is who ended the conversation. Its zero value is: not known.
type Party string

// The values of EndedBy__c.
const (
	ByAgent    Party = "agent"
	ByCustomer Party = "customer"
)

// Task is what is known of a task when something happens to one of its
// reservations: a copy, made at that moment. Every field but the two SIDs may
// be empty.
type Task struct {
	Reservation ReservationSID
	SID         TaskSID
	Interaction string // attribute flexInteractionSid
	Channel     string // channel type: voice, web, chat, sms, whatsapp, …
	Direction   Direction
	Queue       string // the queue's friendly name

	From            string // attribute from: the caller, or a messaging customer's address
	OutboundTo      string // attribute outbound_to: the number the agent dialled
	CustomerAddress string // attribute customerAddress: a Conversations participant's address
	CustomerName    string // attribute customerName
	Name            string // attribute name, often only the number again

	// Record is the Salesforce record that the agent dialled from, or that the
	// task was routed with; the Case is related to it.
	Record string
	// Internal says that nobody but colleagues takes part.
	Internal bool

	// What is known late, and changes while the task lasts.
	Disposition string // how it ended, in the words of the admin's list
	Notes       string
	Fields      Fields // what else goes onto its rows

	Offered clock.Time // when the reservation was made; zero where Flex does not say
}

// updated returns the task with what a later look at it shows: all that an admin
// or agent fills in on the way. What the Case and the rows' keys hang on stays.
func (t Task) updated(later Task) Task {
	if later.Disposition != "" {
		t.Disposition = later.Disposition
	}
	if later.Notes != "" {
		t.Notes = later.Notes
	}
	if later.Fields != "" {
		t.Fields = later.Fields
	}
	return t
}

// Engagement returns what the task's Case is for: its interaction, which
// transfers and channels of one conversation share, else the task itself. An
// attribute that is no SID, for anybody may write attributes, does not count.
func (t Task) Engagement() EngagementID {
	if isSID(t.Interaction) {
		return EngagementID(t.Interaction)
	}
	return EngagementID(t.SID)
}

// isSID tells whether s can be an identifier: letters, digits and what else can
// be sent to Salesforce as it is, no longer than the external ids there.
func isSID(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

// outbound tells whether the agent began the engagement.
func (t Task) outbound() bool { return t.Direction == Outbound }
