package twilio

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// serveFlexAPI answers flex-api.twilio.com: the configuration and the login.
func (t *Twilio) serveFlexAPI(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case path == "/v1/Configuration":
		writeJSON(w, http.StatusOK, t.configuration())
	case strings.HasSuffix(path, "/Tokens/Info"):
		expires := timestamp(time.Now().Add(tokenLifetime))
		writeJSON(w, http.StatusOK, map[string]any{
			"valid": true, "roles": []string{"agent"}, "identity": identity, "flex_user_sid": flexUserSID, "worker_sid": workerSID,
			"realm_user_id": identity, "date_expired": expires, "expiration": expires,
		})
	case legacyChat.MatchString(path):
		writeJSON(w, http.StatusOK, map[string]any{})
	case path == "/v1/account/provision/status":
		writeJSON(w, http.StatusOK, map[string]any{"status": "inactive"})
	default:
		t.serveOther(w, r, r.Host)
	}
}

// legacyChat is who is in a chat of before Flex Conversations, and whether it is still open.
var legacyChat = regexp.MustCompile(`^/v1/Channels/CH\w+(/Roles/|$|/)`)

// configuration is the Flex Configuration. Flex does not start without ui_attributes, outbound_call_flows.default, the taskrouter_*
// SIDs and channel_configs.
func (t *Twilio) configuration() map[string]any {
	t.mu.Lock()
	uiAttributes := json.RawMessage(mustJSON(t.uiAttributes))
	settings := maps.Clone(t.settings)
	t.mu.Unlock()
	now := timestamp(time.Now())
	none := map[string]any{}
	configuration := map[string]any{
		"account_sid": accountSID, "date_created": now, "date_updated": now, "attributes": none, "status": "ok", "url": "https://flex-api.twilio.com/v1/Configuration",
		"taskrouter_workspace_sid": workspaceSID, "taskrouter_target_workflow_sid": workflowSID, "taskrouter_target_taskqueue_sid": queueSID,
		"taskrouter_taskqueues": []any{}, "taskrouter_skills": []any{}, "taskrouter_worker_channels": none, "taskrouter_worker_attributes": none,
		"taskrouter_offline_activity_sid": activities(time.Now())[0].SID, "runtime_domain": "https://flex.twilio.com",
		"messaging_service_instance_sid": "MG00000000000000000000000000000001", "chat_service_instance_sid": instanceSID,
		"flex_service_instance_sid": instanceSID, "flex_instance_sid": "GO00000000000000000000000000000001",
		"ui_language": "en", "ui_attributes": uiAttributes, "ui_dependencies": none, "ui_version": "2.17.1", "service_version": "1",
		"call_recording_enabled": false, "crm_enabled": false, "public_attributes": none,
		"plugin_service_enabled": true, "plugin_service_attributes": none, "integrations": []any{}, "serverless_service_sids": []any{},
		"outbound_call_flows": map[string]any{"default": map[string]any{
			"enabled": true, "workflow_sid": workflowSID, "queue_sid": queueSID, "caller_id": centreNumber, "location": "US",
		}},
		"queue_stats_configuration": none, "notifications": none, "markdown": none, "channel_configs": []any{},
	}
	maps.Copy(configuration, settings)
	return configuration
}

// serveOther answers the hosts that Flex can do without.
func (t *Twilio) serveOther(w http.ResponseWriter, r *http.Request, host string) {
	switch {
	case host == "assets.flex.twilio.com" && strings.HasSuffix(r.URL.Path, ".json"):
		writeJSON(w, http.StatusOK, []any{})
	case host == "status.twilio.com":
		writeJSON(w, http.StatusOK, map[string]any{
			"page": map[string]any{}, "components": []any{}, "incidents": []any{}, "scheduled_maintenances": []any{},
			"status": map[string]any{"indicator": "none", "description": "ok"},
		})
	case strings.HasSuffix(r.URL.Path, ".mp3"):
		serveSound(w)
	case decoration[host] || strings.HasPrefix(host, "eventgw."):
		writeJSON(w, http.StatusNotFound, map[string]any{})
	default:
		t.log("http: " + r.Method + " " + host + r.URL.Path)
		t.noteUnknown(r.Method + " " + host + anonymous.ReplaceAllString(r.URL.Path, "$1…"))
		writeJSON(w, http.StatusNotFound, map[string]any{})
	}
}

// decoration are the hosts of fonts, sounds and statistics, whose absence Flex does not mind.
var decoration = map[string]bool{
	"assets.flex.twilio.com": true, "assets.twilio.com": true, "media.twiliocdn.com": true, "sdk.twilio.com": true, "flex-sdk.twilio.com": true,
}
