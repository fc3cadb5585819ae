package twilio

import (
	"encoding/json"
	"maps"
	"time"
)

// Task is what comes in for the agent. The zero value is a voice call from a made-up customer.
type Task struct {
	// Channel is the channel type: voice (also when empty), chat, web, sms, whatsapp, messenger, email, or anything else for a
	// TaskRouter channel of the account's own. Flex has no wrap-up for one of those, nor for an email: its button completes them.
	Channel string
	// Attributes go over those that Twilio itself sets for the channel; nil as a value takes one away. They must have a JSON form.
	Attributes map[string]any
	// QueueName is Everyone when empty.
	QueueName string
	// Timeout is what the offer says of itself, 120 seconds when zero. Nothing here counts it down: see TimeOut.
	Timeout time.Duration
	// Deskphone gives a voice call no audio in the browser, like that of an agent with a phone on the desk. Flex then wraps up
	// instead of hanging up, and a reload of the page leaves the call alone, which a call in the browser does not survive.
	Deskphone bool
	// Legacy makes a chat one of before Flex Conversations: a task without an interaction, whose customer is a name at most.
	Legacy bool
	// Transferred says that another agent had the task before; nil where it comes from the queue.
	Transferred *Transferred
}

const (
	customerNumber = "+14155550123"
	centreNumber   = "+15550001111"
)

func (t Task) channelType() string {
	if t.Channel == "" {
		return "voice"
	}
	return t.Channel
}

// taskChannel is the TaskRouter channel that carries the channel type: Flex Conversations has few of its own.
func (t Task) taskChannel() string {
	switch t.channelType() {
	case "voice", "sms", "email":
		return t.channelType()
	case "chat", "web", "whatsapp", "messenger":
		return "chat"
	}
	return t.channelType()
}

func (t Task) queue() string {
	if t.QueueName == "" {
		return "Everyone"
	}
	return t.QueueName
}

func (t Task) timeout() time.Duration {
	if t.Timeout == 0 {
		return 2 * time.Minute
	}
	return t.Timeout
}

// routingTarget is how Flex tells its own outbound call from one that comes in.
func (t Task) routingTarget() string {
	if t.channelType() == "voice" && t.Attributes["direction"] == "outbound" {
		return "client:" + identity
	}
	return ""
}

// attributes are what Twilio sets for the channel, and the caller's own over them.
func (t Task) attributes() map[string]any {
	attributes := map[string]any{}
	switch t.taskChannel() {
	case "voice":
		attributes = t.voiceAttributes()
	case "chat", "sms", "email":
		attributes = t.conversationAttributes()
	}
	maps.Copy(attributes, deepCopy(t.Attributes))
	maps.DeleteFunc(attributes, func(_ string, value any) bool { return value == nil })
	return attributes
}

func (t Task) voiceAttributes() map[string]any {
	if t.Attributes["direction"] == "outbound" {
		return map[string]any{"direction": "outbound", "outbound_to": customerNumber, "from": centreNumber}
	}
	return map[string]any{
		"from": customerNumber, "caller": customerNumber, "to": centreNumber, "called": centreNumber, "direction": "inbound",
		"call_sid": newSID("CA"), "account_sid": accountSID, "name": customerNumber,
	}
}

// conversationAttributes are those of a task of Flex Conversations. Without flexInteractionChannelSid Flex takes it for legacy chat.
func (t Task) conversationAttributes() map[string]any {
	if t.Legacy {
		return map[string]any{"channelType": t.channelType(), "channelSid": newSID("CH"), "name": "Anonymous", "from": "Anonymous"}
	}
	address := map[string]string{
		"sms": customerNumber, "whatsapp": "whatsapp:" + customerNumber, "messenger": "messenger:4155550123", "email": "customer@example.com",
	}[t.channelType()]
	if address == "" {
		// A web chat's customer has an identity, no address.
		address = newSID("FX")
	}
	conversation := newSID("CH")
	return map[string]any{
		"channelType": t.channelType(), "conversationSid": conversation, "channelSid": conversation,
		"customerName": "Customer", "customerAddress": address, "name": "Customer", "from": address,
		"flexInteractionSid": newSID("KD"), "flexInteractionChannelSid": newSID("UO"), "flexChannelInviteSid": newSID("KG"),
		"direction": "inbound", "initiatedBy": "customer",
	}
}

// parseAttributes reads attributes that Flex sends: a JSON object, or the text of one.
func parseAttributes(raw json.RawMessage) (map[string]any, bool) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		raw = json.RawMessage(text)
	}
	var attributes map[string]any
	if err := json.Unmarshal(raw, &attributes); err != nil || attributes == nil {
		return nil, false
	}
	return attributes, true
}

// deepCopy keeps what is ours apart from what a caller goes on changing.
func deepCopy(attributes map[string]any) map[string]any {
	var copied map[string]any
	if err := json.Unmarshal(mustJSON(attributes), &copied); err != nil {
		panic("twilio: JSON of our own cannot be read: " + err.Error())
	}
	return copied
}
