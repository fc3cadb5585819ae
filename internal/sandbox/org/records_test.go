package org_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
	"flexcaselog/internal/sandbox/org"
)

func TestRecordsComeInTheOrderOfTheirCreation(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	for _, name := range []string{"Zoe", "Ada", "Mia"} {
		insert(t, o, "Contact", map[string]any{"FirstName": "Dr", "LastName": name})
	}
	contacts, err := o.Records(ctx, "Contact")
	require.NoError(t, err)
	require.Equal(t, []any{"Dr Zoe", "Dr Ada", "Dr Mia"}, []any{contacts[0]["Name"], contacts[1]["Name"], contacts[2]["Name"]})
	require.Equal(t, "0035g0000000002AAA", contacts[1]["Id"])

	some, err := o.Records(ctx, "Contact", org.Where{"LastName": "Ada", "Phone": nil})
	require.NoError(t, err)
	require.Len(t, some, 1)
	one, err := json.Marshal(some[0])
	require.NoError(t, err)
	again, err := o.Record(ctx, "0035g0000000002")
	require.NoError(t, err)
	two, err := json.Marshal(again)
	require.NoError(t, err)
	require.Equal(t, string(one), string(two), "the same record is the same JSON")

	_, err = o.Records(ctx, "Missing__c")
	require.ErrorContains(t, err, "no object Missing__c")
	_, err = o.Records(ctx, "Contact", org.Where{"Missing__c": 1})
	require.ErrorContains(t, err, "Contact has no field Missing__c")
	_, err = o.Record(ctx, "zzz")
	require.ErrorContains(t, err, "zzz is no id of this org")
	var row *apexrun.RowError
	_, err = o.Insert(ctx, "Contact", nil)
	require.ErrorAs(t, err, &row)
	require.Equal(t, "REQUIRED_FIELD_MISSING", row.Code)
}

func TestDefaultsAndNumbers(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	kase, err := o.Record(ctx, insert(t, o, "Case", nil))
	require.NoError(t, err)
	require.Equal(t, "New", kase["Status"])
	require.Equal(t, "00001001", kase["CaseNumber"])
	require.Equal(t, apexrun.RunningUser.ID, kase["OwnerId"])
	log, err := o.Record(ctx, insert(t, o, "Log__c", map[string]any{"Case__c": kase["Id"], "Name": "call"}))
	require.NoError(t, err)
	require.Equal(t, "Open", log["Status__c"])
	require.Equal(t, true, log["Done__c"])
	require.Equal(t, "call", log["Name"])
	insert(t, o, "Ticket__c", map[string]any{"Subject__c": "a"})
	ticket, err := o.Record(ctx, insert(t, o, "Ticket__c", map[string]any{"Subject__c": "b"}))
	require.NoError(t, err)
	require.Equal(t, "T-002", ticket["Name"])
	sets, err := o.Records(ctx, "PermissionSet")
	require.NoError(t, err)
	require.Len(t, sets, 1)
	require.Equal(t, "TwilioCaseLogAgent", sets[0]["Name"])
}

func TestDeleteTakesTheDetailsAlong(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	contact := insert(t, o, "Contact", map[string]any{"LastName": "Ada"})
	kept, gone := insert(t, o, "Case", map[string]any{"ContactId": contact}), insert(t, o, "Case", nil)
	log := insert(t, o, "Log__c", map[string]any{"Case__c": gone, "Key__c": "K"})
	other := insert(t, o, "Log__c", map[string]any{"Case__c": kept, "Contact__c": contact})

	require.NoError(t, o.Delete(ctx, gone))
	var row *apexrun.RowError
	for _, id := range []string{gone, log} {
		_, err := o.Record(ctx, id)
		require.ErrorAs(t, err, &row)
		require.Equal(t, "ENTITY_IS_DELETED", row.Code)
	}
	require.Equal(t, "ENTITY_IS_DELETED", detail(t, o.SaveLog(ctx, map[string]any{"Id": log, "Seconds__c": 1.0})).ErrorCode)
	require.Equal(t, "ENTITY_IS_DELETED", detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": gone})).ErrorCode)
	saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kept, "Key__c": "K"}))

	require.NoError(t, o.Delete(ctx, contact))
	r, err := o.Record(ctx, other)
	require.NoError(t, err)
	require.Nil(t, r["Contact__c"], "a lookup loses its reference")
	require.Error(t, o.Delete(ctx, contact))
	require.Error(t, o.Delete(ctx, "zzz"))
}

func TestIDsAreNeverGivenTwice(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	require.False(t, o.RunApex(ctx, "Door", "half", "subject=x").Success)
	require.Equal(t, "5005g0000000002AAA", insert(t, o, "Case", nil), "the first was seen by a transaction that was undone")
}

func TestAFileKeepsTheRecords(t *testing.T) {
	t.Parallel()
	config := org.Config{ProjectDir: project(t, nil), Path: filepath.Join(t.TempDir(), "an org?.db")}
	o, err := org.Open(t.Context(), config)
	require.NoError(t, err)
	first := insert(t, o, "Case", map[string]any{"Subject": "kept"})
	require.NoError(t, o.Close())

	o = openWith(t, config)
	r, err := o.Record(t.Context(), first)
	require.NoError(t, err)
	require.Equal(t, "kept", r["Subject"])
	require.NotEqual(t, first, insert(t, o, "Case", nil))
	users, err := o.Records(t.Context(), "User")
	require.NoError(t, err)
	require.Len(t, users, 2, "a furnished org is not furnished again")
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	field := func(inside string) map[string]string {
		return map[string]string{"main/objects/Log__c/fields/X__c.field-meta.xml": "<CustomField><fullName>X__c</fullName>" + inside + "</CustomField>"}
	}
	for name, tc := range map[string]struct {
		files  map[string]string
		decode org.Decode
		says   string
	}{
		"a field of a type that is not modelled": {files: field("<type>Location</type>"), says: `fields of type "Location" are not modelled`},
		"a formula":                              {files: field("<type>Text</type><length>1</length><formula>1</formula>"), says: "formula fields are not modelled"},
		"a text without a length":                {files: field("<type>Text</type>"), says: "a text needs a length"},
		"a default that is a formula":            {files: field("<type>Text</type><length>1</length><defaultValue>a</defaultValue>"), says: "default values of this type"},
		"a picklist with a shared set of values": {files: field("<type>Picklist</type><valueSet><valueSetName>S</valueSetName></valueSet>"), says: "only picklists that list their values"},
		"a lookup that cascades":                 {files: field("<type>Lookup</type><referenceTo>Case</referenceTo><deleteConstraint>Cascade</deleteConstraint>"), says: "deleteConstraint Cascade"},
		"a master that is no object":             {files: field("<type>MasterDetail</type><referenceTo>Missing__c</referenceTo>"), says: "Log__c.X__c: object Missing__c is not there"},
		"a name that is none":                    {files: map[string]string{"main/objects/Log__c/fields/X.field-meta.xml": "<CustomField><fullName>X\"</fullName><type>Date</type></CustomField>"}, says: "no name of a custom object or field"},
		"a field of an object that is not there": {files: map[string]string{"main/objects/Missing__c/fields/X__c.field-meta.xml": "<CustomField/>"}, says: "object Missing__c is not there"},
		"XML that is none":                       {files: map[string]string{"main/objects/Log__c/Log__c.object-meta.xml": "<Custom"}, says: "Log__c.object-meta.xml"},
		"a validation rule":                      {files: map[string]string{"main/objects/Log__c/validationRules/R.validationRule-meta.xml": ""}, says: "not modelled"},
		"a class that does not parse":            {files: map[string]string{"main/classes/A.cls": "class A {"}, says: "A.cls:1"},
		"a decode mode that is not known":        {decode: "twice", says: `decode mode "twice"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := org.Open(t.Context(), org.Config{ProjectDir: project(t, tc.files), Decode: tc.decode})
			require.ErrorContains(t, err, tc.says)
		})
	}
	_, err := org.Open(t.Context(), org.Config{ProjectDir: filepath.Join(t.TempDir(), "missing")})
	require.Error(t, err)
}
