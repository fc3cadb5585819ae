package salesforce_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/plugin"
	"flexcaselog/internal/salesforce"
)

var (
	_ plugin.Org      = (*salesforce.Org)(nil)
	_ plugin.Outcomer = (*salesforce.Error)(nil)
	_ plugin.Adviser  = (*salesforce.Error)(nil)
)

// recorder is an Open CTI that writes down what it is asked, and answers.
type recorder struct {
	class, method string
	params        []opencti.Param
	fields        map[string]any
	popped        string

	id  string
	err error
}

func (r *recorder) RunApex(_ context.Context, class, method string, params []opencti.Param) (string, error) {
	r.class, r.method, r.params = class, method, params
	return r.id, r.err
}

func (r *recorder) SaveLog(_ context.Context, fields map[string]any) (string, error) {
	r.fields = fields
	return r.id, r.err
}

func (r *recorder) PopRecord(_ context.Context, id string) error {
	r.popped = id
	return r.err
}

var names = salesforce.Names{ApexClass: "TwilioCaseController", LogObject: "TwilioCallLog__c"}

var task = caselog.Task{
	Reservation: "WR1", SID: "WT1", Interaction: "KD1", Channel: "whatsapp",
	Direction: caselog.Inbound, Queue: "Support", CustomerAddress: "whatsapp:+442071838750", CustomerName: "Ada",
}

func TestCreateRecords(t *testing.T) {
	t.Parallel()
	cti := &recorder{id: "500A"}
	id, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{Engagement: "KD1", Task: task})
	require.NoError(t, err)
	require.Equal(t, caselog.CaseID("500A"), id)
	require.Equal(t, "TwilioCaseController", cti.class)
	require.Equal(t, "createRecords", cti.method)
	require.Equal(t, "phone", cti.params[0].Name)
	require.Equal(t, "442071838750", cti.params[0].Value)
	require.Equal(t, opencti.Param{Name: "engagement", Value: "KD1"}, cti.params[1])
	require.Equal(t, "details", cti.params[2].Name)
	text, err := hex.DecodeString(cti.params[2].Value)
	require.NoError(t, err)
	require.JSONEq(t, `{"channel":"whatsapp","direction":"inbound","name":"Ada",
		"address":"whatsapp:+442071838750","queue":"Support","taskSid":"WT1"}`, string(text))
}

func TestDetailsLeaveOutWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	cti := &recorder{id: "500A"}
	_, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{})
	require.NoError(t, err)
	require.Equal(t, hex.EncodeToString([]byte("{}")), cti.params[2].Value)
}

func TestSaveLog(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 5, 9, 0, 0, 120e6, time.FixedZone("", 3600))
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
			require.Equal(t, tt.want, cti.fields)
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

func TestScreenPop(t *testing.T) {
	t.Parallel()
	cti := &recorder{}
	require.NoError(t, salesforce.New(cti, names).ScreenPop(t.Context(), "500A"))
	require.Equal(t, "500A", cti.popped)
}

// FuzzDetails holds that whatever a customer is called, Apex gets JSON, and in
// it what was sent.
func FuzzDetails(f *testing.F) {
	f.Add(`O"Neil \ & = + é 😀`, "+14155550100")
	f.Add("line\nbreak\x00\x1f\u007f\u2028", strings.Repeat("x", 300))
	f.Add("\xff\xfe", "")
	f.Fuzz(func(t *testing.T, name, address string) {
		cti := &recorder{id: "500A"}
		_, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{Task: caselog.Task{Name: name, From: address}})
		require.NoError(t, err)
		require.Regexp(t, `^[0-9a-f]*$`, cti.params[2].Value)
		text, err := hex.DecodeString(cti.params[2].Value)
		require.NoError(t, err)
		var got map[string]string
		require.NoError(t, json.Unmarshal(text, &got))
		for key, sent := range map[string]string{"name": name, "address": address} {
			whole := strings.ToValidUTF8(sent, "\ufffd")
			if utf8.RuneCountInString(whole) > 255 || strings.ToValidUTF8(sent, "") != sent {
				continue // cut, or not text in the first place
			}
			require.Equal(t, whole, got[key])
		}
	})
}
