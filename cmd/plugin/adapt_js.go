package main

import (
	"context"
	"strings"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/flexbridge"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/plugin"
)

// event says in the desk's words what happened in Flex.
func event(ev flexbridge.Event) caselog.Event {
	switch ev.Kind {
	case flexbridge.Accepted:
		return caselog.ReservationAccepted{Task: task(ev.Task), At: ev.At, Found: ev.Found}
	case flexbridge.HungUp:
		return caselog.AgentHungUp{Reservation: caselog.ReservationSID(ev.Task.SID)}
	case flexbridge.Wrapup:
		return caselog.WrapupStarted{Task: task(ev.Task), At: ev.At}
	case flexbridge.Completed:
		return caselog.TaskCompleted{Task: task(ev.Task), At: ev.At}
	case flexbridge.Listed:
		live := make([]caselog.ReservationSID, len(ev.SIDs))
		for i, sid := range ev.SIDs {
			live[i] = caselog.ReservationSID(sid)
		}
		return caselog.TasksListed{Live: live, At: ev.At}
	case flexbridge.Retry:
		return caselog.TryAgain{}
	default:
		return caselog.ReservationLost{Reservation: caselog.ReservationSID(ev.Task.SID), At: ev.At}
	}
}

func task(t flexbridge.Task) caselog.Task {
	direction := caselog.Inbound
	if strings.HasPrefix(t.Direction, "outbound") {
		direction = caselog.Outbound
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

		Offered: t.Offered,
	}
}

func policy(c flexbridge.Config) caselog.Policy {
	p := caselog.Policy{Channels: c.Channels}
	if c.ScreenPop == "off" {
		p.Pop = caselog.PopNever
	}
	return p
}

// calls is Open CTI as internal/salesforce asks for it.
type calls struct{ *opencti.Client }

func (c calls) RunApex(ctx context.Context, class, method string, params []opencti.Param) (string, error) {
	result, err := c.Client.RunApex(ctx, class, method, params)
	if err != nil {
		return "", err
	}
	return result.RecordID()
}

// levels are the values of log_level, by what they are called here.
var levels = [...]string{plugin.Debug: "debug", plugin.Info: "info", plugin.Warn: "warn", plugin.Error: "error"}

// consoleLog returns a log that writes what matters at least as much as the
// admin asked for to the console.
func consoleLog(host *flexbridge.Host, least string) plugin.Log {
	return func(level plugin.Level, line string) {
		for l := plugin.Debug; l <= level; l++ {
			if levels[l] == least {
				host.Log(levels[level], line)
				return
			}
		}
	}
}
