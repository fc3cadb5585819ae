package twilio

import (
	"net/http"
	"regexp"
	"time"
)

// The states of a conversation's channel, as the Interactions API spells them.
const (
	channelActive   = "active"
	channelClosed   = "closed"
	channelPaused   = "pause"
	channelInactive = "inactive"
)

// updateInvite is the agent's answer to the invitation into a conversation, which names the reservation it is for.
func (t *Twilio) updateInvite(channelSID string, params bridgeParams) (any, error) {
	to := Accepted
	if params.Action == "decline" {
		to = Rejected
	}
	if err := t.move(params.Routing.Reservation.SID, to); err != nil {
		return nil, err
	}
	return map[string]any{"sid": newSID("KG"), "channel_sid": channelSID, "status": string(to)}, nil
}

// updateChannel is the agent's End Chat, which closes the channel and leaves the task to wrap-up, and Complete, which closes both. It
// is also PauseChannel and LeaveChannel, which end the task and keep the conversation, and ResumeChannel.
func (t *Twilio) updateChannel(channelSID string, params bridgeParams) (any, error) {
	sid, err := t.inChannel(channelSID)
	if err != nil {
		return nil, err
	}
	switch params.Status {
	case channelClosed, channelPaused, channelInactive:
		to := Completed
		if params.Routing.Status == "wrapup" {
			to = Wrapping
		}
		t.router.setChannel(sid, params.Status)
		if err := t.move(sid, to); err != nil {
			return nil, err
		}
	case channelActive:
		if _, err := t.NextAgent(sid); err != nil {
			return nil, err
		}
	}
	return map[string]any{"sid": channelSID, "status": params.Status, "error_code": 0}, nil
}

// NextAgent brings a conversation back as a new task of the same interaction, as Twilio does when it is resumed or goes on to another
// agent: here that is the same one. sid is a reservation's or a task's. It errors where there is no such conversation.
func (t *Twilio) NextAgent(sid string) (Reservation, error) {
	return t.router.again(sid)
}

func (r *taskRouter) again(sid string) (Reservation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(sid)
	if res == nil || res.task.attributes["flexInteractionSid"] == nil {
		return Reservation{}, &UnknownError{SID: sid}
	}
	before := res.task
	before.channelStatus = channelActive
	next := &task{
		sid: newSID("WT"), channel: before.channel, attributes: deepCopy(before.attributes), queue: before.queue, created: time.Now(),
	}
	next.attributes["flexChannelInviteSid"] = newSID("KG")
	return r.offer(next, res.timeout), nil
}

func (r *taskRouter) setChannel(sid, status string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if res := r.find(sid); res != nil {
		res.task.channelStatus = status
	}
}

// transferChannel is the agent's StartChannelTransfer. They leave the conversation for their wrap-up; the next agent gets a task of
// their own in the same interaction: see NextAgent.
func (t *Twilio) transferChannel(channelSID string, _ bridgeParams) (any, error) {
	sid, err := t.inChannel(channelSID)
	if err != nil {
		return nil, err
	}
	if err := t.move(sid, Wrapping); err != nil {
		return nil, err
	}
	return map[string]any{"sid": newSID("TT"), "channel_sid": channelSID, "status": transferInitiated}, nil
}

// pausedChannels lists the conversations that wait to be resumed.
func (t *Twilio) pausedChannels(string, bridgeParams) (any, error) {
	t.router.mu.Lock()
	defer t.router.mu.Unlock()
	content := []any{}
	for _, res := range t.router.reservations {
		if res.task.channelStatus != channelPaused {
			continue
		}
		content = append(content, map[string]any{
			"sid": res.task.attributes["flexInteractionChannelSid"], "interaction_sid": res.task.attributes["flexInteractionSid"],
			"type": res.task.attributes["channelType"], "status": channelPaused, "attributes": string(mustJSON(res.task.attributes)),
			"date_updated": timestamp(res.task.updated), "status_timeout": timestamp(res.task.updated.Add(tokenLifetime)),
		})
	}
	return map[string]any{"content": content, "meta": map[string]any{}}, nil
}

var interactionRoutes = []route{
	{http.MethodPost, interactionURL(`\w+/Channels/(UO\w+)/Invites(?:/\w+)?/?$`), (*Twilio).updateInvite},
	{http.MethodPost, interactionURL(`\w+/Channels/(UO\w+)$`), (*Twilio).updateChannel},
	{http.MethodGet, regexp.MustCompile(`v1/Channels$()`), (*Twilio).pausedChannels},
}

// inChannel finds the conversation's reservation: the latest that is not over, or else the latest.
func (t *Twilio) inChannel(channelSID string) (string, error) {
	inIt := func(res *reservation) bool { return res.task.attributes["flexInteractionChannelSid"] == channelSID }
	sid := t.router.findWhere(func(res *reservation) bool {
		return inIt(res) && (res.status == Accepted || res.status == Wrapping)
	})
	if sid == "" {
		sid = t.router.findWhere(inIt)
	}
	if sid == "" {
		return "", &UnknownError{SID: channelSID}
	}
	return sid, nil
}

func orActive(status string) string {
	if status == "" {
		return channelActive
	}
	return status
}
