package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

// caseID is the record that these tests ask for.
const caseID = "500xx0000000001AAA"

// views are what a page answers that is asked what it shows: the bodies of
// getAppViewInfo, and whether that is this record.
var views = map[string]struct {
	body  string
	shown bool
}{
	"answers later":                    {`setTimeout(() => ` + shown + `, 1)`, true},
	"answers at once":                  {`a.callback({success: true, returnValue: {recordId: "` + caseID + `", url: 5, more() {}}})`, true},
	"answers with the short id":        {`a.callback({success: true, returnValue: {recordId: "500xx0000000001"}})`, true},
	"answers with another record":      {`a.callback({success: true, returnValue: {recordId: "500xx0000000002AAA"}})`, false},
	"answers with the beginning of it": {`a.callback({success: true, returnValue: {recordId: "500xx"}})`, false},
	"answers with no record":           {`a.callback({success: true, returnValue: {url: "/x"}})`, false},
	"answers with an empty id":         {`a.callback({success: true, returnValue: {recordId: ""}})`, false},
	"answers with an id that is none":  {`a.callback({success: true, returnValue: {recordId: 500}})`, false},
	"answers null":                     {`a.callback({success: true, returnValue: null})`, false},
	"answers a text":                   {`a.callback({success: true, returnValue: "` + caseID + `"})`, false},
	"answers nothing":                  {`a.callback()`, false},
	"answers what can't be read":       {`a.callback({success: true, get returnValue() { throw "no" }})`, false},
	"answers twice":                    {`a.callback({success: true, returnValue: null}); ` + shown, false},
	"refuses":                          {`a.callback({success: false, returnValue: {recordId: "` + caseID + `"}, errors: ["no access"]})`, false},
	"answers a success that is a text": {`a.callback({success: "true", returnValue: {recordId: "` + caseID + `"}})`, false},
	"throws":                           {`throw "not ready"`, false},
	"answers a long time afterwards":   {`setTimeout(() => ` + shown + `, ` + afterwards + `)`, false},
	"never answers":                    {``, false},
}

// afterwards is later than lookTime, in milliseconds.
const afterwards = `1100`

func TestShows(t *testing.T) {
	for name, tt := range views {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.shown, salesforce(t, long, "getAppViewInfo", tt.body).Shows(t.Context(), caseID))
		})
	}
	t.Run("is not there", func(t *testing.T) {
		require.False(t, viewless(t).Shows(t.Context(), caseID))
	})
	t.Run("by its short id", func(t *testing.T) {
		require.True(t, salesforce(t, long, "other", ``).Shows(t.Context(), caseID[:15]))
	})
	t.Run("no record", func(t *testing.T) {
		require.False(t, salesforce(t, long, "getAppViewInfo", `a.callback({success: true, returnValue: {recordId: ""}})`).Shows(t.Context(), ""))
	})
	t.Run("the caller has given up", func(t *testing.T) {
		ctx, cancel := span.WithCancel(t.Context())
		cancel()
		require.False(t, salesforce(t, long, "getAppViewInfo", `throw "called"`).Shows(ctx, caseID))
	})
}

// viewless returns a client of a library that can't say what is shown.
func viewless(t *testing.T) *Client {
	t.Helper()
	c := salesforce(t, long, "refreshView", `throw "called"`)
	require.NoError(t, library(t, c.page).Delete("getAppViewInfo"))
	return c
}
