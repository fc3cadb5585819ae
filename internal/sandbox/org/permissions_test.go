package org_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
	"flexcaselog/internal/sandbox/org"
)

// shipped opens an org with the package that is shipped.
func shipped(t *testing.T, permissionSets ...string) *org.Org {
	t.Helper()
	return openWith(t, org.Config{ProjectDir: "../../../apex", PermissionSets: permissionSets})
}

const engagement = "WT0123456789abcdef0123456789abcdef"

// TestTheAgentDoesTheWholeJob is what the plugin does for a task, as a person with the shipped permission set and nothing else.
func TestTheAgentDoesTheWholeJob(t *testing.T) {
	t.Parallel()
	o, ctx := shipped(t), t.Context()
	made := o.RunApex(ctx, "TwilioCaseController", "createRecords", "phone=14155550123&engagement="+engagement+"&details=")
	require.True(t, made.Success, "%+v", made.Errors)
	kase := made.ReturnValue.(map[string]any)["runApex"].(map[string]any)["Id"].(string)
	log := saved(t, o.SaveLog(ctx, map[string]any{
		"entityApiName": "TwilioCallLog__c", "Name": "Ada - Reservation accepted", "Case__c": kase, "Status__c": "Reservation accepted",
		"Key__c": "WR1-accepted", "StartTime__c": "2026-11-02T10:00:00.000Z", "TaskSid__c": "WT1", "ReservationSid__c": "WR1", "Channel__c": "voice",
		"Direction__c": "inbound", "Queue__c": "Support", "EndedBy__c": "customer",
	}))
	saved(t, o.SaveLog(ctx, map[string]any{"Id": log, "Duration__c": 61}))
	found := o.RunApex(ctx, "TwilioCaseController", "findLog", "key=WR1-accepted")
	require.True(t, found.Success, "%+v", found.Errors)
	require.Equal(t, log, found.ReturnValue.(map[string]any)["runApex"].(map[string]any)["Id"])

	for _, object := range []string{"Case", "Contact"} {
		rows, err := o.Records(ctx, object)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.Equal(t, apexrun.RunningUser.ID, rows[0]["OwnerId"])
	}
}

func TestWithoutThePermissionSetTheAgentIsRefused(t *testing.T) {
	t.Parallel()
	o, ctx := shipped(t), t.Context()
	made := o.RunApex(ctx, "TwilioCaseController", "createRecords", "phone=&engagement="+engagement+"&details=")
	require.True(t, made.Success, "%+v", made.Errors)
	kase := made.ReturnValue.(map[string]any)["runApex"].(map[string]any)["Id"].(string)
	log := saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "TwilioCallLog__c", "Name": "n", "Case__c": kase}))

	require.NoError(t, o.ActAs(ctx))
	for _, call := range []struct{ method, params string }{
		{"createRecords", "phone=&engagement=WT2&details="},
		{"findLog", "key=K"},
	} {
		a := o.RunApex(ctx, "TwilioCaseController", call.method, call.params)
		require.False(t, a.Success)
		require.Equal(t, []org.Error{{Code: "SERVER_ERROR", Description: "Could not load Apex class: TwilioCaseController."}}, a.Errors)
	}
	created := detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "TwilioCallLog__c", "Name": "n", "Case__c": kase}))
	require.Equal(t, "INSUFFICIENT_ACCESS", created.ErrorCode)
	changed := detail(t, o.SaveLog(ctx, map[string]any{"Id": log, "Duration__c": 1}))
	require.Equal(t, "INSUFFICIENT_ACCESS", changed.ErrorCode)

	require.NoError(t, o.ActAs(ctx, org.AgentPermissionSet), "it can be given back while the org runs")
	saved(t, o.SaveLog(ctx, map[string]any{"Id": log, "Duration__c": 1}))
	require.ErrorContains(t, o.ActAs(ctx, "Missing"), "no permission set Missing")
	saved(t, o.SaveLog(ctx, map[string]any{"Id": log, "Duration__c": 2}))
}

func TestAFileKeepsWhatTheAgentMayDo(t *testing.T) {
	t.Parallel()
	config := org.Config{ProjectDir: project(t, nil), Path: filepath.Join(t.TempDir(), "org.db"), PermissionSets: []string{}}
	o, err := org.Open(t.Context(), config)
	require.NoError(t, err)
	require.False(t, o.RunApex(t.Context(), "Door", "who", "p=x").Success)
	require.NoError(t, o.Close())

	config.PermissionSets = nil
	o, err = org.Open(t.Context(), config)
	require.NoError(t, err)
	require.False(t, o.RunApex(t.Context(), "Door", "who", "p=x").Success, "nil leaves it as it was")
	require.NoError(t, o.Close())
	config.PermissionSets = []string{org.AgentPermissionSet}
	require.True(t, openWith(t, config).RunApex(t.Context(), "Door", "who", "p=x").Success)
}

// grant is a permission set that allows to call Door and what more says.
func grant(more string) string {
	return `<PermissionSet><label>Part</label><classAccesses><apexClass>Door</apexClass><enabled>true</enabled></classAccesses>` + more + `</PermissionSet>`
}

const (
	caseReadCreate = `<objectPermissions><object>Case</object><allowRead>true</allowRead><allowCreate>true</allowCreate></objectPermissions>`
	logReadCreate  = `<objectPermissions><object>Log__c</object><allowRead>true</allowRead><allowCreate>true</allowCreate></objectPermissions>`
	subject        = `<fieldPermissions><field>Case.Subject</field><readable>true</readable><editable>true</editable></fieldPermissions>`
	partFile       = "main/permissionsets/Part.permissionset-meta.xml"
)

func TestPartOfThePermissions(t *testing.T) {
	t.Parallel()
	read := func(object string) string {
		return `<objectPermissions><object>` + object + `</object><allowRead>true</allowRead></objectPermissions>`
	}
	for name, tc := range map[string]struct {
		grants string
		call   func(*testing.T, *org.Org) org.Answer
		says   string // in the description, or the code and the message of the detail
	}{
		"Apex that writes an object that the agent may not create": {read("Case") + subject, openCase, "System.SecurityException: Access to entity 'Case' denied"},
		"Apex that writes a field that the agent may not edit":     {caseReadCreate, openCase, "System.DmlException: Operation failed due to fields being inaccessible on Sobject Case, check errors on Exception or Result!"},
		"Apex that may do all that it does":                        {caseReadCreate + subject, openCase, ""},
		"Apex that reads an object that the agent may not read":    {"", count, "System.SecurityException: Access to entity 'Log__c' denied"},
		"Apex that filters by a field that the agent may not read": {caseReadCreate + logReadCreate, count, "System.QueryException: No such column 'Code__c' on entity 'Log__c'."},
		"saveLog of an object that may be read":                    {caseReadCreate + read("Log__c"), saveKey(""), "INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id"},
		"saveLog of a field that may not be read":                  {caseReadCreate + logReadCreate, saveKey("Key__c"), "INVALID_FIELD: No such column 'Key__c' on sobject of type Log__c"},
		"saveLog of a field that may be read": {
			caseReadCreate + logReadCreate + `<fieldPermissions><field>Log__c.Key__c</field><readable>true</readable></fieldPermissions>`,
			saveKey("Key__c"), "INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields: Key__c. Please check the security settings",
		},
		"saveLog of a detail whose master may not be changed": {caseReadCreate + logReadCreate, saveKey(""), "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: insufficient access rights on cross-reference id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openWith(t, org.Config{ProjectDir: project(t, map[string]string{partFile: grant(tc.grants)}), PermissionSets: []string{"Part"}})
			a := tc.call(t, o)
			if tc.says == "" {
				require.True(t, a.Success, "%+v", a.Errors)
				return
			}
			require.False(t, a.Success)
			said := a.Errors[0].Description
			if details, ok := a.Errors[0].Details.([]org.Detail); ok {
				said = details[0].ErrorCode + ": " + details[0].Message
			}
			require.Contains(t, said, tc.says)
		})
	}
}

func openCase(t *testing.T, o *org.Org) org.Answer {
	return o.RunApex(t.Context(), "Door", "openCase", "subject=x")
}

func count(t *testing.T, o *org.Org) org.Answer {
	return o.RunApex(t.Context(), "Door", "count", "code=x")
}

func saveKey(field string) func(*testing.T, *org.Org) org.Answer {
	return func(t *testing.T, o *org.Org) org.Answer {
		fields := map[string]any{"entityApiName": "Log__c", "Case__c": insert(t, o, "Case", nil)}
		if field != "" {
			fields[field] = "k"
		}
		return o.SaveLog(t.Context(), fields)
	}
}

func TestPrivateRecordsAreTheirOwners(t *testing.T) {
	t.Parallel()
	o, ctx := openWith(t, org.Config{ProjectDir: project(t, nil), Private: []string{"Case"}}), t.Context()
	mine := insert(t, o, "Case", nil)
	other := insert(t, o, "Case", map[string]any{"OwnerId": "0055g0000000002AAA"})
	saved(t, o.SaveLog(ctx, map[string]any{"Id": mine, "Subject": "x"}))
	require.Equal(t, "INSUFFICIENT_ACCESS_OR_READONLY", detail(t, o.SaveLog(ctx, map[string]any{"Id": other, "Subject": "x"})).ErrorCode)
	require.Equal(t, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": other})).ErrorCode)

	insert(t, o, "Log__c", map[string]any{"Case__c": other, "Code__c": "c"})
	require.Equal(t, map[string]any{"runApex": int64(1)}, o.RunApex(ctx, "Door", "count", "code=c").ReturnValue, "details that say nothing of sharing are everybody's")
	_, err := org.Open(ctx, org.Config{ProjectDir: project(t, nil), Private: []string{"Missing"}})
	require.ErrorContains(t, err, "no object Missing")
}

func TestPermissionSetsThatADeploymentRefuses(t *testing.T) {
	t.Parallel()
	field := func(name, more string) string {
		return `<fieldPermissions><field>` + name + `</field>` + more + `</fieldPermissions>`
	}
	for name, tc := range map[string]struct{ more, says string }{
		"a field that is not there":              {caseReadCreate + field("Case.Missing__c", "<readable>true</readable>"), "field Case.Missing__c is not there"},
		"a field spelled otherwise":              {caseReadCreate + field("Case.subject", "<readable>true</readable>"), "field Case.subject is not there"},
		"a field of an object that is not":       {field("Missing__c.Key__c", "<readable>true</readable>"), "field Missing__c.Key__c is not there"},
		"a field that is required":               {field("Contact.LastName", "<readable>true</readable>"), "no permission can be given for a field that is required"},
		"a master":                               {logReadCreate + field("Log__c.Case__c", "<readable>true</readable>"), "no permission can be given"},
		"a field that is edited and not read":    {caseReadCreate + field("Case.Subject", "<editable>true</editable>"), "field Case.Subject cannot be editable"},
		"an object that is not there":            {`<objectPermissions><object>Missing__c</object></objectPermissions>`, "object Missing__c is not there"},
		"an object that is created and not read": {`<objectPermissions><object>Case</object><allowCreate>true</allowCreate></objectPermissions>`, "without the one that it needs"},
		"a detail without its master":            {logReadCreate, "its master Case may not be read"},
		"a class that is not there":              {`<classAccesses><apexClass>Missing</apexClass><enabled>true</enabled></classAccesses>`, "class Missing is not there"},
		"a type of settings that is not there":   {`<customMetadataTypeAccesses><name>Way__mdt</name><enabled>true</enabled></customMetadataTypeAccesses>`, "custom metadata type Way__mdt is not there"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, map[string]string{partFile: grant(tc.more)})})
			require.ErrorContains(t, err, tc.says)
		})
	}
	_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, map[string]string{"main/workflows/Case.workflow-meta.xml": "<Workflow/>"})})
	require.ErrorContains(t, err, "Case.workflow-meta.xml: not modelled")
}
