//go:build e2e

package e2e

import (
	"context"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/org"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// All other tests run as an agent who has the shipped permission set and nothing
// else. This one begins without it.
func TestE2EAnAgentWithoutThePermissionSetIsToldItsName(t *testing.T) {
	d := openDesk(t)
	require.NoError(t, centre.Org.ActAs(d.soon()))
	t.Cleanup(func() { require.NoError(t, centre.Org.ActAs(context.Background(), org.AgentPermissionSet)) })
	call := d.ring(twilio.Task{})
	d.accept(call)
	const name = "Twilio Case Log Agent"
	d.comes("the sentence in the console", func() bool { return d.says("caselog:", "Ask your Salesforce admin", name) })
	require.NoError(t, d.flex.Wait(d.soon(), "the notification", "document.body.innerText.includes('"+name+"')"))
	require.Empty(t, d.logsOf(call))

	// The admin assigns it; nothing of the call is lost.
	require.NoError(t, centre.Org.ActAs(d.soon(), org.AgentPermissionSet))
	require.NoError(t, d.flex.Eval(d.soon(), "void flexCaselog.retry()", nil))
	d.isPopped(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}
