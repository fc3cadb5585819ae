package salesforce_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/salesforce"
	"flexcaselog/internal/span"
)

var (
	_ plugin.Org      = (*salesforce.Org)(nil)
	_ plugin.Outcomer = (*salesforce.Error)(nil)
	_ plugin.Adviser  = (*salesforce.Error)(nil)
	_ plugin.Causer   = (*salesforce.Error)(nil)
)

// recorder is an Open CTI that writes down what it is asked, and answers.
type recorder struct {
	class, method string
	params        []opencti.Param
	saved         []map[string]any
	asked         []string // of the page, in order

	id      string
	answer  map[string]string // besides the id
	text    string
	shown   string
	err     error
	saveErr []error // of the first saves, in the place of err
}

func (r *recorder) RunApex(_ span.Context, class, method string, params []opencti.Param, fields ...string) (map[string]string, error) {
	r.class, r.method, r.params = class, method, params
	if r.err != nil {
		return nil, r.err
	}
	got := map[string]string{}
	for _, name := range fields {
		if value, ok := r.answer[name]; ok {
			got[name] = value
		}
	}
	if slices.Contains(fields, salesforce.IDField) {
		got[salesforce.IDField] = r.id
	}
	return got, nil
}

func (r *recorder) ApexText(_ span.Context, class, method string) (string, error) {
	r.class, r.method = class, method
	return r.text, r.err
}

func (r *recorder) SaveLog(_ span.Context, fields map[string]any) (string, error) {
	r.saved = append(r.saved, fields)
	if n := len(r.saved); n <= len(r.saveErr) {
		return "", r.saveErr[n-1]
	}
	if r.err != nil {
		return "", r.err
	}
	return r.id, nil
}

func (r *recorder) ask(what string, err error) error {
	r.asked = append(r.asked, what)
	return err
}

func (r *recorder) PopRecord(_ span.Context, id string) error { return r.ask("pop "+id, r.err) }

func (r *recorder) PopFlow(_ span.Context, name string, args []opencti.FlowArg) error {
	return r.ask(fmt.Sprint("flow ", name, " ", args), r.err)
}

func (r *recorder) SearchAndScreenPop(_ span.Context, search string, callType opencti.CallType, defaults map[string]any) error {
	return r.ask(fmt.Sprint("search ", search, " ", callType, " ", defaults), r.err)
}

func (r *recorder) Shows(_ span.Context, id string) bool        { return r.shown == id }
func (r *recorder) RefreshView(_ span.Context, id string) error { return r.ask("refresh "+id, r.err) }

var names = salesforce.Options{ApexClass: "TwilioCaseController", LogObject: "TwilioCallLog__c", DefaultCountry: "GB"}

var task = caselog.Task{
	Reservation: "WR1", SID: "WT1", Interaction: "KD1", Channel: "whatsapp",
	Direction: caselog.Inbound, Queue: "Support", CustomerAddress: "whatsapp:+442071838750", CustomerName: "Ada",
}

func TestCreateRecords(t *testing.T) {
	t.Parallel()
	cti := &recorder{id: "500A", answer: map[string]string{"ContactId": "003A"}}
	dialled := task
	dialled.Record = "00QA"
	id, contact, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{Engagement: "KD1", Task: dialled})
	require.NoError(t, err)
	require.Equal(t, caselog.CaseID("500A"), id)
	require.Equal(t, caselog.ContactID("003A"), contact)
	require.Equal(t, "TwilioCaseController", cti.class)
	require.Equal(t, "createRecords", cti.method)
	require.Equal(t, "phone", cti.params[0].Name)
	require.Equal(t, "442071838750", cti.params[0].Value)
	require.Equal(t, opencti.Param{Name: "engagement", Value: "KD1"}, cti.params[1])
	require.Equal(t, "details", cti.params[2].Name)
	text, err := hex.DecodeString(cti.params[2].Value)
	require.NoError(t, err)
	require.JSONEq(t, `{"channel":"whatsapp","direction":"inbound","name":"Ada",
		"address":"whatsapp:+442071838750","queue":"Support","taskSid":"WT1","recordId":"00QA"}`, string(text))
}

func TestSaveLog(t *testing.T) {
	t.Parallel()
	start := clock.Of(time.Date(2026, 1, 5, 9, 0, 0, 120e6, time.FixedZone("", 3600)))
	tests := map[string]struct {
		row  caselog.SaveLog
		want map[string]any
	}{
		"a state that goes on": {
			caselog.SaveLog{Case: "500A", Task: task, Status: caselog.Accepted, Start: start},
			map[string]any{
				"entityApiName": "TwilioCallLog__c", "Name": "Ada - Reservation accepted", "Case__c": "500A",
				"Status__c": "Reservation accepted", "Key__c": "WR1-accepted", "StartTime__c": "2026-01-05T08:00:00.120Z",
				"TaskSid__c": "WT1", "ReservationSid__c": "WR1", "Channel__c": "whatsapp", "Direction__c": "inbound",
				"Queue__c": "Support",
			},
		},
		"a state that was over before it could be written": {
			caselog.SaveLog{
				Case: "500A", Task: caselog.Task{Reservation: "WR1", SID: "WT1", Channel: "voice", Direction: caselog.Outbound},
				Status: caselog.Wrapup, Start: start, Left: true, Seconds: 30,
			},
			map[string]any{
				"entityApiName": "TwilioCallLog__c", "Name": "Unknown - Wrapup", "Case__c": "500A",
				"Status__c": "Wrapup", "Key__c": "WR1-wrapup", "StartTime__c": "2026-01-05T08:00:00.120Z",
				"TaskSid__c": "WT1", "ReservationSid__c": "WR1", "Channel__c": "voice", "Direction__c": "outbound",
				"Duration__c": 30,
			},
		},
		"the last state, with what was filled in": {
			caselog.SaveLog{
				Case: "500A", Task: caselog.Task{
					Reservation: "WR1", SID: "WT1", Channel: "voice", Direction: caselog.Inbound, Disposition: strings.Repeat("é", 300),
					Notes: strings.Repeat("n", 40_000), Fields: caselog.Fields("").With("Skill__c", "billing").With("Age__c", caselog.Number("5")).With("Key__c", "mine"),
				},
				Status: caselog.Completed, Start: start,
			},
			map[string]any{
				"entityApiName": "TwilioCallLog__c", "Name": "Unknown - Completed", "Case__c": "500A",
				"Status__c": "Completed", "Key__c": "WR1-completed", "StartTime__c": "2026-01-05T08:00:00.120Z",
				"TaskSid__c": "WT1", "ReservationSid__c": "WR1", "Channel__c": "voice", "Direction__c": "inbound",
				"Disposition__c": strings.Repeat("é", 255), "Notes__c": strings.Repeat("n", 32_000), "Skill__c": "billing", "Age__c": opencti.Number("5"),
			},
		},
		"an earlier state, with what was filled in by then": {
			caselog.SaveLog{
				Case: "500A", Task: caselog.Task{
					Reservation: "WR1", SID: "WT1", Channel: "voice", Direction: caselog.Inbound, Disposition: "resolved",
					Fields: caselog.Fields("").With("Vip__c", true),
				},
				Status: caselog.Accepted, Start: start,
			},
			map[string]any{
				"entityApiName": "TwilioCallLog__c", "Name": "Unknown - Reservation accepted", "Case__c": "500A",
				"Status__c": "Reservation accepted", "Key__c": "WR1-accepted", "StartTime__c": "2026-01-05T08:00:00.120Z",
				"TaskSid__c": "WT1", "ReservationSid__c": "WR1", "Channel__c": "voice", "Direction__c": "inbound", "Vip__c": true,
			},
		},
		"the end of a state, as the fields of the last are not sent with it": {
			caselog.SaveLog{ID: "a00A", Case: "500A", Task: caselog.Task{Notes: "x", Fields: caselog.Fields("").With("A__c", "x")}, Status: caselog.Completed},
			map[string]any{"entityApiName": "TwilioCallLog__c", "Id": "a00A"},
		},
		"the end of a state": {
			caselog.SaveLog{ID: "a00A", Case: "500A", Task: task, Start: start, Left: true, Seconds: 0, EndedBy: caselog.ByAgent},
			map[string]any{"entityApiName": "TwilioCallLog__c", "Id": "a00A", "Duration__c": 0, "EndedBy__c": "agent"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cti := &recorder{id: "a00B"}
			id, err := salesforce.New(cti, names).SaveLog(t.Context(), tt.row)
			require.NoError(t, err)
			require.Equal(t, caselog.LogID("a00B"), id)
			require.Equal(t, []map[string]any{tt.want}, cti.saved)
		})
	}
}

func TestFindLog(t *testing.T) {
	t.Parallel()
	t.Run("the row is there", func(t *testing.T) {
		t.Parallel()
		cti := &recorder{id: "a00A"}
		id, err := salesforce.New(cti, names).FindLog(t.Context(), "WR1-accepted")
		require.NoError(t, err)
		require.Equal(t, caselog.LogID("a00A"), id)
		require.Equal(t, "findLog", cti.method)
		require.Equal(t, []opencti.Param{{Name: "key", Value: "WR1-accepted"}}, cti.params)
	})
	t.Run("null says that there is none", func(t *testing.T) {
		t.Parallel()
		id, err := salesforce.New(&recorder{err: opencti.ErrNull}, names).FindLog(t.Context(), "WR1-accepted")
		require.NoError(t, err)
		require.Empty(t, id)
	})
}

func TestAMistakeInLogFieldsDoesNotCostTheRow(t *testing.T) {
	t.Parallel()
	mapped, filled := task, task
	filled.Notes = "called back"
	mapped.Fields = caselog.Fields("").With("Skil__c", "billing")
	noField := refusal("INVALID_FIELD", "No such column 'Skil__c' on sobject of type TwilioCallLog__c")
	tests := map[string]struct {
		refusals []error
		saves    int
		warned   bool
		fails    bool
		notes    bool
	}{
		"a package of before there were notes":        {[]error{refusal("INVALID_FIELD", "No such column 'Notes__c' on sobject of type TwilioCallLog__c")}, 2, true, false, true},
		"the field is not there":                      {[]error{noField}, 2, true, false, false},
		"a text is too long for it":                   {[]error{refusal("STRING_TOO_LONG", "Skill__c: data value too large")}, 2, true, false, false},
		"the agent may write nothing at all":          {[]error{noField, noField}, 2, false, true, false},
		"a validation rule has nothing to do with it": {[]error{refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "")}, 1, false, true, false},
		"no answer is no refusal":                     {[]error{&opencti.TimeoutError{Method: "saveLog"}}, 1, false, true, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var warnings []string
			opts := names
			opts.Warn = func(sentence string) { warnings = append(warnings, sentence) }
			cti := &recorder{id: "a00A", saveErr: tt.refusals}
			row := caselog.SaveLog{Case: "500A", Task: mapped}
			if tt.notes {
				row.Task, row.Status = filled, caselog.Completed
			}
			org := salesforce.New(cti, opts)
			id, err := org.SaveLog(t.Context(), row)
			require.Len(t, cti.saved, tt.saves)
			require.Equal(t, tt.warned, len(warnings) == 1)
			if tt.fails {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, caselog.LogID("a00A"), id)
			require.NotContains(t, cti.saved[1], "Skil__c")
			require.NotContains(t, cti.saved[1], "Notes__c")
			cti.saved, cti.saveErr = nil, tt.refusals
			_, err = org.SaveLog(t.Context(), row)
			require.NoError(t, err)
			require.Len(t, warnings, 1, "once")
			require.Contains(t, warnings[0], "log_fields")
		})
	}
}

func TestRefreshIsForTheCase(t *testing.T) {
	t.Parallel()
	cti := &recorder{}
	org := salesforce.New(cti, names)
	require.NoError(t, org.Refresh(t.Context(), "500000000000001AAA"))
	require.Equal(t, []string{"refresh 500000000000001AAA"}, cti.asked)
	cti.err = refusal("GENERIC_ERROR", "")
	require.Error(t, org.Refresh(t.Context(), "500000000000001AAA"))
}

func TestLogActivity(t *testing.T) {
	t.Parallel()
	cti := &recorder{id: "00TA"}
	require.NoError(t, salesforce.New(cti, names).LogActivity(t.Context(), caselog.LogActivity{Reservation: "WR1", Case: "500A"}))
	require.Equal(t, "logActivity", cti.method)
	require.Equal(t, []opencti.Param{{Name: "key", Value: "WR1-completed"}}, cti.params)
	cti.err = opencti.ErrNull
	require.NoError(t, salesforce.New(cti, names).LogActivity(t.Context(), caselog.LogActivity{}), "somebody has deleted the row")
	cti.err = apex("Could not load Apex class: TwilioCaseController.")
	require.Error(t, salesforce.New(cti, names).LogActivity(t.Context(), caselog.LogActivity{}))
}

func TestVersion(t *testing.T) {
	t.Parallel()
	cti := &recorder{text: "0.1.0"}
	version, err := salesforce.New(cti, names).Version(t.Context())
	require.NoError(t, err)
	require.Equal(t, "0.1.0", version)
	require.Equal(t, "version", cti.method)
}
