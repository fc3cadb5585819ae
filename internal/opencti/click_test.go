package opencti

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// clickTests are what the page sends for a click, or might, as JSON, and what is
// read from it; nothing where that is no click.
var clickTests = map[string]struct {
	json string
	want Click
}{
	"a click on a record's number": {
		json: `{"number": "+44 20 7183 8750", "recordId": "0031", "recordName": "Ann", "objectType": "Contact", "accountId": "0011", "contactId": "0031", "personAccount": true, "params": ""}`,
		want: Click{"+44 20 7183 8750", "0031", "Ann", "Contact", "0011", "0031", true},
	},
	"a click as the older guide has it": {
		json: `{"returnValue": {"number": "+44 20 7183 8750", "recordId": "0031", "recordName": "Ann", "objectType": "Contact", "accountId": "0011", "contactId": "0031", "personAccount": true}}`,
		want: Click{"+44 20 7183 8750", "0031", "Ann", "Contact", "0011", "0031", true},
	},
	"a click as an answer":               {json: `{"success": true, "returnValue": {"number": "1"}, "errors": null}`, want: Click{Number: "1"}},
	"a flat click with an empty answer":  {json: `{"number": "1", "returnValue": null}`, want: Click{Number: "1"}},
	"a flat click with an answer's text": {json: `{"number": "1", "returnValue": "ok"}`, want: Click{Number: "1"}},
	"a number only":                      {json: `{"number": "1"}`, want: Click{Number: "1"}},
	"a number between spaces":            {json: `{"number": "\u00a0 1 2\n"}`, want: Click{Number: "1 2"}},
	"a number that is a number":          {json: `{"number": 442071838750}`, want: Click{Number: "442071838750"}},
	"the largest number that is exact":   {json: `{"number": 9007199254740991}`, want: Click{Number: "9007199254740991"}},
	"nulls for what is not known":        {json: `{"number": "1", "recordId": null, "personAccount": null}`, want: Click{Number: "1"}},
	"a record of another type":           {json: `{"number": "1", "recordId": 5, "recordName": {}, "objectType": "Lead", "personAccount": "yes"}`, want: Click{Number: "1", ObjectType: "Lead"}},
	"null":                               {json: `null`},
	"a text":                             {json: `"442071838750"`},
	"a list":                             {json: `[{"number": "1"}]`},
	"no number":                          {json: `{"recordId": "0031"}`},
	"no number in the older form":        {json: `{"returnValue": {}}`},
	"a flat click with an answer":        {json: `{"number": "1", "returnValue": {"number": "2"}}`, want: Click{Number: "1"}},
	"an empty number":                    {json: `{"number": " "}`},
	"a negative number":                  {json: `{"number": -1}`},
	"a number with a fraction":           {json: `{"number": 1.5}`},
	"a number that is not exact":         {json: `{"number": 9007199254740993}`},
	"a number that is an object":         {json: `{"number": {}}`},
}

func TestParseClick(t *testing.T) {
	t.Parallel()
	for name, tt := range clickTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var payload any
			require.NoError(t, json.Unmarshal([]byte(tt.json), &payload))
			click, ok := parseClick(payload)
			require.Equal(t, tt.want != Click{}, ok)
			if ok {
				require.Equal(t, tt.want, click)
			}
		})
	}
}

// FuzzParseClick holds what is promised of a click, whatever the page sends.
func FuzzParseClick(f *testing.F) {
	for _, tt := range clickTests {
		f.Add(tt.json)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var payload any
		if json.Unmarshal([]byte(text), &payload) != nil {
			return
		}
		click, ok := parseClick(payload)
		require.Equal(t, ok, click.Number != "")
		require.Equal(t, strings.TrimSpace(click.Number), click.Number)
	})
}
