package flexbridge

import (
	"strconv"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
)

// parseTask reads the task of an event. It errors without the two SIDs, which
// everything hangs on; all else may be missing.
func parseTask(event safejs.Value) (Task, error) {
	var t Task
	var err error
	if t.SID, err = jscall.String(event, "task", "sid"); err != nil {
		return Task{}, err
	}
	if t.TaskSID, err = jscall.String(event, "task", "taskSid"); err != nil {
		return Task{}, err
	}
	v, err := jscall.Object(event, "task")
	if err != nil {
		return Task{}, err
	}
	t.Status = word(v, "status")
	t.Channel = word(v, "channel")
	t.Queue = word(v, "queue")
	t.Offered = moment(v, "offered")
	t.Updated = moment(v, "updated")
	attributes, err := jscall.Object(v, "attributes")
	if err != nil {
		return t, nil // a task without attributes is still a task
	}
	t.Direction = word(attributes, "direction")
	t.From = word(attributes, "from")
	t.OutboundTo = word(attributes, "outbound_to")
	t.InteractionSID = word(attributes, "flexInteractionSid")
	t.CustomerAddress = word(attributes, "customerAddress")
	t.CustomerName = word(attributes, "customerName")
	t.Name = word(attributes, "name")
	return t, nil
}

// moment returns the time of a property, or none.
func moment(v safejs.Value, name string) time.Time {
	ms, err := jscall.Float(v, name)
	if err != nil {
		return time.Time{}
	}
	return milliseconds(ms)
}

// word returns the text of a property that anybody may have written anything
// into: a number is taken for its digits, anything else for nothing.
func word(v safejs.Value, name string) string {
	property, err := jscall.Get(v, name)
	if err != nil {
		return ""
	}
	switch jscall.TypeOf(property) {
	case "string":
		text, _ := jscall.String(property)
		return text
	case "number":
		f, err := jscall.Float(property)
		if err != nil {
			return ""
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return ""
}
