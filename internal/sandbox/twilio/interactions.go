package twilio

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

// updateChannel is the agent's End Chat, which closes the channel and leaves the task to wrap-up, and Complete, which closes both.
func (t *Twilio) updateChannel(channelSID string, params bridgeParams) (any, error) {
	sid, err := t.inChannel(channelSID)
	if err != nil {
		return nil, err
	}
	if params.Status == "closed" {
		to := Completed
		if params.Routing.Status == "wrapup" {
			to = Wrapping
		}
		if err := t.move(sid, to); err != nil {
			return nil, err
		}
	}
	return map[string]any{"sid": channelSID, "status": params.Status}, nil
}

// inChannel finds the latest reservation of the conversation's channel.
func (t *Twilio) inChannel(channelSID string) (string, error) {
	sid := t.router.findWhere(func(res *reservation) bool {
		return res.task.attributes["flexInteractionChannelSid"] == channelSID
	})
	if sid == "" {
		return "", &UnknownError{SID: channelSID}
	}
	return sid, nil
}
