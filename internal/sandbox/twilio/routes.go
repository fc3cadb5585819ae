package twilio

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"time"
)

// bridgeRequest is what Flex wants of TaskRouter or of the Interactions API.
type bridgeRequest struct {
	URL    string       `json:"url"`
	Method string       `json:"method"`
	Params bridgeParams `json:"params"`
}

// bridgeParams are the parameters that change something here. The rest of what Flex sends is ignored.
type bridgeParams struct {
	ActivitySID       string          `json:"ActivitySid"`
	Attributes        json.RawMessage `json:"Attributes"`
	ReservationStatus Status          `json:"ReservationStatus"`
	Instruction       string          `json:"Instruction"`
	AssignmentStatus  Status          `json:"AssignmentStatus"`
	TaskChannel       string          `json:"TaskChannelUniqueName"`
	TaskSID           string          `json:"TaskSid"`
	ReservationSID    string          `json:"ReservationSid"`
	Mode              string          `json:"Mode"`
	To                string          `json:"To"`
	TransferStatus    string          `json:"TransferStatus"`
	// Those of the Interactions API are in lower case.
	Action  string `json:"action"`
	Status  string `json:"status"`
	Routing struct {
		Status      string `json:"status"`
		Reservation struct {
			SID string `json:"sid"`
		} `json:"reservation"`
	} `json:"routing"`
	MediaProperties struct {
		Hold                *bool `json:"hold"`
		EndConferenceOnExit *bool `json:"end_conference_on_exit"`
	} `json:"media_properties"`
}

// route answers the requests whose URL matches; sid is what its group matched, usually the last part.
type route struct {
	method string // any when empty
	url    *regexp.Regexp
	answer func(t *Twilio, sid string, params bridgeParams) (payload any, err error)
}

// routes are tried in turn. The requests are those that Flex UI 2.17.1 was seen to make.
var routes = slices.Concat(conferenceRoutes, interactionRoutes, outboundRoutes, transferRoutes, []route{
	{http.MethodPost, regexp.MustCompile(`/Workers/(WK\w+)$`), (*Twilio).updateWorker},
	{"", regexp.MustCompile(`/Workers/(WK\w+)$`), func(t *Twilio, _ string, _ bridgeParams) (any, error) { return t.router.worker(), nil }},
	{"", regexp.MustCompile(`/TaskQueues/(WQ\w+)$`), (*Twilio).taskQueue},
	{"", regexp.MustCompile(`/Activities$()`), list(func(*Twilio) any { return activities(time.Now()) })},
	{"", regexp.MustCompile(`/WorkerChannels$()`), list(func(*Twilio) any { return workerChannels(time.Now()) })},
	{"", regexp.MustCompile(`/Reservations$()`), list(func(t *Twilio) any { return t.router.live() })},
	{"", regexp.MustCompile(`/Workers/WK\w+/Reservations/(WR\w+)$`), (*Twilio).updateReservation},
	{"", regexp.MustCompile(`/Tasks/(WT\w+)$`), (*Twilio).updateTask},
	{"", regexp.MustCompile(`/(?:CustomerParticipant|WorkerParticipant|HoldWorkerParticipant|KickWorkerParticipant)$()`), (*Twilio).updateParticipant},
})

// answer finds the request's route. One that has none gets an empty list, which Flex takes in good part nearly everywhere.
func (t *Twilio) answer(request bridgeRequest) (any, error) {
	for _, route := range routes {
		if route.method != "" && route.method != request.Method {
			continue
		}
		if match := route.url.FindStringSubmatch(request.URL); match != nil {
			return route.answer(t, match[1], request.Params)
		}
	}
	t.noteUnknown("bridge " + request.Method + " " + anonymous.ReplaceAllString(request.URL, "$1…"))
	return page{Contents: []any{}}, nil
}

// anonymous shortens SIDs, so that the same gap is not listed again for every task.
var anonymous = regexp.MustCompile(`\b([A-Z]{2})[0-9a-f]{32}\b`)

func list(contents func(*Twilio) any) func(*Twilio, string, bridgeParams) (any, error) {
	return func(t *Twilio, _ string, _ bridgeParams) (any, error) { return page{Contents: contents(t)}, nil }
}

func (t *Twilio) updateWorker(_ string, params bridgeParams) (any, error) {
	worker := t.router.worker()
	if params.ActivitySID != "" {
		worker = t.router.setActivity(params.ActivitySID)
	}
	if attributes, ok := parseAttributes(params.Attributes); ok {
		worker = t.router.setWorkerAttributes(func(map[string]any) map[string]any { return attributes })
	}
	return worker, nil
}

// taskQueue is any queue: they all look the same.
func (t *Twilio) taskQueue(sid string, _ bridgeParams) (any, error) {
	now := time.Now().Unix()
	return map[string]any{
		"sid": sid, "account_sid": accountSID, "workspace_sid": workspaceSID, "friendly_name": "Everyone", "target_workers": "1==1",
		"max_reserved_workers": 1, "task_order": "FIFO", "lifo_queue": false, "date_created": now, "date_updated": now,
		"reservation_activity_name": nil, "reservation_activity_sid": nil, "assignment_activity_name": nil, "assignment_activity_sid": nil,
	}, nil
}

// updateReservation is the agent's Accept and Reject, and for a plain task Complete.
func (t *Twilio) updateReservation(sid string, params bridgeParams) (any, error) {
	switch {
	case params.Instruction != "":
		// conference, call, dequeue and redirect all bring the agent and the customer together.
		if err := t.connect(sid); err != nil {
			return nil, err
		}
	case params.ReservationStatus != "":
		if err := t.move(sid, params.ReservationStatus); err != nil {
			return nil, err
		}
	}
	res, err := t.router.look(sid)
	if err != nil {
		return nil, err
	}
	// Of transfers only events and lists tell: the SDK cannot take them in an answer.
	res.TaskTransfer, res.ActiveOutgoingTaskTransfer = nil, nil
	return res, nil
}

// updateTask is the agent's Complete, and the hang-up of a call that is not in the browser.
func (t *Twilio) updateTask(sid string, params bridgeParams) (any, error) {
	if attributes, ok := parseAttributes(params.Attributes); ok {
		if _, err := t.router.setTaskAttributes(sid, func(map[string]any) map[string]any { return attributes }); err != nil {
			return nil, err
		}
	}
	if params.AssignmentStatus != "" {
		if err := t.move(sid, params.AssignmentStatus); err != nil {
			return nil, err
		}
	}
	return t.taskOf(sid)
}

// updateParticipant is hold, unhold, kick, and who ends the conference, of which only the answer matters here. It names a task or a
// reservation.
func (t *Twilio) updateParticipant(_ string, params bridgeParams) (any, error) {
	if params.TaskSID == "" {
		return t.taskOf(params.ReservationSID)
	}
	return t.taskOf(params.TaskSID)
}

func (t *Twilio) taskOf(sid string) (any, error) {
	res, err := t.router.look(sid)
	if err != nil {
		return nil, err
	}
	return res.Task, nil
}
