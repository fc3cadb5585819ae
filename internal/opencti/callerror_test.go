package opencti

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// failureTests are errors as Salesforce sends them, or might: as JSON, what is
// read from them, and their text.
var failureTests = map[string]struct {
	json, want string
	failures   []Failure
}{
	"the guide's saveLog error, with details": {
		json: `[{"code": "GENERIC_ERROR", "description": "Review the Details field.", "details": [{"message": "bad value", "errorCode": "INVALID_FIELD"}]}]`,
		failures: []Failure{{"GENERIC_ERROR", "Review the Details field.", []Detail{
			{"bad value", "INVALID_FIELD"},
		}}},
		want: "opencti: saveLog: GENERIC_ERROR: Review the Details field.; INVALID_FIELD: bad value",
	},
	"no details": {
		json:     `[{"code": "SERVER_ERROR", "description": "Could not load Apex class: X.", "details": null}]`,
		failures: []Failure{{Code: "SERVER_ERROR", Description: "Could not load Apex class: X."}},
		want:     "opencti: saveLog: SERVER_ERROR: Could not load Apex class: X.",
	},
	"details that are strings": {
		json:     `[{"code": "GENERIC_ERROR", "details": ["first", "", "second"]}]`,
		failures: []Failure{{Code: "GENERIC_ERROR", Details: []Detail{{Message: "first"}, {Message: "second"}}}},
		want:     "opencti: saveLog: GENERIC_ERROR; first; second",
	},
	"details that are one string": {
		json:     `[{"description": "no", "details": "first"}]`,
		failures: []Failure{{Description: "no", Details: []Detail{{Message: "first"}}}},
		want:     "opencti: saveLog: no; first",
	},
	"details as Lightning's record form has them": {
		json: `[{"code": "GENERIC_ERROR", "details": {"message": "An error occurred", "output": {
			"errors": [{"errorCode": "DUPLICATE_VALUE", "message": "duplicate value found", "fields": ["Key__c"]}],
			"fieldErrors": {"Case__c": [{"statusCode": "REQUIRED_FIELD_MISSING", "message": "Case is required"}]}}}}]`,
		failures: []Failure{{Code: "GENERIC_ERROR", Details: []Detail{
			{Message: "An error occurred"}, {"duplicate value found", "DUPLICATE_VALUE"}, {"Case is required", "REQUIRED_FIELD_MISSING"},
		}}},
		want: "opencti: saveLog: GENERIC_ERROR; An error occurred; DUPLICATE_VALUE: duplicate value found; REQUIRED_FIELD_MISSING: Case is required",
	},
	"errors that are strings": {
		json:     `["no access", "no field"]`,
		failures: []Failure{{Description: "no access"}, {Description: "no field"}},
		want:     "opencti: saveLog: no access; no field",
	},
	"errors that are one object": {
		json:     `{"message": "no access", "statusCode": "INSUFFICIENT_ACCESS"}`,
		failures: []Failure{{Code: "INSUFFICIENT_ACCESS", Description: "no access"}},
		want:     "opencti: saveLog: INSUFFICIENT_ACCESS: no access",
	},
	"errors that are one string": {
		json:     `"no access"`,
		failures: []Failure{{Description: "no access"}},
		want:     "opencti: saveLog: no access",
	},
	"errors below another name": {
		json:     `[{"body": {"message": "no access"}}]`,
		failures: []Failure{{Details: []Detail{{Message: "no access"}}}},
		want:     "opencti: saveLog: no access",
	},
	"errors that are null":         {json: `null`, want: "opencti: saveLog: refused without a reason"},
	"errors that are an empty one": {json: `[{}, [], "", 3, null]`, want: "opencti: saveLog: refused without a reason"},
	"errors that are a number":     {json: `7`, want: "opencti: saveLog: refused without a reason"},
}

func TestParseFailures(t *testing.T) {
	t.Parallel()
	for name, tt := range failureTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var errors any
			require.NoError(t, json.Unmarshal([]byte(tt.json), &errors))
			err := &CallError{Method: "saveLog", Errors: parseFailures(errors)}
			require.Equal(t, tt.failures, err.Errors)
			require.EqualError(t, err, tt.want)
		})
	}
}

// FuzzParseFailures holds what the plugin relies on, whatever Salesforce sends:
// no panic, a text that names the method, and every code that was read is in it.
func FuzzParseFailures(f *testing.F) {
	for _, tt := range failureTests {
		f.Add(tt.json)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var errors any
		if json.Unmarshal([]byte(text), &errors) != nil {
			return
		}
		err := &CallError{Method: "saveLog", Errors: parseFailures(errors)}
		require.True(t, strings.HasPrefix(err.Error(), "opencti: saveLog: "))
		require.Greater(t, len(err.Error()), len("opencti: saveLog: "))
		for _, failure := range err.Errors {
			require.NotEqual(t, Failure{}.text(), failure.text())
			for _, detail := range failure.Details {
				require.NotEqual(t, Detail{}, detail)
				require.Contains(t, err.Error(), detail.Code)
			}
		}
	})
}
