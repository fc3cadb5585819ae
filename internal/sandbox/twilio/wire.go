package twilio

import (
	"encoding/json"
	"time"
)

// The shapes TaskRouter sends. twilio-taskrouter.js refuses an object that lacks one of the fields its *Properties lists name, so
// none of these is omitempty.

type wireTask struct {
	AddOns                string  `json:"addons"`
	Age                   int     `json:"age"`
	Attributes            string  `json:"attributes"`
	DateCreated           int64   `json:"date_created"`
	DateUpdated           int64   `json:"date_updated"`
	Priority              int     `json:"priority"`
	QueueName             string  `json:"queue_name"`
	QueueSID              string  `json:"queue_sid"`
	Reason                *string `json:"reason"`
	RoutingTarget         *string `json:"routing_target"`
	SID                   string  `json:"sid"`
	AssignmentStatus      string  `json:"assignment_status"`
	TaskChannelUniqueName string  `json:"task_channel_unique_name"`
	TaskChannelSID        string  `json:"task_channel_sid"`
	Timeout               int     `json:"timeout"`
	WorkflowName          string  `json:"workflow_name"`
	WorkflowSID           string  `json:"workflow_sid"`
	Version               int     `json:"version"`
	VirtualStartTime      int64   `json:"virtual_start_time"`
}

type wireReservation struct {
	AccountSID         string   `json:"account_sid"`
	DateCreated        int64    `json:"date_created"`
	DateUpdated        int64    `json:"date_updated"`
	Status             Status   `json:"reservation_status"`
	SID                string   `json:"sid"`
	Timeout            int      `json:"reservation_timeout"`
	WorkerSID          string   `json:"worker_sid"`
	WorkspaceSID       string   `json:"workspace_sid"`
	Version            int      `json:"version"`
	Task               wireTask `json:"task"`
	CanceledReasonCode *int     `json:"canceled_reason_code,omitempty"`
	// A transfer is left out where there is none: null would be taken for a malformed one.
	TaskTransfer               *wireTransfer `json:"task_transfer,omitempty"`
	ActiveOutgoingTaskTransfer *wireTransfer `json:"active_outgoing_task_transfer,omitempty"`
}

type wireWorker struct {
	AccountSID        string `json:"account_sid"`
	ActivityName      string `json:"activity_name"`
	ActivitySID       string `json:"activity_sid"`
	Attributes        string `json:"attributes"`
	Available         bool   `json:"available"`
	DateCreated       int64  `json:"date_created"`
	DateStatusChanged int64  `json:"date_status_changed"`
	DateUpdated       int64  `json:"date_updated"`
	FriendlyName      string `json:"friendly_name"`
	SID               string `json:"sid"`
	WorkspaceSID      string `json:"workspace_sid"`
	Version           int    `json:"version"`
}

type wireActivity struct {
	AccountSID   string `json:"account_sid"`
	Available    bool   `json:"available"`
	DateCreated  int64  `json:"date_created"`
	DateUpdated  int64  `json:"date_updated"`
	FriendlyName string `json:"friendly_name"`
	SID          string `json:"sid"`
	WorkspaceSID string `json:"workspace_sid"`
}

type wireWorkerChannel struct {
	AccountSID                  string `json:"account_sid"`
	AssignedTasks               int    `json:"assigned_tasks"`
	Available                   bool   `json:"available"`
	AvailableCapacityPercentage int    `json:"available_capacity_percentage"`
	ConfiguredCapacity          int    `json:"configured_capacity"`
	DateCreated                 int64  `json:"date_created"`
	DateUpdated                 int64  `json:"date_updated"`
	LastReservedTime            int64  `json:"last_reserved_time"`
	SID                         string `json:"sid"`
	TaskChannelSID              string `json:"task_channel_sid"`
	TaskChannelUniqueName       string `json:"task_channel_unique_name"`
	WorkerSID                   string `json:"worker_sid"`
	WorkspaceSID                string `json:"workspace_sid"`
}

type wireTransfer struct {
	DateCreated              int64  `json:"date_created"`
	DateUpdated              int64  `json:"date_updated"`
	InitiatingReservationSID string `json:"initiating_reservation_sid"`
	InitiatingWorkerSID      string `json:"initiating_worker_sid"`
	InitiatingQueueSID       string `json:"initiating_queue_sid"`
	InitiatingWorkflowSID    string `json:"initiating_workflow_sid"`
	SID                      string `json:"sid"`
	Mode                     string `json:"transfer_mode"`
	To                       string `json:"transfer_to"`
	Type                     string `json:"transfer_type"`
	Status                   string `json:"transfer_status"`
	TaskSID                  string `json:"task_sid"`
}

// page is how TaskRouter lists things; everything fits on the first.
type page struct {
	Contents any     `json:"contents"`
	AfterSID *string `json:"after_sid"`
}

// taskChannels are the account's, with the SIDs their workers' channels refer to.
var taskChannels = []struct{ name, sid string }{
	{"voice", "TC00000000000000000000000000000001"},
	{"chat", "TC00000000000000000000000000000002"},
	{"sms", "TC00000000000000000000000000000003"},
	{"email", "TC00000000000000000000000000000004"},
	{"default", "TC00000000000000000000000000000005"},
}

func taskChannelSID(name string) string {
	for _, channel := range taskChannels {
		if channel.name == name {
			return channel.sid
		}
	}
	return taskChannels[len(taskChannels)-1].sid
}

func workerChannels(now time.Time) []wireWorkerChannel {
	channels := make([]wireWorkerChannel, 0, len(taskChannels))
	for _, channel := range taskChannels {
		channels = append(channels, wireWorkerChannel{
			AccountSID: accountSID, Available: true, AvailableCapacityPercentage: 100, ConfiguredCapacity: 50,
			DateCreated: now.Unix(), DateUpdated: now.Unix(), SID: "WC" + channel.sid[2:], TaskChannelSID: channel.sid,
			TaskChannelUniqueName: channel.name, WorkerSID: workerSID, WorkspaceSID: workspaceSID,
		})
	}
	return channels
}

// activities are the worker's choices; the second is where they start.
func activities(now time.Time) []wireActivity {
	activity := func(digit, name string, available bool) wireActivity {
		return wireActivity{
			AccountSID: accountSID, Available: available, DateCreated: now.Unix(), DateUpdated: now.Unix(), FriendlyName: name,
			SID: "WA0000000000000000000000000000000" + digit, WorkspaceSID: workspaceSID,
		}
	}
	return []wireActivity{activity("1", "Offline", false), activity("2", "Available", true), activity("3", "Break", false)}
}

// mustJSON is for values made here, which always have a JSON form.
func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("twilio: a value of our own has no JSON form: " + err.Error())
	}
	return text
}
