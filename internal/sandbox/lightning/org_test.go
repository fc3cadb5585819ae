package lightning_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"flexcaselog/internal/sandbox/lightning"
)

// memoryOrg keeps records in memory and answers as an org with the shipped Apex does, as far as the page can tell.
type memoryOrg struct {
	mu      sync.Mutex
	records []lightning.Record
	apex    []string // what runApex was asked
}

func (o *memoryOrg) RunApex(_ context.Context, class, method, params string) lightning.Answer {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.apex = append(o.apex, class+"."+method+"?"+params)
	if method != "createRecords" {
		return lightning.Answer{Success: true, ReturnValue: map[string]any{"runApex": nil}}
	}
	return lightning.Answer{Success: true, ReturnValue: map[string]any{"runApex": map[string]any{"Id": caseID, "CaseNumber": "00001042"}}}
}

func (o *memoryOrg) SaveLog(_ context.Context, fields map[string]any) lightning.Answer {
	o.mu.Lock()
	defer o.mu.Unlock()
	if id, ok := fields["Id"].(string); ok {
		i := slices.IndexFunc(o.records, func(r lightning.Record) bool { return r.ID == id })
		if i < 0 {
			return lightning.Answer{Errors: []lightning.Error{{Code: lightning.CodeGeneric, Description: "entity is deleted"}}}
		}
		next := maps.Clone(o.records[i].Fields)
		maps.Copy(next, fields)
		o.records[i].Fields = next
		return saved(id)
	}
	object, _ := fields["entityApiName"].(string)
	id := fmt.Sprintf("a0B000000000%03dAAA", len(o.records))
	o.records = append(o.records, lightning.Record{Object: object, ID: id, Fields: maps.Clone(fields)})
	return saved(id)
}

func saved(id string) lightning.Answer {
	return lightning.Answer{Success: true, ReturnValue: map[string]any{"recordId": id}}
}

func (o *memoryOrg) Record(_ context.Context, id string) (lightning.Record, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.records {
		if r.ID == id {
			return r, true
		}
	}
	return lightning.Record{}, false
}

func (o *memoryOrg) Records(_ context.Context, object string) []lightning.Record {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []lightning.Record
	for _, r := range o.records {
		if r.Object == object {
			found = append(found, r)
		}
	}
	return found
}

const (
	caseID    = "500000000000042AAA"
	contactID = "003000000000007AAA"
)

// seeded has one case with its contact and two rows of its log, out of their order.
func seeded() *memoryOrg {
	log := func(id, status, start string, duration any) lightning.Record {
		return lightning.Record{Object: "TwilioCallLog__c", ID: id, Fields: map[string]any{
			"Name": "Ada Lovelace - " + status, "Case__c": caseID, "Status__c": status, "StartTime__c": start, "Duration__c": duration,
			"Channel__c": "voice", "Direction__c": "inbound", "Queue__c": "Support",
		}}
	}
	return &memoryOrg{records: []lightning.Record{
		{Object: "Contact", ID: contactID, Fields: map[string]any{
			"Name": "Ada Lovelace", "Phone": "+14155550123", "MobilePhone": "(415) 555-0199", "Email": "ada@example.com",
		}},
		{Object: "Case", ID: caseID, Fields: map[string]any{
			"CaseNumber": "00001042", "Subject": "Call from Ada Lovelace", "Status": "New", "Origin": "Phone", "ContactId": contactID,
			"Description":         "Channel: voice\nDirection: inbound\nCustomer: Ada Lovelace\nPhone: +14155550123\nQueue: Support",
			"TwilioEngagement__c": "KD0123456789abcdef0123456789abcdef", "CreatedDate": "2026-11-22T13:04:05.000Z",
		}},
		log("a0B000000000002AAA", "Wrapup", "2026-11-22T13:06:47.000Z", nil),
		log("a0B000000000001AAA", "Reservation accepted", "2026-11-22T13:04:06.000Z", json.Number("161")),
	}}
}
