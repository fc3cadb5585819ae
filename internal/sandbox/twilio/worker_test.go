package twilio

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASupervisorChangesTheActivity(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	tab := f.tab()
	require.NoError(t, f.SetActivity("Offline"))
	kind, payload := tab.event()
	require.Equal(t, "worker.activity.update", kind)
	require.Equal(t, "Offline", payload["activity_name"])
	require.Equal(t, false, payload["available"])
	require.Error(t, f.SetActivity("Lunch"))
}

func TestVoiceIsRefused(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	p := f.phone()
	f.VoiceGone()
	require.Contains(t, p.hear("error"), "error")
	p.say("listen", map[string]any{"token": "t"})
	require.InDelta(t, accessTokenInvalid, p.hear("error")["error"].(map[string]any)["code"], 0)
	f.VoiceBack()
	p.say("listen", map[string]any{"token": "t"})
	p.hear("connected")
}

func TestTheConfigurationItselfCanBeChanged(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	f.SetConfiguration(map[string]any{"agent_conv_end_methods": map[string]any{"enabled": []string{"Pause"}}})
	const path = "/v1/Configuration"
	require.Contains(t, f.askJSON("GET", "flex-api.twilio.com", path, nil), "agent_conv_end_methods")
	f.SetConfiguration(map[string]any{"agent_conv_end_methods": nil})
	require.NotContains(t, f.askJSON("GET", "flex-api.twilio.com", path, nil), "agent_conv_end_methods")
}
