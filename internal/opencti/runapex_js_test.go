package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestRunApex(t *testing.T) {
	const id = "500xx0000000001AAA"
	answer := func(value string) string {
		return `a.callback({success: true, returnValue: ` + value + `, errors: null})`
	}
	try(t, "runApex", map[string]way{
		"answers later": {
			body: `setTimeout(() => a.callback({success: true, returnValue: {runApex: {Id: "500xx0000000001AAA"}}}), 1)`,
			want: id,
		},
		"answers at once":              {body: answer(`{runApex: {Id: "500xx0000000001AAA", Subject: "x"}}`), want: id},
		"answers and then throws":      {body: answer(`{runApex: {Id: "500xx0000000001AAA"}}`) + `; throw "after"`, want: id},
		"sends what it was given":      {body: answer(`{runApex: [a.apexClass, a.methodName, a.methodParams].join() === "CaseController,createRecords,phone=441&engagement=CA1" ? "a1" : "no"}`), want: "a1"},
		"answers a lower-case id":      {body: answer(`{runApex: {id: "500xx0000000001AAA"}}`), want: id},
		"answers a JSON text":          {body: answer(`{runApex: ' {"Id": "500xx0000000001AAA", "x": {"Id": 1}}'}`), want: id},
		"answers a quoted JSON text":   {body: answer(`{runApex: JSON.stringify('{"Id": "500xx0000000001AAA"}')}`), want: id},
		"answers a bare id":            {body: answer(`{runApex: "500xx0000000001AAA"}`), want: id},
		"answers a quoted id":          {body: answer(`{runApex: '"500xx0000000001AAA"'}`), want: id},
		"answers a single-quoted id":   {body: answer(`{runApex: "'500xx0000000001AAA'"}`), want: id},
		"answers null":                 {body: answer(`{runApex: null}`), wantErr: ErrNull.Error()},
		"answers null as a text":       {body: answer(`{runApex: "null"}`), wantErr: ErrNull.Error()},
		"answers an empty text":        {body: answer(`{runApex: " "}`), wantErr: ErrNull.Error()},
		"answers nothing in an object": {body: answer(`{}`), wantErr: ErrNull.Error()},
		"answers null outside":         {body: answer(`null`), wantErr: ErrNull.Error()},
		"answers a success only":       {body: `a.callback({success: true})`, wantErr: "opencti: runApex: strange answer: returnValue is undefined"},
		"answers a text outside":       {body: answer(`"500xx0000000001AAA"`), wantErr: "opencti: runApex: strange answer: returnValue is string"},
		"answers a number":             {body: answer(`{runApex: 5}`), wantErr: "opencti: runApex: strange answer: runApex is of type number"},
		"answers an error's text":      {body: answer(`{runApex: "no access"}`), wantErr: "opencti: runApex: strange answer: a text that is no record ID"},
		"answers broken JSON":          {body: answer(`{runApex: '{"Id": '}`), wantErr: "opencti: runApex: strange answer: the text is broken JSON"},
		"answers a record without id":  {body: answer(`{runApex: {Subject: "x"}}`), wantErr: "opencti: runApex: strange answer: the record has no Id"},
		"answers a list":               {body: answer(`{runApex: []}`), wantErr: "opencti: runApex: strange answer: the record has no Id"},
		"answers an id that is none":   {body: answer(`{runApex: {Id: ""}}`), wantErr: "opencti: runApex: strange answer: a text that is no record ID"},
		"answers an id of a wrong type": {
			body:    answer(`{runApex: {Id: 5}}`),
			wantErr: "opencti: runApex: strange answer: Id is a number, not a string",
		},
		"answers quotes without an end": {
			body:    answer(`{runApex: JSON.stringify(JSON.stringify(JSON.stringify("500")))}`),
			wantErr: "opencti: runApex: strange answer: quotes within quotes",
		},
		"answers what cannot be unpacked": {
			body:    answer(`{get runApex() { throw "no" }}`),
			wantErr: "opencti: runApex: strange answer: runApex is of type number",
		},
	}, func(ctx span.Context, c *Client) (any, error) {
		result, err := c.RunApex(ctx, "CaseController", "createRecords", []Param{{"phone", "441"}, {"engagement", "CA1"}})
		if err != nil {
			return nil, err
		}
		return result.RecordID()
	})
}

func TestResultFields(t *testing.T) {
	record := map[string]string{"Id": "a0B1", "StartTime__c": "2026-01-05T09:00:00.000+0000", "Duration__c": "90.5", "Open__c": "true"}
	tests := map[string]struct {
		value, wantErr string
		want           map[string]string
	}{
		"of a record": {
			value: `({Id: "a0B1", StartTime__c: "2026-01-05T09:00:00.000+0000", Duration__c: 90.5, Open__c: true, Queue__c: null, Other__c: "x"})`,
			want:  record,
		},
		"of JSON text": {
			value: `'{"Id": "a0B1", "StartTime__c": "2026-01-05T09:00:00.000+0000", "Duration__c": 90.5, "Open__c": true}'`,
			want:  record,
		},
		"of JSON text that is no record": {
			value: `'{"Queue__c":"442079460958","Open__c":true}'`,
			want:  map[string]string{"Queue__c": "442079460958", "Open__c": "true"},
		},
		"of JSON text that is quoted once more": {
			value: `JSON.stringify('{"Queue__c":"442079460958","Duration__c":12}')`,
			want:  map[string]string{"Queue__c": "442079460958", "Duration__c": "12"},
		},
		"of a plain text":         {value: `"0.1.0"`, wantErr: "opencti: runApex: strange answer: value is a string, not an object"},
		"of an empty record":      {value: `({})`, want: map[string]string{}},
		"of null":                 {value: `null`, wantErr: ErrNull.Error()},
		"of an id":                {value: `"a0B1"`, wantErr: "opencti: runApex: strange answer: value is a string, not an object"},
		"of a field of a field":   {value: `({Id: {}})`, wantErr: "opencti: runApex: strange answer: Id is of type object"},
		"of a field that is NaN":  {value: `({Duration__c: NaN})`, want: map[string]string{"Duration__c": "null"}},
		"of a field that throws":  {value: `({get Id() { throw "no" }})`, wantErr: "opencti: runApex: strange answer: Id: JavaScript error: no"},
		"of a field of no number": {value: `({Duration__c: 1n})`, wantErr: "opencti: runApex: strange answer: Duration__c is of type bigint"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Result{eval(t, tt.value)}.Fields("Id", "StartTime__c", "Duration__c", "Open__c", "Queue__c")
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
	_, err := Result{}.RecordID()
	require.ErrorIs(t, err, ErrNull)
}

func TestResultText(t *testing.T) {
	tests := map[string]struct{ value, want, wantErr string }{
		"of a text":             {value: `"0.1.0"`, want: "0.1.0"},
		"of a quoted text":      {value: `'"0.1.0"'`, want: "0.1.0"},
		"of a text in spaces":   {value: `" 0.1.0\n"`, want: "0.1.0"},
		"of single quotes":      {value: `"'0.1.0'"`, want: "0.1.0"},
		"of a sentence":         {value: `"No such row: 5"`, want: "No such row: 5"},
		"of an id":              {value: `"500xx0000000001AAA"`, want: "500xx0000000001AAA"},
		"of null":               {value: `null`, wantErr: ErrNull.Error()},
		"of null as a text":     {value: `"null"`, wantErr: ErrNull.Error()},
		"of an empty text":      {value: `""`, wantErr: ErrNull.Error()},
		"of a quoted empty one": {value: `'""'`, wantErr: ErrNull.Error()},
		"of a record":           {value: `({Id: "a1"})`, wantErr: "opencti: runApex: strange answer: value is an object, not a string"},
		"of JSON text":          {value: `'{"Id": "a1"}'`, wantErr: "opencti: runApex: strange answer: value is an object, not a string"},
		"of broken JSON text":   {value: `'{"Id": '`, wantErr: "opencti: runApex: strange answer: the text is broken JSON"},
		"of a number":           {value: `5`, wantErr: "opencti: runApex: strange answer: runApex is of type number"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Result{eval(t, tt.value)}.Text()
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
	_, err := Result{}.Text()
	require.ErrorIs(t, err, ErrNull)
}

func TestRunApexSendsNothingItCannot(t *testing.T) {
	c := salesforce(t, long, "runApex", `throw "called"`)
	_, err := c.RunApex(t.Context(), "C", "m", []Param{{"name", "Ann Lee"}})
	require.EqualError(t, err, "opencti: runApex: parameter name has a character other than A-Z a-z 0-9 _ . -; send it as hex")
	_, err = c.RunApex(t.Context(), "", "m", nil)
	require.EqualError(t, err, "opencti: runApex: the class or the method has no name")
}
