package twilio

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// The modes and the kinds of transfer, as TaskRouter spells them.
const (
	Warm     = "WARM"
	Cold     = "COLD"
	ToWorker = "WORKER"
	ToQueue  = "QUEUE"
)

// The states of a transfer.
const (
	transferInitiated = "initiated"
	transferComplete  = "complete"
	transferCanceled  = "canceled"
	transferFailed    = "failed"
)

// Whom a task can be transferred to: another agent of the centre, who has no desktop here, and its queue.
const (
	OtherWorkerSID = "WK00000000000000000000000000000002"
	QueueSID       = queueSID
)

// Transferred is how a task comes that another agent had before.
type Transferred struct {
	Mode string // Warm or Cold
	Kind string // ToWorker or ToQueue
}

// transfer is a task on its way from one reservation to another.
type transfer struct {
	sid, mode, kind, to, status string
	fromReservation, fromWorker string
	taskSID                     string
	created, updated            time.Time
}

func newTransfer(mode, kind, to, fromReservation, fromWorker, taskSID string) *transfer {
	now := time.Now()
	return &transfer{
		sid: newSID("TT"), mode: mode, kind: kind, to: to, status: transferInitiated, fromReservation: fromReservation,
		fromWorker: fromWorker, taskSID: taskSID, created: now, updated: now,
	}
}

// underWay may be asked of none.
func (x *transfer) underWay() bool { return x != nil && x.status == transferInitiated }

// wire is nil for none, which TaskRouter leaves out.
func (x *transfer) wire() *wireTransfer {
	if x == nil {
		return nil
	}
	return &wireTransfer{
		DateCreated: x.created.Unix(), DateUpdated: x.updated.Unix(), InitiatingReservationSID: x.fromReservation,
		InitiatingWorkerSID: x.fromWorker, InitiatingQueueSID: queueSID, InitiatingWorkflowSID: workflowSID, SID: x.sid, Mode: x.mode,
		To: x.to, Type: x.kind, Status: x.status, TaskSID: x.taskSID,
	}
}

var errNoTransfer = errors.New("twilio: the task is not being transferred")

// handOver begins the transfer of an accepted reservation's task.
func (r *taskRouter) handOver(reservationSID, to, mode string) (*wireTransfer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	res := r.find(reservationSID)
	if res == nil {
		return nil, &UnknownError{SID: reservationSID}
	}
	if res.status != Accepted {
		return nil, &StatusError{SID: res.sid, From: res.status, To: Accepted}
	}
	kind := ToQueue
	if strings.HasPrefix(to, "WK") {
		kind = ToWorker
	}
	res.outgoing = newTransfer(mode, kind, to, res.sid, workerSID, res.task.sid)
	r.emit("task.transfer-initiated", res.outgoing.wire())
	return res.outgoing.wire(), nil
}

// arrive offers the task of a transfer under way to the next agent, who here is the same worker.
func (r *taskRouter) arrive(sid string) (Reservation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, from := range r.reservations {
		if (from.sid == sid || from.task.sid == sid) && from.outgoing.underWay() {
			return r.offerTransfer(from.task, from.timeout, from.outgoing), nil
		}
	}
	return Reservation{}, errNoTransfer
}

// settle is what became of a transfer. It must be called with the lock held.
func (r *taskRouter) settle(x *transfer, status string) {
	if !x.underWay() {
		return
	}
	x.status, x.updated = status, time.Now()
	event := map[string]string{
		transferComplete: "task.transfer-completed", transferCanceled: "task.transfer-canceled", transferFailed: "task.transfer-failed",
	}[status]
	r.emit(event, x.wire())
}

// meets settles the transfer that an offer was made for, once it is known what became of the offer. It must be called with the lock
// held.
func (r *taskRouter) meets(res *reservation, status Status) {
	switch {
	case status == Accepted:
		r.settle(res.incoming, transferComplete)
	case !status.live() && res.incoming.underWay() && res.incoming.kind == ToQueue:
		// The queue has others.
		r.emit("task.transfer-attempt-failed", res.incoming.wire())
	case !status.live():
		r.settle(res.incoming, transferFailed)
	}
}

// callOff cancels a transfer, and the offer that was made for it.
func (r *taskRouter) callOff(transferSID string) (*wireTransfer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, from := range r.reservations {
		if from.outgoing == nil || from.outgoing.sid != transferSID {
			continue
		}
		r.settle(from.outgoing, transferCanceled)
		for _, offered := range r.reservations {
			if offered.incoming == from.outgoing && offered.status == Pending {
				r.enter(offered, Canceled)
			}
		}
		return from.outgoing.wire(), nil
	}
	return nil, &UnknownError{SID: transferSID}
}

// TransferArrives offers a task that the agent is transferring to whoever is next: here that is the same worker, with another
// reservation of the same task. It errors where the task is not being transferred.
func (t *Twilio) TransferArrives(sid string) (Reservation, error) { return t.router.arrive(sid) }

// createTransfer is the agent's TransferTask. After a cold one they are out of the call at once.
func (t *Twilio) createTransfer(_ string, params bridgeParams) (any, error) {
	transfer, err := t.router.handOver(params.ReservationSID, params.To, params.Mode)
	if err != nil {
		return nil, err
	}
	if transfer.Mode == Cold {
		t.router.agentLeaves(params.ReservationSID)
		if err := t.move(params.ReservationSID, Wrapping); err != nil {
			return nil, err
		}
	}
	return transfer, nil
}

// updateTransfer is the agent's CancelTransfer.
func (t *Twilio) updateTransfer(sid string, params bridgeParams) (any, error) {
	if params.TransferStatus != transferCanceled {
		return nil, &UnknownError{SID: sid}
	}
	return t.router.callOff(sid)
}

var transferRoutes = []route{
	{http.MethodPost, regexp.MustCompile(`/Transfers/(TT\w+)$`), (*Twilio).updateTransfer},
	{http.MethodPost, interactionURL(`\w+/Channels/(UO\w+)/Transfers$`), (*Twilio).transferChannel},
	{http.MethodPost, regexp.MustCompile(`/Transfers$()`), (*Twilio).createTransfer},
}

func interactionURL(rest string) *regexp.Regexp { return regexp.MustCompile(`/Interactions/` + rest) }
