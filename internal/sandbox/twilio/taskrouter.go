package twilio

import (
	"maps"
	"sync"
	"time"
)

// taskRouter is the state of the contact centre: one worker and their reservations. Every change goes out by emit, in the order the
// changes were made.
type taskRouter struct {
	// emit must not block and must have taken its copy of the payload when it returns.
	emit func(event string, payload any)

	mu               sync.Mutex
	activitySID      string
	activitySince    time.Time
	workerVersion    int
	workerAttributes map[string]any
	reservations     []*reservation
}

// reservation is one offer of a task to the worker. A task may be offered again in another reservation.
type reservation struct {
	sid              string
	status           Status
	timeout          time.Duration
	version          int
	created, updated time.Time
	task             *task
	cancelReason     int // a code of Twilio's; 1 when zero
	// incoming is the transfer that brought the task here, outgoing the one that takes it on; nil where there is none.
	incoming, outgoing *transfer
}

type task struct {
	sid              string
	assignment       string
	channel          string
	attributes       map[string]any
	queue            string
	routingTarget    string
	deskphone        bool
	version          int
	created, updated time.Time
	conference       *conference // nil until there is a call
	channelStatus    string      // of a conversation: active when empty
}

func newTaskRouter(emit func(string, any), workerAttributes map[string]any) *taskRouter {
	attributes := map[string]any{
		"contact_uri": "client:" + identity, "full_name": "Agent One", "email": "agent1@example.com", "roles": []string{"agent"},
	}
	maps.Copy(attributes, deepCopy(workerAttributes))
	return &taskRouter{
		emit: emit, activitySID: activities(time.Now())[1].SID, activitySince: time.Now(), workerVersion: 1, workerAttributes: attributes,
	}
}

// ring offers a new task to the worker.
func (r *taskRouter) ring(t Task) Reservation {
	r.mu.Lock()
	defer r.mu.Unlock()
	made := &task{
		sid: newSID("WT"), channel: t.taskChannel(), attributes: t.attributes(), queue: t.queue(), routingTarget: t.routingTarget(),
		deskphone: t.Deskphone, created: time.Now(),
	}
	if from := t.Transferred; from != nil {
		to := queueSID
		if from.Kind == ToWorker {
			to = workerSID
		}
		return r.offerTransfer(made, t.timeout(), newTransfer(from.Mode, from.Kind, to, newSID("WR"), OtherWorkerSID, made.sid))
	}
	return r.offer(made, t.timeout())
}

// ringAgain offers a task to the worker that they have lost.
func (r *taskRouter) ringAgain(sid string) (Reservation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	lost := r.find(sid)
	if lost == nil {
		return Reservation{}, &UnknownError{SID: sid}
	}
	if lost.task.assignment != consequence[Rejected].assignment {
		return Reservation{}, &StatusError{SID: lost.sid, From: lost.status, To: Pending}
	}
	return r.offer(lost.task, lost.timeout), nil
}

// offer must be called with the lock held.
func (r *taskRouter) offer(t *task, timeout time.Duration) Reservation {
	return r.offerTransfer(t, timeout, nil)
}

// offerTransfer must be called with the lock held.
func (r *taskRouter) offerTransfer(t *task, timeout time.Duration, by *transfer) Reservation {
	res := &reservation{sid: newSID("WR"), timeout: timeout, created: time.Now(), task: t, incoming: by}
	r.reservations = append(r.reservations, res)
	r.enter(res, Pending)
	return res.snapshot()
}

// move changes a reservation's status, and with it the task's, and tells every tab.
func (r *taskRouter) move(sid string, to Status) (wireReservation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(sid)
	if res == nil {
		return wireReservation{}, &UnknownError{SID: sid}
	}
	if !allowed(res.status, to) {
		return wireReservation{}, &StatusError{SID: sid, From: res.status, To: to}
	}
	r.enter(res, to)
	return res.wire(), nil
}

// enter must be called with the lock held.
func (r *taskRouter) enter(res *reservation, status Status) {
	means := consequence[status]
	res.status, res.updated = status, time.Now()
	was := res.task.assignment
	res.task.assignment, res.task.updated = r.assignment(res), res.updated
	res.version++
	res.task.version++
	r.emit(means.event, res.wire())
	if means.taskEvent != "" && res.task.assignment == means.assignment && was != means.assignment {
		r.emit(means.taskEvent, res.task.wire())
	}
	r.meets(res, status)
	switch {
	case res.task.channel != "voice":
	case status == Accepted:
		r.joins(res)
	case status != Pending:
		r.disband(res)
	}
}

// assignment is the task's own status: that of the reservation that has just changed, unless another agent has it in hand. It must be
// called with the lock held.
func (r *taskRouter) assignment(changed *reservation) string {
	for _, status := range []Status{Accepted, Pending, Wrapping} {
		for _, res := range r.reservations {
			if res.task == changed.task && res.status == status {
				return consequence[status].assignment
			}
		}
	}
	if changed.outgoing.underWay() {
		return consequence[Rejected].assignment // It waits for the next agent.
	}
	return consequence[changed.status].assignment
}

// find must be called with the lock held. sid is a reservation's, or a task's, whose latest reservation it finds.
func (r *taskRouter) find(sid string) *reservation {
	for i := len(r.reservations) - 1; i >= 0; i-- {
		if res := r.reservations[i]; res.sid == sid || res.task.sid == sid {
			return res
		}
	}
	return nil
}

// findWhere returns the SID of the latest reservation that a test of its own accepts, or nothing.
func (r *taskRouter) findWhere(is func(*reservation) bool) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := len(r.reservations) - 1; i >= 0; i-- {
		if is(r.reservations[i]) {
			return r.reservations[i].sid
		}
	}
	return ""
}

// look returns a reservation as Flex sees it.
func (r *taskRouter) look(sid string) (wireReservation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(sid)
	if res == nil {
		return wireReservation{}, &UnknownError{SID: sid}
	}
	return res.wire(), nil
}

// snapshot returns a reservation as the sandbox's users see it.
func (r *taskRouter) snapshot(sid string) (Reservation, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(sid)
	if res == nil {
		return Reservation{}, false
	}
	return res.snapshot(), true
}

func (r *taskRouter) all() (all []Reservation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, res := range r.reservations {
		all = append(all, res.snapshot())
	}
	return all
}

// live returns the reservations that a starting Flex takes up.
func (r *taskRouter) live() []wireReservation {
	r.mu.Lock()
	defer r.mu.Unlock()
	live := []wireReservation{}
	for _, res := range r.reservations {
		if res.status.live() {
			live = append(live, res.wire())
		}
	}
	return live
}

// setTaskAttributes changes a task's attributes; change is given a copy and must not call back.
func (r *taskRouter) setTaskAttributes(sid string, change func(map[string]any) map[string]any) (wireTask, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(sid)
	if res == nil {
		return wireTask{}, &UnknownError{SID: sid}
	}
	res.task.attributes = change(maps.Clone(res.task.attributes))
	res.task.version++
	res.task.updated = time.Now()
	r.emit("task.updated", res.task.wire())
	return res.task.wire(), nil
}

func (r *taskRouter) worker() wireWorker {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wireWorker()
}

// setActivity ignores an activity that the account does not have.
func (r *taskRouter) setActivity(sid string) wireWorker {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, activity := range activities(time.Now()) {
		if activity.SID == sid {
			r.activitySID, r.activitySince = sid, time.Now()
			r.workerVersion++
			r.emit("worker.activity.update", r.wireWorker())
		}
	}
	return r.wireWorker()
}

// setWorkerAttributes is setTaskAttributes for the worker.
func (r *taskRouter) setWorkerAttributes(change func(map[string]any) map[string]any) wireWorker {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.workerAttributes = change(maps.Clone(r.workerAttributes))
	r.workerVersion++
	r.emit("worker.attributes.update", r.wireWorker())
	return r.wireWorker()
}

// wireWorker must be called with the lock held.
func (r *taskRouter) wireWorker() wireWorker {
	now := time.Now()
	worker := wireWorker{
		AccountSID: accountSID, ActivitySID: r.activitySID, Attributes: string(mustJSON(r.workerAttributes)), DateCreated: now.Unix(),
		DateStatusChanged: r.activitySince.Unix(), DateUpdated: now.Unix(), FriendlyName: identity, SID: workerSID,
		WorkspaceSID: workspaceSID, Version: r.workerVersion,
	}
	for _, activity := range activities(now) {
		if activity.SID == r.activitySID {
			worker.ActivityName, worker.Available = activity.FriendlyName, activity.Available
		}
	}
	return worker
}

func (res *reservation) wire() wireReservation {
	w := wireReservation{
		AccountSID: accountSID, DateCreated: res.created.Unix(), DateUpdated: res.updated.Unix(), Status: res.status, SID: res.sid,
		Timeout: int(res.timeout.Seconds()), WorkerSID: workerSID, WorkspaceSID: workspaceSID, Version: res.version, Task: res.task.wire(),
	}
	if res.status == Canceled {
		reason := max(res.cancelReason, 1)
		w.CanceledReasonCode = &reason
	}
	w.TaskTransfer = res.incoming.wire()
	if res.outgoing.underWay() {
		w.ActiveOutgoingTaskTransfer = res.outgoing.wire()
	}
	return w
}

func (res *reservation) snapshot() Reservation {
	return Reservation{
		SID: res.sid, TaskSID: res.task.sid, Status: res.status, TaskStatus: res.task.assignment, Channel: res.task.channel,
		Attributes: deepCopy(res.task.attributes),
	}
}

func (t *task) wire() wireTask {
	w := wireTask{
		AddOns: "{}", Age: int(time.Since(t.created).Seconds()), Attributes: string(mustJSON(t.attributes)), DateCreated: t.created.Unix(),
		DateUpdated: t.updated.Unix(), QueueName: t.queue, QueueSID: queueSID, SID: t.sid, AssignmentStatus: t.assignment,
		TaskChannelUniqueName: t.channel, TaskChannelSID: taskChannelSID(t.channel), Timeout: 86400, WorkflowName: "Assign To Anyone",
		WorkflowSID: workflowSID, Version: t.version, VirtualStartTime: t.created.Unix(),
	}
	if t.routingTarget != "" {
		w.RoutingTarget = &t.routingTarget
	}
	return w
}
