package twilio

import (
	"net/http"
	"regexp"
)

// Why an outbound call did not come about, as the reservation's canceled_reason_code says it.
// See https://www.twilio.com/docs/api/errors.
const (
	NoAnswer      = 45305
	Busy          = 45303
	InvalidNumber = 21211
)

// RingOut makes the far end of the calls that the agent starts from now on ring until CustomerAnswers or CustomerDeclines; otherwise
// it answers at once.
func (t *Twilio) RingOut(on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ringOut = on
}

// CustomerAnswers is the far end of the agent's own call: with it the reservation is accepted. It errors unless that rings.
func (t *Twilio) CustomerAnswers(sid string) error { return t.move(sid, Accepted) }

// CustomerDeclines is the far end of the agent's own call that does not answer; code says why. It errors unless that rings.
func (t *Twilio) CustomerDeclines(sid string, code int) error {
	t.router.setCancelReason(sid, code)
	return t.move(sid, Canceled)
}

// ringsOut says whether calls of the agent's wait for CustomerAnswers.
func (t *Twilio) ringsOut() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ringOut
}

// dials says whether a reservation is a call of the agent's that the far end has yet to answer.
func (t *Twilio) dials(sid string) bool {
	return t.router.findWhere(func(res *reservation) bool {
		return res.sid == sid && res.status == Pending && res.task.routingTarget != ""
	}) != ""
}

func (r *taskRouter) setCancelReason(sid string, code int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if res := r.find(sid); res != nil {
		res.cancelReason = code
	}
}

// createTask is the agent's own outbound call: the task comes straight back as an offer, and Flex accepts it by itself.
func (t *Twilio) createTask(_ string, params bridgeParams) (any, error) {
	attributes, _ := parseAttributes(params.Attributes)
	return t.taskOf(t.Ring(Task{Channel: params.TaskChannel, Attributes: attributes}).SID)
}

// noReservation is what a call in the browser is for that a supervisor only listens to.
const noReservation = ""

// supervise is the MonitorCall of an agent who is a supervisor: their browser rings for a call that is nobody's reservation here.
func (t *Twilio) supervise(sid string, params bridgeParams) (any, error) {
	if params.Instruction != "supervise" {
		return nil, &UnknownError{SID: sid}
	}
	t.voice.ring(noReservation, centreNumber)
	return map[string]any{"sid": sid}, nil
}

// Listening says whether a supervisor's MonitorCall has its call in the browser.
func (t *Twilio) Listening() bool { return t.voice.taken(noReservation) }

// Connecting says whether the agent is in a call of their own that the far end has yet to answer.
func (t *Twilio) Connecting(sid string) bool { return t.voice.taken(sid) && t.dials(sid) }

// InternalCall is a call from another agent, as agents' plugins make one: from and to are clients, there is no customer in it, and
// no direction. outbound is this agent's own call to the other.
// See the feature internal-call of https://github.com/twilio-professional-services/flex-project-template.
func InternalCall(outbound bool) Task {
	const other = "client:agent2"
	attributes := map[string]any{
		"client_call": true, "name": "Agent Two", "direction": nil, "called": nil, "caller": nil, "call_sid": nil, "account_sid": nil,
	}
	if outbound {
		attributes["direction"], attributes["from"], attributes["targetWorker"] = "outbound", "client:"+identity, "client:"+identity
		attributes["to"], attributes["outbound_to"], attributes["autoAnswer"] = other, other, "true"
	} else {
		attributes["from"], attributes["targetWorker"] = other, "client:"+identity
		attributes["to"], attributes["internal"], attributes["autoAnswer"] = "client:"+identity, "true", "false"
	}
	return Task{Attributes: attributes}
}

var outboundRoutes = []route{
	{http.MethodPost, regexp.MustCompile(`/Tasks/WT\w+/Reservations/(WR\w+)$`), (*Twilio).supervise},
	{http.MethodPost, regexp.MustCompile(`/Tasks()$`), (*Twilio).createTask},
}
