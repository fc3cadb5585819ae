//go:build e2e

package lightning_test

import (
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

func TestE2EAFlowIsPoppedWithItsArguments(t *testing.T) {
	d := open(t, origin+"/", func(c *lightning.Console) { c.PopToFlow("Greeting") })
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))
	const args = `[{name: 'phone', type: 'String', value: '14155550123'}]`
	require.NoError(t, d.frame.Eval(ctx, `ask('searchAndScreenPop', {searchParams: '4155550123', callType: 'inbound', deferred: false,
		params: {FLOW: {flowArgs: `+args+`}}})`, nil))
	require.NoError(t, d.frame.Eval(ctx, `ask('screenPop', {type: 'flow', params: {flowDevName: 'Other', flowArgs: `+args+`}})`, nil))
	pops, err := d.console.AwaitPops(ctx, 2)
	require.NoError(t, err)
	for i, flow := range []string{"Greeting", "Other"} {
		require.Equal(t, "flow", pops[i].Type)
		require.Equal(t, flow, pops[i].Params["flowDevName"])
		require.Equal(t, []any{map[string]any{"name": "phone", "type": "String", "value": "14155550123"}}, pops[i].Params["flowArgs"])
	}
}
