package twilio

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

const (
	// heartbeat is how often the gateway shows that it is there; the Voice SDK reconnects after 15 s of silence.
	heartbeat = 5 * time.Second
	// answerWithin is how long the browser has to take a call that its agent has accepted. After that the agent is let in without
	// audio: a page with no microphone is no reason for a test of something else to stop.
	answerWithin      = 20 * time.Second
	signallingVersion = "1.6"
)

// voice is the gateway of the Voice SDK: it rings the browser once the agent has accepted, and hears of their hang-up.
type voice struct {
	sockets hub
	log     func(string)
	// patience is answerWithin, but in tests.
	patience time.Duration
	// accepted and hungUp are given the reservation. They are called without the lock.
	accepted func(reservationSID string)
	hungUp   func(reservationSID string)

	mu       sync.Mutex
	refusing bool             // see VoiceGone
	calls    map[string]*call // by call SID
}

// call is the agent's side of a conversation in the browser.
type call struct {
	sid            string
	reservationSID string
	answered       bool
	leg            *leg // nil until there is an offer
	patience       *time.Timer
}

// signal is a message of the Voice SDK, in both directions.
type signal struct {
	Type    string          `json:"type"`
	Version string          `json:"version"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func (v *voice) serve(w http.ResponseWriter, r *http.Request) {
	v.sockets.serve(w, r, func(s *socket) {
		go s.every(heartbeat, func() { s.sendText([]byte("\n")) })
	}, v.receive)
}

func (v *voice) receive(s *socket, data []byte) {
	var heard signal
	if json.Unmarshal(data, &heard) != nil {
		return // A heartbeat.
	}
	var about struct {
		CallSID string `json:"callsid"`
		SDP     string `json:"sdp"`
	}
	_ = json.Unmarshal(heard.Payload, &about) // What has no call has none of these.
	v.log("voice: " + heard.Type + " " + about.CallSID)
	if v.refuses() {
		if heard.Type == "listen" || heard.Type == "register" {
			sayRefused(s)
		}
		return
	}
	switch heard.Type {
	case "listen":
		say(s, "connected", map[string]any{
			"edge": "ashburn", "region": "us1", "home": "us1", "gateway": "sandbox",
			"token": map[string]any{"identity": identity, "ttl": int(tokenLifetime.Seconds())},
		})
	case "register":
		say(s, "ready", map[string]any{})
	case "answer":
		v.answer(s, about.CallSID, about.SDP)
	case "hangup", "reject":
		v.gone(about.CallSID)
	case "reinvite":
		// The browser misses the sound of a call. Of one that ended while its tab was cut off it has yet to hear.
		if !v.has(about.CallSID) {
			say(s, "hangup", map[string]any{"callsid": about.CallSID})
		}
	}
}

// ring calls the browser. It returns at once, and false where no tab listens.
func (v *voice) ring(reservationSID, from string) bool {
	if v.sockets.size() == 0 {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range v.calls {
		if c.reservationSID == reservationSID {
			return true // A second tab's click.
		}
	}
	c := &call{sid: newSID("CA"), reservationSID: reservationSID}
	c.patience = time.AfterFunc(v.patience, func() { v.giveUp(c, "no tab took the call") })
	if v.calls == nil {
		v.calls = make(map[string]*call)
	}
	v.calls[c.sid] = c
	go v.invite(c, from)
	return true
}

func (v *voice) invite(c *call, from string) {
	leg, offer, err := newLeg(func() { v.gone(c.sid) })
	if err != nil {
		v.giveUp(c, err.Error())
		return
	}
	v.mu.Lock()
	if v.calls[c.sid] != c {
		v.mu.Unlock()
		leg.close() // The customer has gone while the offer was made.
		return
	}
	c.leg = leg
	v.mu.Unlock()
	for _, s := range v.sockets.all() {
		say(s, "invite", map[string]any{"callsid": c.sid, "sdp": offer, "parameters": map[string]any{
			"From": from, "To": "client:" + identity, "CallSid": c.sid, "AccountSid": accountSID, "ApiVersion": "2010-04-01",
		}})
	}
}

// answer joins the tab that took the call; the others stop ringing.
func (v *voice) answer(s *socket, callSID, sdp string) {
	v.mu.Lock()
	c := v.calls[callSID]
	if c == nil || c.answered || c.leg == nil {
		v.mu.Unlock()
		say(s, "cancel", map[string]any{"callsid": callSID})
		return
	}
	c.answered = true
	c.patience.Stop()
	v.mu.Unlock()
	for _, other := range v.sockets.all() {
		if other != s {
			say(other, "cancel", map[string]any{"callsid": callSID})
		}
	}
	if err := c.leg.answer(sdp); err != nil {
		v.log("voice: " + err.Error())
	}
	v.accepted(c.reservationSID)
}

// gone is the agent's hang-up, or an end of their browser that nobody announced.
func (v *voice) gone(callSID string) {
	if c := v.take(func(c *call) bool { return c.sid == callSID }); c != nil {
		c.end()
		v.hungUp(c.reservationSID)
	}
}

// giveUp lets the agent in without audio.
func (v *voice) giveUp(c *call, why string) {
	v.mu.Lock()
	late := v.calls[c.sid] != c || c.answered
	if !late {
		delete(v.calls, c.sid)
	}
	v.mu.Unlock()
	if late {
		return
	}
	v.log("voice: no audio: " + why)
	c.end()
	v.accepted(c.reservationSID)
}

// end tells the browser that the reservation's call is over.
func (v *voice) end(reservationSID string) {
	c := v.take(func(c *call) bool { return c.reservationSID == reservationSID })
	if c == nil {
		return
	}
	over := "cancel"
	if c.answered {
		over = "hangup"
	}
	for _, s := range v.sockets.all() {
		say(s, over, map[string]any{"callsid": c.sid})
	}
	c.end()
}

func (v *voice) endAll() {
	for {
		c := v.take(func(*call) bool { return true })
		if c == nil {
			return
		}
		c.end()
	}
}

func (v *voice) has(callSID string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.calls[callSID] != nil
}

// taken says whether there is a call for a reservation that a tab has taken.
func (v *voice) taken(reservationSID string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range v.calls {
		if c.reservationSID == reservationSID && c.answered {
			return true
		}
	}
	return false
}

// take removes a call; whoever has it ends it.
func (v *voice) take(is func(*call) bool) *call {
	v.mu.Lock()
	defer v.mu.Unlock()
	for sid, c := range v.calls {
		if is(c) {
			delete(v.calls, sid)
			return c
		}
	}
	return nil
}

// end must be called by the one who has taken the call.
func (c *call) end() {
	c.patience.Stop()
	if c.leg != nil {
		c.leg.close()
	}
}

func say(s *socket, kind string, payload any) {
	s.sendText(mustJSON(signal{Type: kind, Version: signallingVersion, Payload: mustJSON(payload)}))
}

// connect brings the agent and the customer together. A call in the browser is accepted once a tab has taken it, as at Twilio;
// anything else at once.
func (t *Twilio) connect(sid string) error {
	from, inBrowser := "", false
	pending := t.router.findWhere(func(res *reservation) bool {
		if res.sid != sid || res.status != Pending {
			return false
		}
		from, _ = res.task.attributes["from"].(string)
		inBrowser = res.task.channel == "voice" && !res.task.deskphone
		return true
	})
	if pending != "" && inBrowser && t.voice.ring(sid, from) {
		return nil
	}
	return t.move(sid, Accepted)
}

// answered and hungUp find the reservation in another state where the customer was faster, which is no fault.
func (t *Twilio) answered(reservationSID string) {
	if reservationSID == noReservation || t.ringsOut() && t.dials(reservationSID) {
		return // The agent is in; the far end of a call of their own is not yet.
	}
	if now, ok := t.Reservation(reservationSID); ok && now.Status == Accepted {
		return // That far end was faster.
	}
	if err := t.move(reservationSID, Accepted); err != nil {
		t.log(err.Error())
		t.voice.end(reservationSID)
	}
}

func (t *Twilio) hungUp(reservationSID string) {
	if reservationSID == noReservation {
		return
	}
	to := Wrapping
	if t.dials(reservationSID) {
		to = Canceled
	}
	t.router.agentLeaves(reservationSID)
	if err := t.move(reservationSID, to); err != nil {
		t.log(err.Error())
	}
}
