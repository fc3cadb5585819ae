package sandbox

import (
	"context"
	"fmt"
	"slices"
	"time"

	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/org"
)

// Case is a row of the org's Case, as far as the sandbox speaks of it.
type Case struct {
	ID, Number, Subject, Origin, Contact, Account, Lead, Engagement string

	// Linked are the engagements that came to the Case later, which was open already.
	Linked []string
}

// Serves says whether the Case is an engagement's.
func (c Case) Serves(engagement string) bool {
	return c.Engagement == engagement || slices.Contains(c.Linked, engagement)
}

// Log is a row of TwilioCallLog__c.
type Log struct {
	ID, Case, Name, Status, Key, Task, Reservation, Channel, Direction, Queue, EndedBy string

	Start    time.Time
	Duration *int // nil while empty
}

// Cases reads the org's Cases, the oldest first.
func (s *Sandbox) Cases(ctx context.Context) ([]Case, error) {
	records, err := s.Org.Records(ctx, "Case")
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	links, err := s.Org.Records(ctx, "TwilioEngagementLink__c")
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	var cases []Case
	for _, r := range records {
		c := Case{
			ID: text(r, "Id"), Number: text(r, "CaseNumber"), Subject: text(r, "Subject"), Origin: text(r, "Origin"),
			Contact: text(r, "ContactId"), Account: text(r, "AccountId"), Lead: text(r, "TwilioLead__c"), Engagement: text(r, "TwilioEngagement__c"),
		}
		for _, link := range links {
			if text(link, "Case__c") == c.ID {
				c.Linked = append(c.Linked, text(link, "Engagement__c"))
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// Logs reads the org's call logs in the order they were made. It errors when one
// holds what its field's type does not allow.
func (s *Sandbox) Logs(ctx context.Context) ([]Log, error) {
	records, err := s.Org.Records(ctx, "TwilioCallLog__c")
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	var logs []Log
	for _, r := range records {
		l := Log{
			ID: text(r, "Id"), Case: text(r, "Case__c"), Name: text(r, "Name"), Status: text(r, "Status__c"), Key: text(r, "Key__c"),
			Task: text(r, "TaskSid__c"), Reservation: text(r, "ReservationSid__c"), Channel: text(r, "Channel__c"),
			Direction: text(r, "Direction__c"), Queue: text(r, "Queue__c"), EndedBy: text(r, "EndedBy__c"),
		}
		if l.Start, err = parseTime(text(r, "StartTime__c")); err != nil {
			return nil, fmt.Errorf("sandbox: StartTime__c of %s: %w", l.ID, err)
		}
		if seconds, ok := r["Duration__c"].(float64); ok {
			whole := int(seconds)
			l.Duration = &whole
		}
		logs = append(logs, l)
	}
	return logs, nil
}

// Judge lists the promises that the org and the console break for a reservation,
// as they stand now. See [Story.Broken].
func (s *Sandbox) Judge(ctx context.Context, st Story) error {
	cases, err := s.Cases(ctx)
	if err != nil {
		return err
	}
	logs, err := s.Logs(ctx)
	if err != nil {
		return err
	}
	var pops []string
	for _, p := range s.Console.Pops() {
		pops = append(pops, p.RecordID)
	}
	return st.Broken(cases, logs, pops)
}

// Await waits until a reservation's promises are kept. When ctx ends first it
// errors with those that are broken then.
func (s *Sandbox) Await(ctx context.Context, st Story) error {
	var broken error
	err := until(ctx, "the promises of "+st.Reservation+" are kept", func() bool {
		// Not bound to ctx: the last look has to say what it saw.
		broken = s.Judge(context.WithoutCancel(ctx), st)
		return broken == nil
	})
	if err != nil {
		return fmt.Errorf("%w:\n%w", err, broken)
	}
	return nil
}

// salesforceTime is how Salesforce writes a date and time in JSON.
const salesforceTime = "2006-01-02T15:04:05.000-0700"

func parseTime(s string) (time.Time, error) {
	if t, err := time.Parse(salesforceTime, s); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}

func text(r org.Record, field string) string {
	s, _ := r[field].(string)
	return s
}

// orgBehind is the org as the console's page knows it. Neither knows the other.
type orgBehind struct{ *org.Org }

var _ lightning.Org = orgBehind{}

func (o orgBehind) RunApex(ctx context.Context, class, method, params string) lightning.Answer {
	return answer(o.Org.RunApex(ctx, class, method, params))
}

func (o orgBehind) SaveLog(ctx context.Context, fields map[string]any) lightning.Answer {
	return answer(o.Org.SaveLog(ctx, fields))
}

func answer(a org.Answer) lightning.Answer {
	out := lightning.Answer{Success: a.Success, ReturnValue: a.ReturnValue}
	for _, e := range a.Errors {
		out.Errors = append(out.Errors, lightning.Error{Code: e.Code, Description: e.Description, Details: e.Details})
	}
	return out
}

func (o orgBehind) Record(ctx context.Context, id string) (lightning.Record, bool) {
	r, err := o.Org.Record(ctx, id)
	if err != nil {
		return lightning.Record{}, false
	}
	return shown(objectOf(id), r), true
}

func (o orgBehind) Records(ctx context.Context, object string) []lightning.Record {
	records, err := o.Org.Records(ctx, object)
	if err != nil {
		return nil
	}
	var out []lightning.Record
	for _, r := range records {
		out = append(out, shown(object, r))
	}
	return out
}

func shown(object string, r org.Record) lightning.Record {
	return lightning.Record{Object: object, ID: text(r, "Id"), Fields: r}
}

// objectOf tells a record's object by its id, as Salesforce's own pages do.
func objectOf(id string) string {
	const prefix = 3
	if len(id) < prefix {
		return ""
	}
	switch id[:prefix] {
	case "500":
		return "Case"
	case "001":
		return "Account"
	case "003":
		return "Contact"
	case "00Q":
		return "Lead"
	case "00T":
		return "Task"
	case "005":
		return "User"
	default:
		return "TwilioCallLog__c"
	}
}
