//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EAStandInForOpenCTIIsUsedAsItIs(t *testing.T) {
	for name, shim := range map[string]lightning.Shim{
		"one that does everything":            {},
		"one whose saveLog gives no ids":      {NoIDs: true},
		"one that can't say what is shown":    {Missing: []string{"getAppViewInfo"}},
		"one that can only do what is needed": {Missing: []string{"getAppViewInfo", "isSoftphonePanelVisible", "getSoftphoneLayout", "getCallCenterSettings", "refreshView", "onClickToDial"}},
	} {
		t.Run(name, func(t *testing.T) {
			scripts := len(centre.Console.ScriptRequests())
			d := openDeskWith(t, shim.Script())
			call := d.takes(twilio.Task{})
			d.hangUp(call)
			d.complete(call)
			d.keeps(sandbox.StoryOf(call))
			require.Len(t, centre.Console.ScriptRequests(), scripts, "Salesforce's own library is not loaded beside it")
			if len(shim.Missing) > 0 {
				require.True(t, d.says("caselog:", "the Open CTI in this page has no", shim.Missing[0]))
			}
		})
	}
}

func TestE2EAStandInWithoutApexIsToldAndCostsNothing(t *testing.T) {
	d := openDeskWith(t, lightning.Shim{Missing: []string{"runApex"}}.Script())
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.names("missing method: ")
	require.NoError(t, d.flex.Wait(d.soon(), "the sentence", "document.body.innerText.includes('has no runApex')"))
	d.hangUp(call)
	d.complete(call)
	d.comes("the call is kept", func() bool { return d.flexReport().Outbox.Waiting == 1.0 })
}
