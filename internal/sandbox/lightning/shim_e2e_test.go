//go:build e2e

package lightning_test

import (
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

func TestE2EAShimAnswersAsFarAsItCan(t *testing.T) {
	const created = `{entityApiName: 'TwilioCallLog__c', Name: 'x', Case__c: '` + caseID + `'}`
	d := open(t, origin+"/", nil)
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))
	use := func(s lightning.Shim) {
		require.NoError(t, d.frame.Eval(ctx, "(() => {"+s.Script()+"})()", nil))
	}
	var answer map[string]any

	use(lightning.Shim{})
	require.NoError(t, d.frame.Eval(ctx, "ask('saveLog', {value: "+created+"})", &answer))
	require.Contains(t, answer["returnValue"], "recordId")
	require.NoError(t, d.frame.Eval(ctx, "ask('runApex', {apexClass: 'C', methodName: 'createRecords', methodParams: ''})", &answer))
	require.Contains(t, answer["returnValue"], "runApex")

	use(lightning.Shim{NoIDs: true, DeafApex: true, Missing: []string{"getAppViewInfo"}})
	answer = nil
	before := len(d.org.Records(ctx, "TwilioCallLog__c"))
	require.NoError(t, d.frame.Eval(ctx, "ask('saveLog', {value: "+created+"})", &answer))
	require.Equal(t, map[string]any{"success": true}, answer)
	require.Eventually(t, func() bool { return len(d.org.Records(ctx, "TwilioCallLog__c")) == before+1 }, time.Minute, time.Millisecond)
	var kind string
	require.NoError(t, d.frame.Eval(ctx, "typeof sforce.opencti.getAppViewInfo", &kind))
	require.Equal(t, "undefined", kind)
	calls := len(d.console.Wire())
	require.NoError(t, d.frame.Eval(ctx, "void sforce.opencti.runApex({callback() { window.answered = true; }})", nil))
	require.NoError(t, d.frame.Eval(ctx, "ask('isSoftphonePanelVisible', {x: 1})", nil))
	require.Len(t, d.console.Wire(), calls+1, "runApex was not even sent")
	require.NoError(t, d.frame.Wait(ctx, "no answer", "window.answered === undefined"))
}
