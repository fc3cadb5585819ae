package main

import (
	"errors"
	"fmt"
	"strings"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/salesforce"
	"flexcaselog/internal/softphone"
	"flexcaselog/internal/span"
)

// event says in the desk's words what happened in Flex, if that is the desk's
// business.
func event(ev flexbridge.Event) caselog.Event {
	switch ev.Kind {
	case flexbridge.Accepted:
		return caselog.ReservationAccepted{Task: task(ev.Task), At: ev.At, Found: ev.Found}
	case flexbridge.HungUp:
		return caselog.AgentHungUp{Reservation: caselog.ReservationSID(ev.Task.SID)}
	case flexbridge.Wrapup:
		return caselog.WrapupStarted{Task: task(ev.Task), At: ev.At, EndedBy: party(ev.Task.EndedBy)}
	case flexbridge.Completed:
		return caselog.TaskCompleted{Task: task(ev.Task), At: ev.At, EndedBy: party(ev.Task.EndedBy)}
	case flexbridge.Selected:
		return caselog.TaskSelected{Reservation: caselog.ReservationSID(ev.Task.SID)}
	case flexbridge.Listed:
		live := make([]caselog.ReservationSID, len(ev.SIDs))
		for i, sid := range ev.SIDs {
			live[i] = caselog.ReservationSID(sid)
		}
		return caselog.TasksListed{Live: live, At: ev.At}
	case flexbridge.Retry:
		return caselog.TryAgain{}
	case flexbridge.Lost:
		return caselog.ReservationLost{Reservation: caselog.ReservationSID(ev.Task.SID), At: ev.At}
	}
	return nil
}

// party returns who Flex says has ended the conversation, if anybody.
func party(name string) caselog.Party {
	switch p := caselog.Party(name); p {
	case caselog.ByAgent, caselog.ByCustomer:
		return p
	}
	return ""
}

func task(t flexbridge.Task) caselog.Task {
	direction := caselog.Inbound
	if strings.HasPrefix(t.Direction, "outbound") {
		direction = caselog.Outbound
	}
	var fields caselog.Fields
	for _, f := range t.Fields {
		if n, ok := f.Value.(flexbridge.Number); ok {
			fields = fields.With(f.Field, caselog.Number(n))
			continue
		}
		fields = fields.With(f.Field, f.Value)
	}
	return caselog.Task{
		Reservation: caselog.ReservationSID(t.SID),
		SID:         caselog.TaskSID(t.TaskSID),
		Interaction: t.InteractionSID,
		Channel:     t.Channel,
		Direction:   direction,
		Queue:       t.Queue,

		From:            t.From,
		OutboundTo:      t.OutboundTo,
		CustomerAddress: t.CustomerAddress,
		CustomerName:    t.CustomerName,
		Name:            t.Name,

		Record:      t.Record,
		Internal:    t.Internal,
		Disposition: t.Disposition,
		Notes:       t.Notes,
		Fields:      fields,

		Offered: t.Offered,
	}
}

func policy(c flexbridge.Config) caselog.Policy {
	p := caselog.Policy{Channels: c.Channels, Quiet: !c.PopOutbound, Internal: c.InternalCalls, Activity: c.LogActivity}
	switch c.ScreenPop {
	case "off":
		p.Pop = caselog.PopNever
	case "select":
		p.Pop = caselog.PopOnSelect
	}
	return p
}

// calls is Open CTI as internal/salesforce asks for it.
type calls struct{ *opencti.Client }

func (c calls) RunApex(ctx span.Context, class, method string, params []opencti.Param, fields ...string) (map[string]string, error) {
	result, err := c.Client.RunApex(ctx, class, method, params)
	if err != nil {
		return nil, err
	}
	if fields[0] != salesforce.IDField {
		return result.Fields(fields...)
	}
	id, err := result.RecordID()
	if err != nil {
		return nil, err
	}
	record, err := result.Fields(fields[1:]...)
	if err != nil {
		record = map[string]string{} // a bare id says no more
	}
	record[salesforce.IDField] = id
	return record, nil
}

func (c calls) ApexText(ctx span.Context, class, method string) (string, error) {
	result, err := c.Client.RunApex(ctx, class, method, nil)
	if err != nil {
		return "", err
	}
	return result.Text()
}

// page is Salesforce as internal/softphone asks for it.
type page struct {
	*opencti.Client
	*salesforce.Org
	odd func(error)
}

func (p page) EnableClickToDial(ctx span.Context) error {
	return possible(p.Client.EnableClickToDial(ctx))
}

func (p page) DisableClickToDial(ctx span.Context) error {
	return possible(p.Client.DisableClickToDial(ctx))
}

// possible says of an error that it will be the same every time, where it will.
func possible(err error) error {
	if _, ok := errors.AsType[*opencti.MissingError](err); ok {
		return fmt.Errorf("%w: %w", softphone.ErrImpossible, err)
	}
	return err
}

func (p page) OnClickToDial(ctx span.Context, heard func(softphone.Click)) error {
	return possible(p.Client.OnClickToDial(ctx, func(c opencti.Click) {
		heard(softphone.Click{Number: c.Number, Record: c.RecordID, RecordName: c.RecordName, Object: c.ObjectType})
	}, p.odd))
}

// levels are the values of log_level, by what they are called here.
var levels = [...]string{plugin.Debug: "debug", plugin.Info: "info", plugin.Warn: "warn", plugin.Error: "error"}

// console is the log: lines that matter at least as much as was asked for.
type console struct {
	host  *flexbridge.Host
	least plugin.Level
}

// set takes a value of log_level. Any other is ignored.
func (c *console) set(name string) {
	for level, known := range levels {
		if known == name {
			c.least = plugin.Level(level)
		}
	}
}

func (c *console) log(level plugin.Level, line string) {
	if level >= c.least {
		c.host.Log(levels[level], line)
	}
}
