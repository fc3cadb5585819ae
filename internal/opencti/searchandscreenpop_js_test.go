package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestSearchAndScreenPop(t *testing.T) {
	sends(t, "searchAndScreenPop", `{"callType":"inbound","defaultFieldValues":{"LastName":"Lee","Phone":"4420"},"deferred":false,"searchParams":"4420"}`,
		func(ctx span.Context, c *Client) error {
			return c.SearchAndScreenPop(ctx, "4420", CallInbound, map[string]any{"Phone": "4420", "LastName": "Lee"})
		})
}

func TestSearchAndScreenPopWithoutDefaults(t *testing.T) {
	c := salesforce(t, long, "searchAndScreenPop", `a.callback({success: Object.keys(a).sort().join() === "callType,callback,deferred,searchParams" && a.callType === "outbound"})`)
	require.NoError(t, c.SearchAndScreenPop(t.Context(), "4420", CallOutbound, nil))
}

func TestSearchAndScreenPopSendsNothingItCannot(t *testing.T) {
	c := salesforce(t, long, "searchAndScreenPop", `throw "called"`)
	for wantErr, err := range map[string]error{
		"opencti: searchAndScreenPop: the search or the call type is missing":                 c.SearchAndScreenPop(t.Context(), "", CallInbound, nil),
		"opencti: searchAndScreenPop: field Tags is not a string, a number, a boolean or nil": c.SearchAndScreenPop(t.Context(), "4420", CallInbound, map[string]any{"Tags": []any{}}),
	} {
		require.EqualError(t, err, wantErr)
		require.ErrorIs(t, err, ErrNotSent)
	}
	require.EqualError(t, c.SearchAndScreenPop(t.Context(), "4420", "", nil), "opencti: searchAndScreenPop: the search or the call type is missing")
}
