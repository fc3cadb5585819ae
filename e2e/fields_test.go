//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/org"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// raw are the rows of a reservation with every field they have, by status.
func (d *desk) raw(res twilio.Reservation) map[string]org.Record {
	d.t.Helper()
	all, err := centre.Org.Records(d.soon(), "TwilioCallLog__c")
	require.NoError(d.t, err)
	rows := map[string]org.Record{}
	for _, row := range all {
		if row["ReservationSid__c"] == res.SID {
			rows[row["Status__c"].(string)] = row
		}
	}
	return rows
}

func TestE2EWhatTheAgentFillsInIsOnTheLastRow(t *testing.T) {
	d := configured(t, map[string]any{
		"disposition_path": "wrapup.code", "log_activity": true,
		"log_fields": map[string]any{"RecordingUrl__c": "attributes.recording.url", "Disposition__c": "attributes.mine"},
	})
	d.comes("the warning", func() bool { return d.says("caselog:", "log_fields", "not used: Disposition__c") })
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.hasRows(call, 1)
	d.hangUp(call)
	require.NoError(t, centre.Twilio.SetAttributes(call.SID, map[string]any{
		"wrapup":        map[string]any{"code": "resolved"},
		"conversations": map[string]any{"outcome": "not this one", "content": "Called back.\nAll is well."},
		"recording":     map[string]any{"url": "https://recordings.example.com/RE1"},
	}))
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	rows := d.raw(call)
	require.Equal(t, "resolved", rows[sandbox.StatusCompleted]["Disposition__c"])
	require.Equal(t, "Called back.\nAll is well.", rows[sandbox.StatusCompleted]["Notes__c"])
	require.Equal(t, "https://recordings.example.com/RE1", rows[sandbox.StatusCompleted]["RecordingUrl__c"])
	for _, status := range []string{sandbox.StatusAccepted, sandbox.StatusWrapup} {
		for _, field := range []string{"Disposition__c", "Notes__c"} {
			require.Empty(t, rows[status][field], "%s of %s", field, status)
		}
	}
	d.activityOf(call, "resolved")
}

// activityOf waits for the one activity of a reservation.
func (d *desk) activityOf(res twilio.Reservation, disposition any) {
	d.t.Helper()
	d.comes("the activity", func() bool { return len(d.activities(res)) > 0 })
	d.owesNothing()
	found := d.activities(res)
	require.Len(d.t, found, 1)
	require.Equal(d.t, disposition, found[0]["CallDisposition"])
	require.Equal(d.t, d.caseOf(res).Contact, found[0]["WhoId"])
}

// activities are those of a reservation's Case.
func (d *desk) activities(res twilio.Reservation) (found []org.Record) {
	d.t.Helper()
	all, err := centre.Org.Records(d.soon(), "Task")
	require.NoError(d.t, err)
	for _, task := range all {
		if task["WhatId"] == d.caseOf(res).ID {
			found = append(found, task)
		}
	}
	return found
}

func TestE2EAnActivityIsLoggedOnceWhateverBecomesOfItsAnswer(t *testing.T) {
	d := configured(t, map[string]any{"log_activity": true})
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.hasRows(call, 1)
	d.hangUp(call)
	d.hasRows(call, 2)
	centre.Console.LoseAnswer("runApex") // of logActivity, which is all that is left to ask
	t.Cleanup(func() { centre.Console.Unmute("runApex") })
	d.complete(call)
	d.hasRows(call, 3)
	d.comes("the question", func() bool { return d.lastCall("runApex").Args["methodName"] == "logActivity" })
	centre.Console.Unmute("runApex")
	d.activityOf(call, nil)
}

func TestE2EAMistakeInLogFieldsDoesNotCostTheLog(t *testing.T) {
	d := configured(t, map[string]any{"log_fields": map[string]any{"NoSuchField__c": "channel"}})
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.True(t, d.says("caselog:", "log_fields", "INVALID_FIELD"))
}
