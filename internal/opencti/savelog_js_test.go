package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestSaveLogCreates(t *testing.T) {
	answer := func(value string) string {
		return `a.callback({success: true, returnValue: ` + value + `, errors: null})`
	}
	try(t, "saveLog", map[string]way{
		"answers later":             {body: `setTimeout(() => a.callback({success: true, returnValue: {recordId: "a0B1"}}), 1)`, want: "a0B1"},
		"answers at once":           {body: answer(`{recordId: "a0B1"}`), want: "a0B1"},
		"answers a bare id":         {body: answer(`"a0B1"`), want: "a0B1"},
		"sends what it was given":   {body: answer(`JSON.stringify(a.value, Object.keys(a.value).sort()) === '{"Duration__c":90,"Name":"Ann","entityApiName":"Log__c","x":null}' ? "a1" : "no"`), want: "a1"},
		"answers a success only":    {body: `a.callback({success: true})`, wantErr: ErrNoRecordID.Error()},
		"answers null":              {body: answer(`null`), wantErr: ErrNoRecordID.Error()},
		"answers an empty object":   {body: answer(`{}`), wantErr: ErrNoRecordID.Error()},
		"answers an empty id":       {body: answer(`{recordId: ""}`), wantErr: ErrNoRecordID.Error()},
		"answers a null id":         {body: answer(`{recordId: null}`), wantErr: ErrNoRecordID.Error()},
		"answers a number":          {body: answer(`5`), wantErr: ErrNoRecordID.Error()},
		"answers a text that is no": {body: answer(`"saved"`), wantErr: ErrNoRecordID.Error()},
	}, func(ctx span.Context, c *Client) (any, error) {
		return c.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Name": "Ann", "Duration__c": 90, "x": nil})
	})
}

func TestSaveLogUpdates(t *testing.T) {
	answer := func(value string) string { return `a.callback({success: true, returnValue: ` + value + `})` }
	try(t, "saveLog", map[string]way{
		"answers later":          {body: `setTimeout(() => a.callback({success: true, returnValue: {recordId: a.value.Id}}), 1)`, want: "a0B1"},
		"answers at once":        {body: answer(`{recordId: a.value.Id}`), want: "a0B1"},
		"answers a success only": {body: `a.callback({success: true})`, want: "a0B1"},
		"answers null":           {body: answer(`null`), want: "a0B1"},
	}, func(ctx span.Context, c *Client) (any, error) {
		return c.SaveLog(ctx, map[string]any{"entityApiName": "Log__c", "Id": "a0B1", "Duration__c": 90})
	})
}

func TestSaveLogSendsNothingItCannot(t *testing.T) {
	c := salesforce(t, long, "saveLog", `throw "called"`)
	_, err := c.SaveLog(t.Context(), map[string]any{"Name": "Ann"})
	require.EqualError(t, err, "opencti: saveLog: fields have neither entityApiName nor Id")
}

func TestSaveLogTellsADuplicate(t *testing.T) {
	c := salesforce(t, long, "saveLog", `a.callback({success: false, returnValue: null, errors: [{code: "GENERIC_ERROR", description: "Review the Details field",
		details: [{message: "duplicate value found: Key__c duplicates value on record with id: a0B1", statusCode: "DUPLICATE_VALUE", fields: ["Key__c"]}]}]})`)
	_, err := c.SaveLog(t.Context(), map[string]any{"entityApiName": "Log__c"})
	var refusal *CallError
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "DUPLICATE_VALUE", refusal.Errors[0].Details[0].Code)
}
