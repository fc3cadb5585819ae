package soak

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"flexcaselog/internal/sandbox"
)

// Rows is what the org was found to have against what it must have.
type Rows struct {
	Expected   int
	Found      int // of those that are expected
	Lost       int
	Doubled    int // rows and Cases that are there again, or that nobody expects
	OutOfOrder int // reservations whose rows were not made in their order
	SecondPops int // screen pops of a Case beyond one for each reservation
	Pops       int
	Cases      int
	// Wrong says what else is not as the contract wants it: fields, durations, rows
	// on a Case of somebody else.
	Wrong []string
}

// Err is nil where every promise is kept.
func (r Rows) Err() error {
	if r.Lost+r.Doubled+r.OutOfOrder+r.SecondPops+len(r.Wrong) == 0 {
		return nil
	}
	return errors.New("the org does not have what the contract promises")
}

// tolerance is what the contract allows a duration to be off.
const tolerance = time.Second

// judge compares what the org has, and what was popped, with the tasks that were
// played. Logs are in the order in which they were made; pops are ids of Cases.
func judge(tasks []Task, history map[string]stays, cases []sandbox.Case, logs []sandbox.Log, pops []string) Rows {
	rows := Rows{Pops: len(pops), Cases: len(cases)}
	logsOf := map[string][]sandbox.Log{}
	for _, l := range logs {
		logsOf[l.Reservation] = append(logsOf[l.Reservation], l)
	}
	casesOf := map[string][]sandbox.Case{}
	for _, c := range cases {
		casesOf[c.Engagement] = append(casesOf[c.Engagement], c)
	}
	reservations := map[string]int{} // by engagement
	for _, t := range tasks {
		st := t.story()
		reservations[st.Engagement]++
		missing := rows.count(st, logsOf[st.Reservation])
		if err := st.Broken(casesOf[st.Engagement], logsOf[st.Reservation], nil); err != nil && !missing {
			rows.Wrong = append(rows.Wrong, fmt.Sprintf("%s: %v", st.Reservation, err))
		}
		rows.durations(logsOf[st.Reservation], history[st.Reservation])
		delete(logsOf, st.Reservation)
	}
	for _, strange := range logsOf {
		rows.Doubled += len(strange)
	}
	rows.engagements(reservations, casesOf, pops)
	return rows
}

// count counts one reservation's rows, and tells whether that already says what
// is wrong with it.
func (r *Rows) count(st sandbox.Story, logs []sandbox.Log) (told bool) {
	var first []string // the statuses, each where it came first
	for _, l := range logs {
		if slices.Contains(first, l.Status) || !slices.Contains(st.Statuses, l.Status) {
			r.Doubled++
			told = true
			continue
		}
		first = append(first, l.Status)
	}
	r.Expected += len(st.Statuses)
	r.Found += len(first)
	r.Lost += len(st.Statuses) - len(first)
	inOrder := slices.DeleteFunc(slices.Clone(st.Statuses), func(s string) bool { return !slices.Contains(first, s) })
	if !slices.Equal(first, inOrder) {
		r.OutOfOrder++
		told = true
	}
	return told || len(first) < len(st.Statuses)
}

// durations compares durations with what the page has measured.
func (r *Rows) durations(logs []sandbox.Log, stays stays) {
	for _, l := range logs {
		if l.Duration == nil || l.Status == sandbox.StatusCompleted {
			continue // Story.Broken says whether that is right
		}
		stay := stays[l.Status]
		if off := time.Duration(*l.Duration)*time.Second - stay; off.Abs() > tolerance {
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s: row %q has Duration__c %d, but took %v", l.Reservation, l.Status, *l.Duration, stay))
		}
	}
}

// engagements counts Cases and their pops.
func (r *Rows) engagements(reservations map[string]int, casesOf map[string][]sandbox.Case, pops []string) {
	popsOf := map[string]int{}
	for _, id := range pops {
		popsOf[short(id)]++
	}
	for engagement, cases := range casesOf {
		if reservations[engagement] == 0 {
			r.Doubled += len(cases)
			continue
		}
		r.Doubled += len(cases) - 1
		for _, c := range cases {
			r.SecondPops += max(0, popsOf[short(c.ID)]-reservations[engagement])
			delete(popsOf, short(c.ID))
		}
	}
	for id, n := range popsOf {
		r.Wrong = append(r.Wrong, fmt.Sprintf("%s was popped %d times, and is no Case of a task", id, n))
	}
}

// short is the form of a record id that all its forms begin with.
func short(id string) string {
	const length = 15
	return id[:min(len(id), length)]
}
