package orgtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// Row is a record.
type Row map[string]any

// Field is a field as an object describes it.
type Field struct {
	Name       string          `json:"name"`
	Type       string          `json:"type"`
	Length     int             `json:"length"`
	Unique     bool            `json:"unique"`
	ExternalID bool            `json:"externalId"`
	Values     []PicklistValue `json:"picklistValues"`
}

// PicklistValue is one of a picklist.
type PicklistValue struct {
	Value  string `json:"value"`
	Active bool   `json:"active"`
}

// Org is an org with the package installed and two agents at work. Change what is
// in it before it is asked.
type Org struct {
	Token string
	// Versions are those of the API that it has.
	Versions []string
	Objects  map[string][]Field
	Rows     map[string][]Row
	// Limits are "DailyApiRequests": {maximum, what is left}.
	Limits map[string][2]int
	// Down has so many requests answered with 503 first.
	Down int

	mu      sync.Mutex
	journal []string
}

// New returns an org that has everything.
func New(token string) *Org {
	text := func(name string, length int) Field { return Field{Name: name, Type: "string", Length: length} }
	key := func(name string) Field {
		return Field{Name: name, Type: "string", Length: 80, Unique: true, ExternalID: true}
	}
	return &Org{
		Token:    token,
		Versions: []string{"61.0", "62.0", "67.0"},
		Limits:   map[string][2]int{"DailyApiRequests": {100000, 98000}},
		Objects: map[string][]Field{
			"Case": {text("Subject", 255), key("TwilioEngagement__c")},
			"TwilioCallLog__c": {
				text("Name", 80), {Name: "Case__c", Type: "reference"}, {Name: "Duration__c", Type: "double"}, key("Key__c"),
				{Name: "Status__c", Type: "picklist", Values: []PicklistValue{{"Reservation accepted", true}, {"Wrapup", true}, {"Completed", true}}},
				{Name: "StartTime__c", Type: "datetime"}, text("TaskSid__c", 34), text("ReservationSid__c", 34),
				text("Channel__c", 40), text("Direction__c", 10), text("Queue__c", 255), text("EndedBy__c", 20),
			},
		},
		Rows: map[string][]Row{
			"ApexClass":     {{"Id": "01p1", "Name": "TwilioCaseController", "Status": "Active", "IsValid": true}},
			"PermissionSet": {{"Id": "0PS1", "Name": "TwilioCaseLogAgent"}},
			"CallCenter":    {{"Id": "04v1", "Name": "Twilio Flex", "InternalName": "TwilioFlex", "AdapterUrl": "https://flex.twilio.com/acme", "CustomSettings": `{"reqUseApi":"true","reqSalesforceCompatibilityMode":"Lightning"}`}},
			"User": {
				{"Id": "0051", "IsActive": true, "CallCenterId": "04v1"},
				{"Id": "0052", "IsActive": true, "CallCenterId": "04v1"},
				{"Id": "0053", "IsActive": false, "CallCenterId": "04v1"},
			},
			"PermissionSetAssignment": {
				{"Id": "0Pa1", "AssigneeId": "0051", "PermissionSet.Name": "TwilioCaseLogAgent", "Assignee.IsActive": true},
				{"Id": "0Pa2", "AssigneeId": "0052", "PermissionSet.Name": "TwilioCaseLogAgent", "Assignee.IsActive": true},
			},
		},
	}
}

// Journal returns what was asked so far: method, host and path.
func (o *Org) Journal() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.journal...)
}

// RoundTrip answers a request, with no network between.
func (o *Org) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.journal = append(o.journal, r.Method+" "+r.URL.String())
	status, body := o.answer(r)
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(text)), Request: r,
	}, nil
}

func fail(status int, code, format string, args ...any) (int, any) {
	return status, []map[string]string{{"errorCode": code, "message": fmt.Sprintf(format, args...)}}
}

func (o *Org) answer(r *http.Request) (int, any) {
	if o.Down > 0 {
		o.Down--
		return fail(http.StatusServiceUnavailable, "SERVER_UNAVAILABLE", "we cannot take your %s", r.Header.Get("Authorization"))
	}
	if r.Method != http.MethodGet {
		return fail(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "HTTP Method '%s' not allowed", r.Method)
	}
	if r.URL.Path == "/services/data" || r.URL.Path == "/services/data/" {
		var all []map[string]string
		for _, v := range o.Versions {
			all = append(all, map[string]string{"label": v, "version": v, "url": "/services/data/v" + v})
		}
		return http.StatusOK, all
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); !ok || token != o.Token {
		return fail(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid: %s", token)
	}
	words := strings.Split(strings.TrimPrefix(r.URL.Path, "/services/data/v"), "/")
	known := false
	for _, v := range o.Versions {
		known = known || v == words[0]
	}
	if !known || len(words) < 2 {
		return fail(http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
	}
	switch {
	case words[1] == "limits" && len(words) == 2 && r.URL.RawQuery == "":
		all := map[string]map[string]int{}
		for name, l := range o.Limits {
			all[name] = map[string]int{"Max": l[0], "Remaining": l[1]}
		}
		return http.StatusOK, all
	case words[1] == "sobjects" && len(words) == 4 && words[3] == "describe" && r.URL.RawQuery == "":
		fields, ok := o.Objects[words[2]]
		if !ok {
			return fail(http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
		}
		return http.StatusOK, map[string]any{"name": words[2], "fields": fields}
	case words[1] == "query" && len(words) == 2:
		return o.query(r.URL.Query().Get("q"))
	}
	return fail(http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
}
