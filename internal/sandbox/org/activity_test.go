package org_test

import (
	"encoding/hex"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
	"flexcaselog/internal/sandbox/org"
)

const reservation = "WR0123456789abcdef0123456789abcdef"

// caseAt asks for the Case of an engagement that began at a record.
func caseAt(t *testing.T, o *org.Org, engagement, record string) map[string]any {
	t.Helper()
	details := hex.EncodeToString([]byte(`{"channel":"voice","direction":"outbound","recordId":"` + record + `"}`))
	return answered(t, o.RunApex(t.Context(), "TwilioCaseController", "createRecords", "phone=442079460958&engagement="+engagement+"&details="+details))
}

// answered is the record that runApex answers.
func answered(t *testing.T, a org.Answer) map[string]any {
	t.Helper()
	require.True(t, a.Success, "%+v", a.Errors)
	fields, ok := a.ReturnValue.(map[string]any)["runApex"].(map[string]any)
	require.True(t, ok, "%+v", a.ReturnValue)
	return fields
}

// finished writes the rows of a reservation as the agent does.
func finished(t *testing.T, o *org.Org, kase any) (key string) {
	t.Helper()
	for state, more := range map[string]map[string]any{
		"accepted":  {"Status__c": "Reservation accepted", "Duration__c": 61, "StartTime__c": "2026-03-05T12:00:00Z"},
		"completed": {"Status__c": "Completed", "Channel__c": "voice", "Direction__c": "outbound", "Disposition__c": "Sold", "Notes__c": "Two."},
	} {
		row := map[string]any{"entityApiName": "TwilioCallLog__c", "Name": "Ada - " + state, "Case__c": kase, "Key__c": reservation + "-" + state}
		for name, v := range more {
			row[name] = v
		}
		saved(t, o.SaveLog(t.Context(), row))
	}
	return reservation + "-completed"
}

// TestManyTabsAskForOneTask runs under -race.
func TestManyTabsAskForOneTask(t *testing.T) {
	t.Parallel()
	o, ctx := shipped(t), t.Context()
	made := caseAt(t, o, engagement, "")
	key := finished(t, o, made["Id"])
	var all sync.WaitGroup
	answers := make(chan org.Answer, 8)
	for range cap(answers) {
		all.Go(func() { answers <- o.RunApex(ctx, "TwilioCaseController", "logActivity", "key="+key) })
	}
	all.Wait()
	close(answers)
	tasks, err := o.Records(ctx, "Task")
	require.NoError(t, err)
	require.Len(t, tasks, 1)
	for a := range answers {
		require.Equal(t, map[string]any{"attributes": map[string]any{"type": "Task"}, "Id": tasks[0]["Id"]}, answered(t, a))
	}
	require.Equal(t, made["Id"], tasks[0]["WhatId"])
	require.Equal(t, made["ContactId"], tasks[0]["WhoId"])
	require.Equal(t, apexrun.RunningUser.ID, tasks[0]["OwnerId"])
	require.InDelta(t, 61, tasks[0]["CallDurationInSeconds"], 0)
	require.Equal(t, "2026-03-05", tasks[0]["ActivityDate"])

	none := o.RunApex(ctx, "TwilioCaseController", "logActivity", "key=WRnone-completed")
	require.Equal(t, map[string]any{"runApex": nil}, none.ReturnValue)
}

func TestTheOtherDoorsOfTheAgent(t *testing.T) {
	t.Parallel()
	o, ctx := shipped(t), t.Context()
	dial := func(written, country string) any {
		a := o.RunApex(ctx, "TwilioCaseController", "dialable", "written="+hex.EncodeToString([]byte(written))+"&country="+country)
		require.True(t, a.Success, "%+v", a.Errors)
		return a.ReturnValue.(map[string]any)["runApex"]
	}
	require.Equal(t, `{"number":"442079460958","extension":"12"}`, dial("(020) 7946-0958 ext. 12", "GB"))
	require.Equal(t, `{"number":"442079460958"}`, dial("+44 20 7946 0958", ""))
	require.Nil(t, dial("999", "GB"))
	version := o.RunApex(ctx, "TwilioCaseController", "version", "")
	require.Regexp(t, `^\d+\.\d+\.\d+$`, version.ReturnValue.(map[string]any)["runApex"])
	require.Empty(t, o.Warnings())
}

func TestAPersonAccountIsItsContact(t *testing.T) {
	t.Parallel()
	o, ctx := openWith(t, org.Config{ProjectDir: "../../../apex", PersonAccounts: true}), t.Context()
	person := insert(t, o, "Account", map[string]any{"FirstName": "Ada", "LastName": "Lovelace", "Phone": "123"})
	business := insert(t, o, "Account", map[string]any{"Name": "Navy"})
	account, err := o.Record(ctx, person)
	require.NoError(t, err)
	require.Equal(t, "Ada Lovelace", account["Name"])
	require.Equal(t, true, account["IsPersonAccount"])

	made := caseAt(t, o, "KDperson", person)
	require.Equal(t, account["PersonContactId"], made["ContactId"])
	require.Equal(t, person, made["AccountId"], "as Salesforce fills it in")

	made = caseAt(t, o, "KDbusiness", business)
	require.Nil(t, made["ContactId"])
	require.Equal(t, business, made["AccountId"])
	navy, err := o.Record(ctx, business)
	require.NoError(t, err)
	require.Equal(t, "Navy", navy["Name"])
	require.Nil(t, navy["PersonContactId"])
}

// TestARecordThatIsHiddenIsPassedOver covers what no Apex test can: another owner's record in an org that keeps them private.
func TestARecordThatIsHiddenIsPassedOver(t *testing.T) {
	t.Parallel()
	objects := []string{"Case", "Contact", "Account"}
	o := openWith(t, org.Config{ProjectDir: "../../../apex", Private: objects})
	const other = "0055g0000000002AAA"
	records := map[string]map[string]any{"Case": {"OwnerId": other}, "Contact": {"OwnerId": other, "LastName": "x"}, "Account": {"OwnerId": other, "Name": "x"}}
	for _, object := range objects {
		hidden := insert(t, o, object, records[object])
		made := caseAt(t, o, "KD"+object, hidden)
		require.Equal(t, "KD"+object, made["TwilioEngagement__c"])
		require.NotNil(t, made["ContactId"], "the number decides")
		require.NotEqual(t, hidden, made["ContactId"])
		require.Nil(t, made["AccountId"])
	}
}

// TestARefusedRecordIsNoRefusedCall takes the right away that a Case is used again with.
func TestARefusedRecordIsNoRefusedCall(t *testing.T) {
	t.Parallel()
	o, ctx := openWith(t, org.Config{ProjectDir: without(t, `<object>TwilioEngagementLink__c</object>
        <allowCreate>true</allowCreate>`, `<object>TwilioEngagementLink__c</object>
        <allowCreate>false</allowCreate>`)}), t.Context()
	known := insert(t, o, "Case", nil)
	made := caseAt(t, o, engagement, known)
	require.NotEqual(t, known, made["Id"])
	require.Equal(t, engagement, made["TwilioEngagement__c"])
	require.NotNil(t, made["ContactId"])
	links, err := o.Records(ctx, "TwilioEngagementLink__c")
	require.NoError(t, err)
	require.Empty(t, links)
}

func TestATaskNeedsTheUserPermission(t *testing.T) {
	t.Parallel()
	o := openWith(t, org.Config{ProjectDir: without(t, "<name>EditTask</name>", "<name>EditEvent</name>")})
	key := finished(t, o, caseAt(t, o, engagement, "")["Id"])
	a := o.RunApex(t.Context(), "TwilioCaseController", "logActivity", "key="+key)
	require.False(t, a.Success)
	require.Contains(t, a.Errors[0].Description, "Access to entity 'Task' denied")
	require.Contains(t, a.Errors[0].Description, "(TwilioCaseLogAgent)")
	said := detail(t, o.SaveLog(t.Context(), map[string]any{"entityApiName": "Task", "Subject": "Call"}))
	require.Equal(t, "INSUFFICIENT_ACCESS_OR_READONLY", said.ErrorCode)

	_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, map[string]string{
		partFile: grant(`<objectPermissions><object>Task</object><allowRead>true</allowRead></objectPermissions>`),
	})})
	require.ErrorContains(t, err, "object Task has no permissions: who has EditTask may write it")
}

func TestRulesOfATask(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	kase, lead := insert(t, o, "Case", nil), insert(t, o, "Lead", map[string]any{"LastName": "x", "Company": "y"})
	done := insert(t, o, "Task", map[string]any{"WhatId": kase, "Status": "Completed", "TaskSubtype": "Call", "CallType": "Inbound"})
	record, err := o.Record(ctx, done)
	require.NoError(t, err)
	require.Equal(t, true, record["IsClosed"])
	insert(t, o, "Task", map[string]any{"WhoId": lead})
	for name, tc := range map[string]struct {
		fields map[string]any
		code   string
	}{
		"a Lead beside a Case":      {map[string]any{"WhoId": lead, "WhatId": kase}, "FIELD_INTEGRITY_EXCEPTION"},
		"a Case for a person":       {map[string]any{"WhoId": kase}, "FIELD_INTEGRITY_EXCEPTION"},
		"a subtype that is none":    {map[string]any{"TaskSubtype": "Chat"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"},
		"a direction that is none":  {map[string]any{"CallType": "inward"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"},
		"notes that are too long":   {map[string]any{"Description": strings.Repeat("n", 32001)}, "STRING_TOO_LONG"},
		"a Case that is not there":  {map[string]any{"WhatId": "500000000000001AAA"}, "INVALID_CROSS_REFERENCE_KEY"},
		"what the org itself keeps": {map[string]any{"IsClosed": true}, "INVALID_FIELD_FOR_INSERT_UPDATE"},
	} {
		_, err := o.Insert(ctx, "Task", tc.fields)
		var refusal *apexrun.RowError
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, tc.code, refusal.Code, name)
	}
}
