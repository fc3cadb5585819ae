package flexbridge

import (
	"errors"
	"fmt"
	"strings"

	"flexcaselog/internal/clock"
)

// Events cross from the loader as one text for any number of them, because each
// crossing costs more than all of this: see web/wire.js, which writes it. Each event
// is a line of cells: its number, its name, its time, a text, and then what its
// task has at each of the paths that were asked for.
const (
	endOfEvent = "\x1e"
	endOfCell  = "\x1f"
)

// taskPaths are the paths into a task that are asked for in any case, in the order
// in which readTask takes their cells.
var taskPaths = []string{
	"sid", "taskSid", "status", "channel", "queue", "offered", "updated", "endedBy",
	"attributes.direction", "attributes.from", "attributes.outbound_to",
	"attributes.flexInteractionSid", "attributes.customerAddress", "attributes.customerName", "attributes.name",
	"attributes.recordId", "attributes.sfdcObjectId", "attributes.client_call", "attributes.conversationType",
}

// paths returns all paths that are asked for.
func (c Config) paths() []string {
	all := append([]string{}, taskPaths...)
	all = append(all, "attributes."+c.DispositionPath, "attributes."+c.NotesPath)
	for _, f := range c.LogFields {
		all = append(all, f.Path)
	}
	return all
}

// cell is one value: a letter for its type and the value as text. Empty is a value
// that is not there; o is one that is neither text, number nor truth value.
type cell string

// word returns the text of something that anybody may have written anything into: a
// number is taken for its digits, anything else for nothing.
func (c cell) word() string {
	if c == "" || c[0] != 's' && c[0] != 'n' {
		return ""
	}
	return string(c[1:])
}

// number returns the text of a number.
func (c cell) number() (n Number, ok bool) {
	if len(c) < 2 || c[0] != 'n' {
		return "", false
	}
	return Number(c[1:]), true
}

// thousandths returns a number that is not written with an exponent, times a
// thousand; of what is after the point no more than three digits count.
func (c cell) thousandths() (value int64, ok bool) {
	n, ok := c.number()
	if !ok {
		return 0, false
	}
	text, sign := string(n), int64(1)
	if text[0] == '-' {
		text, sign = text[1:], -1
	}
	decimals := -1 // seen so far; none before the point
	for i := range len(text) {
		switch digit := text[i] - '0'; {
		case text[i] == '.' && decimals < 0 && i > 0:
			decimals = 0
		case digit > 9 || decimals < 0 && value > 1<<49: // else it would not fit
			return 0, false
		case decimals < 0:
			value = value*10 + int64(digit)
		case decimals < 3:
			value = value*10 + int64(digit)
			decimals++
		}
	}
	for decimals = max(decimals, 0); decimals < 3; decimals++ {
		value *= 10
	}
	return sign * value, text != ""
}

// moment returns the time that a cell counts in milliseconds, or none.
func (c cell) moment() clock.Time {
	us, _ := c.thousandths()
	return clock.UnixMicro(us)
}

// cells takes the cells of a line one by one.
type cells struct{ rest string }

func (c *cells) next() cell {
	var first string
	first, c.rest, _ = strings.Cut(c.rest, endOfCell)
	return cell(first)
}

// reader reads what the loader hands over.
type reader struct {
	config Config
	odd    func(error)
	told   map[string]bool // the log_fields that were complained of
}

// read returns the signals in a text, and the number of the last event in it. What
// makes no sense is named to odd and passed over.
func (r *reader) read(text string) (signals []Signal, last int64) {
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, endOfEvent)
		s, number, err := r.signal(line)
		if number > last {
			last = number
		}
		if err != nil {
			r.odd(fmt.Errorf("flexbridge: %w", err))
			continue
		}
		signals = append(signals, s)
	}
	return signals, last
}

// signal reads one event. It errors where that does not say what happened, when, or
// to which task.
func (r *reader) signal(line string) (s Signal, number int64, err error) {
	c := cells{line}
	thousand, _ := c.next().thousandths()
	number = thousand / 1000
	if s.Name = c.next().word(); s.Name == "" {
		return s, number, errors.New("an event without a name")
	}
	at, ok := c.next().thousandths()
	if !ok {
		return s, number, fmt.Errorf("%s: no time", s.Name)
	}
	s.At = clock.UnixMicro(at)
	s.Text = c.next().word()
	if general[s.Name] {
		return s, number, nil
	}
	s.Task = r.task(&c)
	if s.Task.SID == "" || s.Task.TaskSID == "" {
		return s, number, fmt.Errorf("%s: a task without its SIDs", s.Name)
	}
	return s, number, nil
}

// internal tells by the attributes whether only colleagues take part: by what Flex's
// own client calls look like, and by what Twilio's template for calls among agents
// writes. That somebody calls from a client says nothing: customers' apps do.
func (r *reader) internal(t Task, c *cells) bool {
	clientCall, kind := c.next(), c.next()
	return clientCall == "b1" || kind == "sinternal" || t.Direction == "internal" ||
		t.Direction == "outbound" && strings.HasPrefix(t.OutboundTo, "client:")
}

// task reads the cells of a task, in the order of [taskPaths] and what follows them.
func (r *reader) task(c *cells) Task {
	t := Task{
		SID: c.next().word(), TaskSID: c.next().word(), Status: c.next().word(), Channel: c.next().word(), Queue: c.next().word(),
		Offered: c.next().moment(), Updated: c.next().moment(), EndedBy: c.next().word(),
		Direction: c.next().word(), From: c.next().word(), OutboundTo: c.next().word(),
		InteractionSID: c.next().word(), CustomerAddress: c.next().word(), CustomerName: c.next().word(), Name: c.next().word(),
	}
	t.Record = c.next().word()
	if other := c.next().word(); t.Record == "" {
		t.Record = other
	}
	t.Internal = r.internal(t, c)
	t.Disposition, t.Notes = c.next().word(), c.next().word()
	for _, f := range r.config.LogFields {
		value, problem := f.read(c.next())
		switch {
		case value != nil:
			t.Fields = append(t.Fields, Value{f.Field, value})
		case problem != "" && !r.told[f.Field]:
			r.told[f.Field] = true
			r.odd(fmt.Errorf("log_fields: %s is left empty: %s is %s", f.Field, f.Path, problem))
		}
	}
	return t
}
