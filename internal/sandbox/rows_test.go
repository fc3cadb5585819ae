package sandbox

import (
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/org"

	"github.com/stretchr/testify/require"
)

// openCentre is a sandbox of an org and a console page, without Flex.
func openCentre(t *testing.T) *Sandbox {
	t.Helper()
	o, err := org.Open(t.Context(), org.Config{ProjectDir: "../../apex"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	console, err := lightning.New(lightning.Config{Origin: "https://" + ConsoleHost, AdapterURL: "https://" + FlexHost, Org: orgBehind{o}})
	require.NoError(t, err)
	return &Sandbox{Org: o, Console: console}
}

func TestWhatTheConsoleWritesIsReadBack(t *testing.T) {
	t.Parallel()
	s := openCentre(t)
	behind := orgBehind{s.Org}
	made := behind.RunApex(t.Context(), "TwilioCaseController", "createRecords", "phone=14155550123&engagement=WT1&details=7b7d")
	require.True(t, made.Success, made.Errors)
	cases, err := s.Cases(t.Context())
	require.NoError(t, err)
	require.Len(t, cases, 1)
	require.Equal(t, "WT1", cases[0].Engagement)
	require.NotEmpty(t, cases[0].Contact)

	saved := behind.SaveLog(t.Context(), map[string]any{
		"entityApiName": "TwilioCallLog__c", "Name": "Ann - Wrapup", "Case__c": cases[0].ID, "Status__c": StatusWrapup, "Key__c": "WR1-wrapup",
		"StartTime__c": "2026-05-04T12:00:00.250Z", "Duration__c": 7.0, "TaskSid__c": "WT1", "ReservationSid__c": "WR1",
		"Channel__c": "voice", "Direction__c": "inbound",
	})
	require.True(t, saved.Success, saved.Errors)
	logs, err := s.Logs(t.Context())
	require.NoError(t, err)
	require.Len(t, logs, 1)
	require.Equal(t, 7, *logs[0].Duration)
	require.Equal(t, time.Date(2026, 5, 4, 12, 0, 0, 250e6, time.UTC), logs[0].Start.UTC())
	require.NoError(t, s.Judge(t.Context(), Story{
		Reservation: "WR1", Task: "WT1", Engagement: "WT1", Channel: "voice", Direction: "inbound", Customer: "Ann", Statuses: []string{StatusWrapup},
	}))

	record, ok := behind.Record(t.Context(), logs[0].ID)
	require.True(t, ok)
	require.Equal(t, "TwilioCallLog__c", record.Object)
	require.Len(t, behind.Records(t.Context(), "Contact"), 1)
	_, ok = behind.Record(t.Context(), "500000000000999AAA")
	require.False(t, ok)
	require.Empty(t, behind.Records(t.Context(), "Nothing__c"))
}

func TestARefusalKeepsItsDetails(t *testing.T) {
	t.Parallel()
	refused := orgBehind{openCentre(t).Org}.SaveLog(t.Context(), map[string]any{"entityApiName": "TwilioCallLog__c", "Name": "x"})
	require.False(t, refused.Success)
	require.Len(t, refused.Errors, 1)
	require.Equal(t, lightning.CodeGeneric, refused.Errors[0].Code)
	require.NotNil(t, refused.Errors[0].Details)
}
