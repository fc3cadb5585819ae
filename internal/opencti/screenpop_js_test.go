package opencti

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScreenPop(t *testing.T) {
	try(t, "screenPop", map[string]way{
		"answers later":          {body: `setTimeout(() => a.callback({success: true, returnValue: null, errors: null}), 1)`},
		"answers at once":        {body: `a.callback({success: true, returnValue: null, errors: null})`},
		"answers a success only": {body: `a.callback({success: true})`},
		"sends what it was given": {
			body: `a.callback({success: JSON.stringify([a.type, a.params]) === '["sobject",{"recordId":"500xx0000000001AAA"}]'})`,
		},
	}, func(ctx context.Context, c *Client) (any, error) {
		return nil, c.PopRecord(ctx, "500xx0000000001AAA")
	})
}

func TestScreenPopTakesNestedParams(t *testing.T) {
	c := salesforce(t, long, "screenPop", `a.callback({success: a.type === "flow" && a.params.flowArgs[0].value === 3})`)
	require.NoError(t, c.ScreenPop(t.Context(), PopFlow, map[string]any{
		"flowDevName": "Greet",
		"flowArgs":    []any{map[string]any{"name": "n", "type": "Number", "value": 3}},
	}))
}

func TestScreenPopSendsNothingItCannot(t *testing.T) {
	c := salesforce(t, long, "screenPop", `throw "called"`)
	require.EqualError(t, c.PopRecord(t.Context(), ""), "opencti: screenPop: recordId is no record ID")
	require.EqualError(t, c.ScreenPop(t.Context(), "", nil), "opencti: screenPop: the type or params is missing")
	err := c.ScreenPop(t.Context(), PopURL, map[string]any{"url": []string{"/"}})
	require.EqualError(t, err, "opencti: screenPop: ValueOf: invalid value")
}
