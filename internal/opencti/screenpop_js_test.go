package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestScreenPop(t *testing.T) {
	try(t, "screenPop", map[string]way{
		"answers later":          {body: `setTimeout(() => a.callback({success: true, returnValue: null, errors: null}), 1)`},
		"answers at once":        {body: `a.callback({success: true, returnValue: null, errors: null})`},
		"answers a success only": {body: `a.callback({success: true})`},
		"sends what it was given": {
			body: `a.callback({success: JSON.stringify([a.type, a.params]) === '["sobject",{"recordId":"500xx0000000001AAA"}]'})`,
		},
	}, func(ctx span.Context, c *Client) (any, error) {
		return nil, c.PopRecord(ctx, "500xx0000000001AAA")
	})
}

func TestPopFlow(t *testing.T) {
	sends(t, "screenPop", `{"params":{"flowArgs":[{"name":"caller","type":"String","value":"4420"}],"flowDevName":"Greet"},"type":"flow"}`,
		func(ctx span.Context, c *Client) error {
			return c.PopFlow(ctx, "Greet", []FlowArg{{Name: "caller", Type: "String", Value: "4420"}})
		})
}

func TestPopFlowWithoutArguments(t *testing.T) {
	c := salesforce(t, long, "screenPop", `a.callback({success: JSON.stringify(a.params) === '{"flowDevName":"Greet"}'})`)
	require.NoError(t, c.PopFlow(t.Context(), "Greet", nil))
}

func TestScreenPopSendsNothingItCannot(t *testing.T) {
	c := salesforce(t, long, "screenPop", `throw "called"`)
	require.EqualError(t, c.PopRecord(t.Context(), ""), "opencti: screenPop: recordId is no record ID")
	require.EqualError(t, c.ScreenPop(t.Context(), "", nil), "opencti: screenPop: the type or params is missing")
	err := c.ScreenPop(t.Context(), PopURL, map[string]any{"url": []string{"/"}})
	require.EqualError(t, err, "opencti: screenPop: jscall: an argument of openCTI has no JSON")
	require.EqualError(t, c.PopFlow(t.Context(), "", nil), "opencti: screenPop: flowDevName is missing")
	require.EqualError(t, c.PopFlow(t.Context(), "Greet", []FlowArg{{Name: "caller"}}), "opencti: screenPop: an argument of the flow has no name or no type")
}
