package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"flexcaselog/internal/sandbox/twilio"
)

// The states of a reservation as the rows spell them, in their order.
const (
	StatusAccepted  = "Reservation accepted"
	StatusWrapup    = "Wrapup"
	StatusCompleted = "Completed"
)

// WholeCall is what an accepted call that was wrapped up and completed leaves.
var WholeCall = []string{StatusAccepted, StatusWrapup, StatusCompleted}

var keySuffix = map[string]string{StatusAccepted: "-accepted", StatusWrapup: "-wrapup", StatusCompleted: "-completed"}

// Story is what happened to one reservation, as whoever made it happen knows it.
type Story struct {
	Reservation string
	Task        string
	Engagement  string // flexInteractionSid, or else the task's SID
	Channel     string
	Direction   string
	Customer    string   // how Name begins; empty where the story leaves it open
	Statuses    []string // the states it entered, in order
	Pops        int      // how often its Case must have been popped in all, or AtMostOnce
}

// AtMostOnce is for a reservation that ended at about the time the org answered:
// whether its Case is popped then is nobody's promise, but never twice.
const AtMostOnce = -1

// StoryOf is the story of a task that was taken, wrapped up and completed.
func StoryOf(res twilio.Reservation) Story {
	attribute := func(name, otherwise string) string {
		if s, ok := res.Attributes[name].(string); ok && s != "" {
			return s
		}
		return otherwise
	}
	return Story{
		Reservation: res.SID, Task: res.TaskSID, Engagement: attribute("flexInteractionSid", res.TaskSID),
		Channel: attribute("channelType", res.Channel), Direction: attribute("direction", "inbound"),
		Customer: attribute("customerName", attribute("name", "")), Statuses: WholeCall, Pops: 1,
	}
}

// tolerance is what the contract allows a duration to be off.
const tolerance = time.Second

// nameLimit is the length of the field Name, which Salesforce counts in UTF-16.
const nameLimit = 80

// Broken lists the contract's promises that the rows and the pops break for a
// reservation, a sentence each; none when all are kept. See "What must hold for
// every reservation" in the contract.
func (st Story) Broken(cases []Case, logs []Log, pops []string) error {
	var broken []error
	breaks := func(format string, args ...any) { broken = append(broken, fmt.Errorf(format, args...)) }

	of := slices.DeleteFunc(slices.Clone(cases), func(c Case) bool { return !c.Serves(st.Engagement) })
	if len(of) != 1 {
		breaks("engagement %s has %d Cases, not 1", st.Engagement, len(of))
	}
	rows := slices.DeleteFunc(slices.Clone(logs), func(l Log) bool { return l.Reservation != st.Reservation })
	var statuses []string
	for _, r := range rows {
		statuses = append(statuses, r.Status)
	}
	if !slices.Equal(statuses, st.Statuses) {
		breaks("the rows of %s are %q in the order they were made, not %q", st.Reservation, statuses, st.Statuses)
	}
	for i, r := range rows {
		if len(of) == 1 && r.Case != of[0].ID {
			breaks("row %q hangs on Case %s, not on %s of its engagement", r.Status, r.Case, of[0].ID)
		}
		broken = append(broken, st.row(r)...)
		if i+1 < len(rows) {
			broken = append(broken, lasts(r, rows[i+1])...)
		}
	}
	if len(of) == 1 {
		n := 0
		for _, id := range pops {
			if sameID(id, of[0].ID) {
				n++
			}
		}
		switch {
		case st.Pops == AtMostOnce && n > 1:
			breaks("the Case %s was popped %d times, not at most once", of[0].Number, n)
		case st.Pops != AtMostOnce && n != st.Pops:
			breaks("the Case %s was popped %d times, not %d", of[0].Number, n, st.Pops)
		}
	}
	return errors.Join(broken...)
}

// row judges the fields of one row by itself.
func (st Story) row(r Log) (broken []error) {
	for _, f := range []struct{ field, got, want string }{
		{"Key__c", r.Key, st.Reservation + keySuffix[r.Status]},
		{"TaskSid__c", r.Task, st.Task},
		{"Channel__c", r.Channel, st.Channel},
		{"Direction__c", r.Direction, st.Direction},
	} {
		if f.got != f.want {
			broken = append(broken, fmt.Errorf("row %q has %s %q, not %q", r.Status, f.field, f.got, f.want))
		}
	}
	units := len(utf16.Encode([]rune(r.Name)))
	whole := st.Customer + " - " + r.Status
	switch fits := len(utf16.Encode([]rune(whole))) <= nameLimit; {
	case r.Name == "" || units > nameLimit || strings.ContainsRune(r.Name, '\uFFFD'):
		broken = append(broken, fmt.Errorf("row %q has a Name of %[3]d UTF-16 units: %[2]q", r.Status, r.Name, units))
	case st.Customer == "":
	case fits && r.Name != whole:
		broken = append(broken, fmt.Errorf("row %q has Name %q, not %q", r.Status, r.Name, whole))
	case !fits && (!strings.HasPrefix(whole, r.Name) || units < nameLimit-1):
		broken = append(broken, fmt.Errorf("row %q has Name %q, not a cut of %q", r.Status, r.Name, whole))
	}
	if r.Status == StatusCompleted && r.Duration != nil {
		broken = append(broken, fmt.Errorf("row %q has Duration__c %v, not empty", r.Status, *r.Duration))
	}
	return broken
}

// lasts judges a row's duration by the row after it.
func lasts(r, next Log) (broken []error) {
	if r.Status == StatusCompleted {
		return nil // judged by itself
	}
	stay := next.Start.Sub(r.Start)
	if stay < 0 {
		broken = append(broken, fmt.Errorf("row %q starts %v before row %q", next.Status, -stay, r.Status))
	}
	if r.Duration == nil {
		return append(broken, fmt.Errorf("row %q has no Duration__c, though it was left after %v", r.Status, stay))
	}
	if off := time.Duration(*r.Duration)*time.Second - stay; off.Abs() > tolerance {
		broken = append(broken, fmt.Errorf("row %q has Duration__c %d, but the next row starts after %v", r.Status, *r.Duration, stay))
	}
	return broken
}

// sameID compares record ids, of which Salesforce knows a short and a long form.
func sameID(a, b string) bool {
	const short = 15
	return len(a) >= short && len(b) >= short && a[:short] == b[:short]
}
