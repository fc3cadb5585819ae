package twilioapi

import (
	"encoding/json"
	"net/http"
	"slices"
)

// properties are what the Flex Configuration has, that can be set.
// See https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
var properties = []string{
	"account_sid", "attributes", "taskrouter_skills", "taskrouter_worker_channels", "taskrouter_worker_attributes",
	"ui_language", "ui_attributes", "ui_dependencies", "ui_version", "call_recording_enabled", "call_recording_webhook_url",
	"crm_enabled", "crm_type", "crm_callback_url", "crm_fallback_url", "crm_attributes", "public_attributes",
	"plugin_service_enabled", "plugin_service_attributes", "integrations", "outbound_call_flows", "serverless_service_sids",
	"queue_stats_configuration", "notifications", "markdown", "flex_insights_hr", "flex_insights_drilldown", "flex_url",
	"channel_configs", "debugger_integration", "flex_ui_status_report", "agent_conv_end_methods", "citrix_voice_vdi", "offline_config",
}

func (a *API) getConfiguration(*call) (int, any, *failure) {
	return http.StatusOK, a.configuration, nil
}

// setConfiguration replaces the properties that are given, each as a whole.
func (a *API) setConfiguration(c *call) (int, any, *failure) {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(c.body, &given); err != nil {
		return 0, nil, invalid("the body is not a JSON object")
	}
	if string(given["account_sid"]) != string(quote(a.options.AccountSID)) {
		return 0, nil, invalid("account_sid must be that of the account")
	}
	for name := range given {
		if !slices.Contains(properties, name) {
			return 0, nil, invalid("the Configuration has no property %s that can be set", name)
		}
	}
	for name, value := range given {
		a.configuration[name] = value
	}
	return http.StatusOK, a.configuration, nil
}

// getDesktop is flex.twilio.com itself: only its headers matter here.
func (a *API) getDesktop(*call) (int, any, *failure) {
	header := http.Header{}
	if a.frame != "" {
		header.Set("Content-Security-Policy", a.frame)
	}
	return http.StatusOK, header, nil
}
