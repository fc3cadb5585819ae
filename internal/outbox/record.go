package outbox

import (
	"fmt"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// format is the version of the records. One of another version is not read: it
// is from a plugin that was rolled back, and keeps for it.
const format = 1

// encode returns a record as plain data: base types under short, stable names.
// What is empty is left out.
func encode(rec caselog.Record) map[string]any {
	m := map[string]any{"sid": string(rec.Task.Reservation), "format": format, "status": int(rec.Status)}
	for name, text := range texts(&rec) {
		if *text != "" {
			m[name] = *text
		}
	}
	for name, flag := range flags(&rec) {
		if *flag {
			m[name] = true
		}
	}
	for name, at := range times(&rec) {
		if !at.IsZero() {
			m[name] = float64(at.UnixMicro()) / 1000
		}
	}
	if rec.Unsettled {
		m["sent"] = int(rec.Sent)
	}
	return m
}

// decode reads a record. It errors where that is none of this format.
func decode(m map[string]any) (caselog.Record, error) {
	var rec caselog.Record
	sid, ok := m["sid"].(string)
	if !ok || sid == "" {
		return rec, fmt.Errorf("outbox: a record without a reservation")
	}
	if f, _ := m["format"].(float64); f != format {
		return rec, fmt.Errorf("outbox: the record of %s has another format", sid)
	}
	rec.Task.Reservation = caselog.ReservationSID(sid)
	for name, text := range texts(&rec) {
		*text, _ = m[name].(string)
	}
	for name, flag := range flags(&rec) {
		*flag, _ = m[name].(bool)
	}
	for name, at := range times(&rec) {
		if ms, ok := m[name].(float64); ok {
			*at = clock.UnixMicro(int64(ms * 1000))
		}
	}
	var err error
	if rec.Status, err = status(m["status"]); err != nil {
		return rec, fmt.Errorf("outbox: the record of %s: %w", sid, err)
	}
	if rec.Unsettled {
		if rec.Sent, err = status(m["sent"]); err != nil {
			return rec, fmt.Errorf("outbox: the record of %s: %w", sid, err)
		}
	}
	if rec.Start[caselog.Accepted].IsZero() || rec.Since().IsZero() {
		return rec, fmt.Errorf("outbox: the record of %s has no beginning", sid)
	}
	return rec, nil
}

func status(v any) (caselog.Status, error) {
	f, ok := v.(float64)
	if s := caselog.Status(f); ok && float64(s) == f && s <= caselog.Completed {
		return s, nil
	}
	return 0, fmt.Errorf("no status")
}

// texts returns the fields that are texts, by their names in the store.
func texts(rec *caselog.Record) map[string]*string {
	return map[string]*string{
		"task":        (*string)(&rec.Task.SID),
		"interaction": &rec.Task.Interaction,
		"channel":     &rec.Task.Channel,
		"direction":   (*string)(&rec.Task.Direction),
		"queue":       &rec.Task.Queue,
		"from":        &rec.Task.From,
		"to":          &rec.Task.OutboundTo,
		"address":     &rec.Task.CustomerAddress,
		"customer":    &rec.Task.CustomerName,
		"name":        &rec.Task.Name,
		"endedBy":     (*string)(&rec.EndedBy),
		"case":        (*string)(&rec.Case),
		"contact":     (*string)(&rec.Contact),
		"record":      &rec.Task.Record,
		"disposition": &rec.Task.Disposition,
		"notes":       &rec.Task.Notes,
		"fields":      (*string)(&rec.Task.Fields),
		"acceptedId":  (*string)(&rec.IDs[caselog.Accepted]),
		"wrapupId":    (*string)(&rec.IDs[caselog.Wrapup]),
		"completedId": (*string)(&rec.IDs[caselog.Completed]),
	}
}

func flags(rec *caselog.Record) map[string]*bool {
	return map[string]*bool{
		"pop":             &rec.Pop,
		"internal":        &rec.Task.Internal,
		"activity":        &rec.Activity,
		"unsettled":       &rec.Unsettled,
		"acceptedClosed":  &rec.Closed[caselog.Accepted],
		"wrapupClosed":    &rec.Closed[caselog.Wrapup],
		"completedClosed": &rec.Closed[caselog.Completed],
	}
}

func times(rec *caselog.Record) map[string]*clock.Time {
	return map[string]*clock.Time{
		"offered":   &rec.Task.Offered,
		"accepted":  &rec.Start[caselog.Accepted],
		"wrapup":    &rec.Start[caselog.Wrapup],
		"completed": &rec.Start[caselog.Completed],
	}
}
