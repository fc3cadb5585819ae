package org_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

// detail is the only error's only detail.
func detail(t *testing.T, a org.Answer) org.Detail {
	t.Helper()
	require.False(t, a.Success)
	require.Nil(t, a.ReturnValue)
	require.Len(t, a.Errors, 1)
	require.Equal(t, "GENERIC_ERROR", a.Errors[0].Code)
	require.Contains(t, a.Errors[0].Description, "saveLog()")
	details, ok := a.Errors[0].Details.([]org.Detail)
	require.True(t, ok)
	require.Len(t, details, 1)
	return details[0]
}

func saved(t *testing.T, a org.Answer) string {
	t.Helper()
	require.True(t, a.Success, "%+v", a.Errors)
	require.Nil(t, a.Errors)
	id, ok := a.ReturnValue.(map[string]any)["recordId"].(string)
	require.True(t, ok)
	require.Len(t, id, 18)
	return id
}

func TestSaveLogStores(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, tc := range map[string]struct {
		field string
		value any
		want  any
	}{
		"a text as it is":                         {"Key__c", "KeY-1", "KeY-1"},
		"an empty text as null":                   {"Key__c", "", nil},
		"ten characters of ten":                   {"Key__c", strings.Repeat("é", 10), strings.Repeat("é", 10)},
		"a whole number":                          {"Seconds__c", 9999.0, 9999.0},
		"a number of a JSON decoder":              {"Seconds__c", json.Number("12"), 12.0},
		"a fraction where there are decimals":     {"Rate__c", 12.25, 12.25},
		"a checkbox":                              {"Done__c", false, false},
		"a date/time in UTC":                      {"Start__c", "2026-02-03T04:05:06.789Z", "2026-02-03T04:05:06.789+0000"},
		"a date/time of another zone in UTC":      {"Start__c", "2026-02-03T04:05:06+02:00", "2026-02-03T02:05:06.000+0000"},
		"a date/time as Salesforce writes it":     {"Start__c", "2026-02-03T04:05:06.000+0000", "2026-02-03T04:05:06.000+0000"},
		"a date":                                  {"Day__c", "2026-02-03", "2026-02-03"},
		"a value of a picklist":                   {"Status__c", "Shut", "Shut"},
		"the default where nothing is said":       {"Key__c", "k", "k"},
		"a null over the default of a picklist":   {"Status__c", nil, nil},
		"an owner":                                {"OwnerId", "0055g0000000001AAA", "0055g0000000001AAA"},
		"an id of 15 characters in its long form": {"OwnerId", "0055g0000000001", "0055g0000000001AAA"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kase := insert(t, o, "Case", nil)
			id := saved(t, o.SaveLog(t.Context(), map[string]any{"entityApiName": "Log__c", "Case__c": kase, tc.field: tc.value}))
			r, err := o.Record(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, tc.want, r[tc.field])
			require.Equal(t, kase, r["Case__c"])
			require.Equal(t, id, r["Name"], "a record without a name is called by its id")
			require.Equal(t, r["CreatedDate"], r["LastModifiedDate"])
		})
	}
}

func TestSaveLogRefuses(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, tc := range map[string]struct {
		fields map[string]any
		code   string
		says   string
	}{
		"no object":                               {map[string]any{"entityApiName": nil}, "MISSING_ARGUMENT", "entityApiName or Id is needed"},
		"an object that is not there":             {map[string]any{"entityApiName": "Missing__c"}, "INVALID_TYPE", "sObject type 'Missing__c' is not supported."},
		"an object spelled otherwise":             {map[string]any{"entityApiName": "log__c"}, "INVALID_TYPE", "sObject type 'log__c'"},
		"an object that is no text":               {map[string]any{"entityApiName": 1.0}, "INVALID_TYPE", "must be a text"},
		"a field that is not there":               {map[string]any{"Missing__c": 1.0}, "INVALID_FIELD", "No such column 'Missing__c' on sobject of type Log__c"},
		"a field spelled otherwise":               {map[string]any{"key__c": "k"}, "INVALID_FIELD", "No such column 'key__c' on sobject of type Log__c"},
		"a field that the org keeps":              {map[string]any{"CreatedDate": "2026-02-03T04:05:06Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE", "CreatedDate"},
		"no master":                               {map[string]any{"Case__c": nil}, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Case__c]"},
		"a master that never was":                 {map[string]any{"Case__c": "5005g0000009999AAA"}, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"},
		"a master of another object":              {map[string]any{"Case__c": "0055g0000000001AAA"}, "FIELD_INTEGRITY_EXCEPTION", "id value of incorrect type"},
		"a master that is no id":                  {map[string]any{"Case__c": "5005g"}, "MALFORMED_ID", "id value of incorrect type: 5005g"},
		"eleven characters of ten":                {map[string]any{"Key__c": strings.Repeat("é", 11)}, "STRING_TOO_LONG", "max length=10"},
		"six characters that need two units each": {map[string]any{"Key__c": strings.Repeat("😀", 6)}, "STRING_TOO_LONG", "max length=10"},
		"a value that the picklist lacks":         {map[string]any{"Status__c": "open"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value for restricted picklist field: open"},
		"a value of the picklist that is old":     {map[string]any{"Status__c": "Old"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Old"},
		"a fraction in a whole number":            {map[string]any{"Seconds__c": 1.5}, "INVALID_TYPE", "value not of required type: 1.5"},
		"a text in a number":                      {map[string]any{"Seconds__c": "12"}, "INVALID_TYPE", "value not of required type: 12"},
		"a number in a text":                      {map[string]any{"Key__c": 12.0}, "INVALID_TYPE", "value not of required type: 12"},
		"more digits than there are":              {map[string]any{"Seconds__c": 10000.0}, "NUMBER_OUTSIDE_VALID_RANGE", "outside of valid range"},
		"a text in a checkbox":                    {map[string]any{"Done__c": "true"}, "INVALID_TYPE", "Done__c"},
		"a date/time without a zone":              {map[string]any{"Start__c": "2026-02-03T04:05:06"}, "INVALID_TYPE", "Start__c"},
		"a date/time that is a number":            {map[string]any{"Start__c": 1770000000000.0}, "INVALID_TYPE", "Start__c"},
		"a date with a time":                      {map[string]any{"Day__c": "2026-02-03T04:05:06Z"}, "INVALID_TYPE", "Day__c"},
		"an object in a field":                    {map[string]any{"Key__c": map[string]any{}}, "INVALID_TYPE", "Key__c"},
		"an id that is none":                      {map[string]any{"Id": "abc"}, "MALFORMED_ID", "abc"},
		"an id of another object":                 {map[string]any{"Id": "5005g0000000001AAA"}, "MALFORMED_ID", "Log__c ID"},
		"an update of what never was":             {map[string]any{"Id": "a005g0000009999AAA"}, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fields := map[string]any{"entityApiName": "Log__c", "Case__c": insert(t, o, "Case", nil)}
			maps.Copy(fields, tc.fields)
			got := detail(t, o.SaveLog(t.Context(), fields))
			require.Equal(t, tc.code, got.ErrorCode)
			require.Contains(t, got.Message, tc.says)
			logs, err := o.Records(t.Context(), "Log__c")
			require.NoError(t, err)
			require.Empty(t, logs)
		})
	}
}

func TestSaveLogUpdates(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	kase, other := insert(t, o, "Case", nil), insert(t, o, "Case", nil)
	first := saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Key__c": "Ab", "Code__c": "Ab"}))

	require.Equal(t, first, saved(t, o.SaveLog(ctx, map[string]any{"Id": first[:15], "Seconds__c": 7.0})), "an id of 15 characters, no entityApiName")
	require.Equal(t, first, saved(t, o.SaveLog(ctx, map[string]any{"Id": first, "entityApiName": "Log__c", "Key__c": "Ab", "Case__c": kase})), "the same values again")
	r, err := o.Record(ctx, first)
	require.NoError(t, err)
	require.InDelta(t, 7, r["Seconds__c"], 0)

	require.Equal(t, "INVALID_FIELD_FOR_INSERT_UPDATE", detail(t, o.SaveLog(ctx, map[string]any{"Id": first, "Case__c": other})).ErrorCode, "another master")
	require.Equal(t, "REQUIRED_FIELD_MISSING", detail(t, o.SaveLog(ctx, map[string]any{"Id": first, "Case__c": ""})).ErrorCode, "no master")

	dup := detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Key__c": "Ab"}))
	require.Equal(t, "DUPLICATE_VALUE", dup.ErrorCode)
	require.Equal(t, []string{"Key__c"}, dup.Fields)
	require.Contains(t, dup.Message, first)
	require.Equal(t, "DUPLICATE_VALUE", detail(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Code__c": "aB"})).ErrorCode, "capitals do not count in Code__c")
	second := saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase, "Key__c": "aB"}))
	require.Equal(t, "DUPLICATE_VALUE", detail(t, o.SaveLog(ctx, map[string]any{"Id": second, "Key__c": "Ab"})).ErrorCode, "a key taken by an update")
	saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase}))
	saved(t, o.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Case__c": kase}))
}

func TestAnswerJSON(t *testing.T) {
	t.Parallel()
	o, ctx := open(t), t.Context()
	for name, tc := range map[string]struct {
		answer org.Answer
		want   string
	}{
		"a stored record":           {o.SaveLog(ctx, map[string]any{"entityApiName": "Case"}), `{"success":true,"returnValue":{"recordId":"5005g0000000001AAA"},"errors":null}`},
		"a method that answers":     {o.RunApex(ctx, "Door", "who", "p=x"), `{"success":true,"returnValue":{"runApex":"x"},"errors":null}`},
		"a method that has nothing": {o.RunApex(ctx, "Door", "nothing", ""), `{"success":true,"returnValue":{"runApex":null},"errors":null}`},
		"a class that is not there": {o.RunApex(ctx, "Missing", "who", ""), `{"success":false,"returnValue":null,"errors":[{"code":"SERVER_ERROR","description":"Could not load Apex class: Missing."}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(tc.answer)
			require.NoError(t, err)
			require.JSONEq(t, tc.want, string(got))
		})
	}
	got, err := json.Marshal(o.SaveLog(ctx, map[string]any{"entityApiName": "Ticket__c"}))
	require.NoError(t, err)
	require.JSONEq(t, `{"success":false,"returnValue":null,"errors":[{"code":"GENERIC_ERROR",
		"description":"An error occurred while calling the saveLog() API method. Review the Details field in the error section.",
		"details":[{"message":"Required fields are missing: [Subject__c]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Subject__c"]}]}]}`, string(got))
}
