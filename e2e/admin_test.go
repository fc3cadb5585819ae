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

// What an admin can set, and no other test does.
func TestE2EWhatAnAdminSets(t *testing.T) {
	t.Run("another version of Open CTI, and calls among colleagues", func(t *testing.T) {
		d := configured(t, map[string]any{"api_version": "67.0", "internal_calls": true, "notes_path": "memo"})
		call := d.takes(twilio.Task{Attributes: map[string]any{"client_call": true, "memo": "From a colleague."}})
		require.Equal(t, "Salesforce's library 67.0", d.flexReport().Versions["openCTI"])
		require.Equal(t, 67, d.lastCall("screenPop").APIVersion)
		d.hangUp(call)
		d.complete(call)
		d.keeps(sandbox.StoryOf(call))
		require.Equal(t, "From a colleague.", d.raw(call)[sandbox.StatusCompleted]["Notes__c"])
	})
	t.Run("no screen pop where the agent called", func(t *testing.T) {
		d := configured(t, map[string]any{"pop_outbound": false})
		call := d.ring(twilio.Task{Attributes: map[string]any{"direction": "outbound", "outbound_to": "+442079460051"}})
		require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Accepted)) // by Flex, without a click
		d.saysOfThePop("screen pop: not done: the agent called, and pop_outbound is false")
		d.hangUp(call)
		d.complete(call)
		st := sandbox.StoryOf(call)
		st.Pops = 0
		d.keeps(st)
	})
	t.Run("a worker's own settings, and the off switch", func(t *testing.T) {
		set(t, map[string]any{"screen_pop": "accept"})
		centre.Twilio.SetWorkerAttributes(map[string]any{"config_overrides": map[string]any{"features": map[string]any{"caselog": map[string]any{"enabled": false}}}})
		t.Cleanup(func() { centre.Twilio.SetWorkerAttributes(map[string]any{"config_overrides": nil}) })
		d := openDesk(t)
		call := d.ring(twilio.Task{})
		d.accept(call)
		d.hangUp(call)
		d.complete(call)
		d.comes("the report", func() bool { return d.flexReport().Pop == "screen pop: not done: switched off by its configuration" })
		require.Empty(t, d.wire())
	})
}

// What an IVR, or whoever routes the task, says about whose record it is.
func TestE2EATaskThatNamesACaseHasThatCase(t *testing.T) {
	require.NoError(t, centre.Org.ActAs(t.Context(), org.AgentPermissionSet, "TwilioCaseLogMatching"))
	t.Cleanup(func() { require.NoError(t, centre.Org.ActAs(context.Background(), org.AgentPermissionSet)) })
	d := openDesk(t)
	open := d.inserts("Case", map[string]any{"Subject": "Told to the IVR"})
	call := d.ring(twilio.Task{Attributes: map[string]any{"sfdcObjectId": open, "sfdcObjectType": "Case"}})
	d.accept(call)
	d.comes("the pop of that Case", func() bool { return len(d.pops(call)) == 1 })
	require.Equal(t, open, d.caseOf(call).ID)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}
