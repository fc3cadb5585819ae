package twilio

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// conference is where the agents and the customer of a call meet. Flex knows it as the voice channel of the task's interaction, whose
// participants it reads once it has accepted, and hears of by the events participant.added, .modified and .removed. From them it makes
// task.conference.
type conference struct {
	sid, interactionSID, channelSID string
	parties                         []*party
}

// party is who is in a conference, or was: one who has left is only kept so that they can be spoken of.
type party struct {
	sid, kind, callSID            string
	reservationSID                string // of an agent
	hold, endsConference, hasGone bool
	sequence                      int
}

// The kinds of party, as the Interactions API spells them; Flex calls an agent a worker.
const (
	partyAgent    = "agent"
	partyCustomer = "customer"
)

// interactionSID is the task's interaction. Flex makes one up from the task's SID where no attribute names it.
func (t *task) interactionSID() string {
	if sid, ok := t.attributes["flexInteractionSid"].(string); ok && sid != "" {
		return sid
	}
	return "KD" + t.sid[2:]
}

// joins brings the agent of a reservation into the conference, which begins with the first of them. It must be called with the
// lock held.
func (r *taskRouter) joins(res *reservation) {
	t := res.task
	if t.conference == nil {
		t.conference = &conference{sid: newSID("CF"), interactionSID: t.interactionSID(), channelSID: "UO" + t.sid[2:]}
		customer, _ := t.attributes["call_sid"].(string)
		if customer == "" {
			customer = newSID("CA") // Flex's own outbound call: the far end has one from now on.
		}
		r.enters(t, &party{sid: newSID("UT"), kind: partyCustomer, callSID: customer})
	}
	agent := &party{sid: newSID("UT"), kind: partyAgent, callSID: newSID("CA"), reservationSID: res.sid}
	r.enters(t, agent)
	// TaskRouter adds this to the attributes once the worker is in.
	t.attributes["conference"] = map[string]any{
		"sid":          t.conference.sid,
		"participants": map[string]any{"worker": agent.callSID, "customer": t.conference.parties[0].callSID},
	}
}

// enters must be called with the lock held.
func (r *taskRouter) enters(t *task, p *party) {
	t.conference.parties = append(t.conference.parties, p)
	r.tell("participant.added", "participant-join", t, p)
}

// leaves is one who has hung up. Where several could be meant it is all of them. It must be called with the lock held.
func (r *taskRouter) leaves(t *task, is func(*party) bool) {
	if t.conference == nil {
		return
	}
	for _, p := range t.conference.parties {
		if !p.hasGone && is(p) {
			p.hasGone = true
			r.tell("participant.removed", "participant-leave", t, p)
		}
	}
}

// disband has the agent of a reservation leave, and everybody else where that was the last agent. It must be called with the lock held.
func (r *taskRouter) disband(res *reservation) {
	r.leaves(res.task, func(p *party) bool { return p.reservationSID == res.sid })
	for _, other := range r.reservations {
		if other.task == res.task && (other.status == Accepted || other.incoming.underWay()) {
			return
		}
	}
	if res.outgoing.underWay() {
		return // The customer waits in it for the next agent.
	}
	r.leaves(res.task, func(*party) bool { return true })
}

// PartiesLate makes Flex hear only after the wrap-up who has left a call; otherwise it hears of the customer's hang-up first.
func (t *Twilio) PartiesLate(on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.partiesLate = on
}

func (t *Twilio) hearsOfPartiesLate() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.partiesLate
}

// customerLeaves is the customer's own hang-up, which Flex hears of before TaskRouter's wrap-up. It does nothing where there is no call.
func (r *taskRouter) customerLeaves(sid string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if res := r.find(sid); res != nil && res.status == Accepted {
		r.leaves(res.task, func(p *party) bool { return p.kind == partyCustomer })
	}
}

// agentLeaves is the end of the agent's side of a call.
func (r *taskRouter) agentLeaves(sid string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if res := r.find(sid); res != nil {
		r.leaves(res.task, func(p *party) bool { return p.reservationSID == res.sid })
	}
}

// tell must be called with the lock held.
func (r *taskRouter) tell(event, because string, t *task, p *party) {
	p.sequence = t.conference.next()
	payload := t.wireParty(p, because)
	payload["participant_sid"] = p.sid
	r.emit(event, payload)
}

// next numbers the changes of a conference.
func (c *conference) next() int {
	highest := 0
	for _, p := range c.parties {
		highest = max(highest, p.sequence)
	}
	return highest + 1
}

// wireParty is a participant as the Interactions API lists it. Its media properties are arrays of strings.
func (t *task) wireParty(p *party, because string) map[string]any {
	one := func(value string) []string { return []string{value} }
	truth := func(value bool) []string { return []string{strconv.FormatBool(value)} }
	routing := map[string]any{"task_sid": t.sid, "reservation_sid": nil, "worker_sid": nil}
	if p.kind == partyAgent {
		routing["reservation_sid"], routing["worker_sid"] = p.reservationSID, workerSID
	}
	from, _ := t.attributes["from"].(string)
	to, _ := t.attributes["to"].(string)
	return map[string]any{
		"sid": p.sid, "channel_sid": t.conference.channelSID, "channel_type": "voice", "interaction_sid": t.conference.interactionSID,
		"type": p.kind, "routing_properties": routing,
		"media_properties": map[string]any{
			"AccountSid": one(accountSID), "CallSid": one(p.callSID), "Coaching": truth(false), "ConferenceSid": one(t.conference.sid),
			"EndConferenceOnExit": truth(p.endsConference), "FriendlyName": one(t.sid), "Hold": truth(p.hold), "Muted": truth(false),
			"SequenceNumber": one(strconv.Itoa(p.sequence)), "StartConferenceOnEnter": truth(true), "StatusCallbackEvent": one(because),
			"Timestamp": one(time.Now().UTC().Format(time.RFC1123Z)), "From": one(from), "To": one(to),
		},
	}
}

// interactionChannels answers which channels a task's interaction has: the call, or the conversation.
func (t *Twilio) interactionChannels(interactionSID string, _ bridgeParams) (any, error) {
	t.router.mu.Lock()
	defer t.router.mu.Unlock()
	channels := []any{}
	for _, each := range t.router.tasksOf(interactionSID) {
		channel := map[string]any{"interaction_sid": interactionSID, "status": orActive(each.channelStatus), "media_sid": nil}
		switch sid, isConversation := each.attributes["flexInteractionChannelSid"].(string); {
		case each.conference != nil:
			channel["sid"], channel["type"], channel["media_sid"] = each.conference.channelSID, "voice", each.conference.sid
		case isConversation:
			channel["sid"], channel["type"], channel["media_sid"] = sid, each.attributes["channelType"], each.attributes["conversationSid"]
		default:
			continue
		}
		if !slices.ContainsFunc(channels, func(other any) bool { return other.(map[string]any)["sid"] == channel["sid"] }) {
			channels = append(channels, channel)
		}
	}
	return map[string]any{"channels": channels, "meta": map[string]any{}}, nil
}

// interactionParticipants answers who is in a call. Those of a conversation Flex does without.
func (t *Twilio) interactionParticipants(interactionSID string, _ bridgeParams) (any, error) {
	t.router.mu.Lock()
	defer t.router.mu.Unlock()
	participants := []any{}
	for _, each := range t.router.tasksOf(interactionSID) {
		if each.conference == nil {
			continue
		}
		for _, p := range each.conference.parties {
			if !p.hasGone {
				participants = append(participants, each.wireParty(p, "participant-join"))
			}
		}
	}
	return map[string]any{"participants": participants, "channel_type": "voice", "meta": map[string]any{}}, nil
}

// modifyParticipant is hold, unhold and who ends the conference by leaving.
func (t *Twilio) modifyParticipant(sid string, params bridgeParams) (any, error) {
	t.router.mu.Lock()
	defer t.router.mu.Unlock()
	for _, res := range t.router.reservations {
		if res.task.conference == nil {
			continue
		}
		for _, p := range res.task.conference.parties {
			if p.sid != sid {
				continue
			}
			if hold := params.MediaProperties.Hold; hold != nil {
				p.hold = *hold
			}
			if ends := params.MediaProperties.EndConferenceOnExit; ends != nil {
				p.endsConference = *ends
			}
			t.router.tell("participant.modified", "participant-modify", res.task, p)
			return res.task.wireParty(p, "participant-modify"), nil
		}
	}
	return nil, &UnknownError{SID: sid}
}

// tasksOf must be called with the lock held.
func (r *taskRouter) tasksOf(interactionSID string) (tasks []*task) {
	for _, res := range r.reservations {
		if res.task.interactionSID() == interactionSID && !slices.Contains(tasks, res.task) {
			tasks = append(tasks, res.task)
		}
	}
	return tasks
}

var conferenceRoutes = []route{
	{http.MethodPost, interactionURL(`\w+/Channels/\w+/Participants/(UT\w+)$`), (*Twilio).modifyParticipant},
	{http.MethodGet, interactionURL(`(\w+)/Channels/\w+/Participants$`), (*Twilio).interactionParticipants},
	{http.MethodGet, interactionURL(`(\w+)/Channels$`), (*Twilio).interactionChannels},
}
