package flexbridge_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/flexbridge"
)

func TestParseConfig(t *testing.T) {
	t.Parallel()
	with := func(change func(*flexbridge.Config)) flexbridge.Config {
		c := flexbridge.DefaultConfig()
		change(&c)
		return c
	}
	tests := map[string]struct {
		layers   []map[string]any
		want     flexbridge.Config
		warnings []string
	}{
		"nothing is set": {want: flexbridge.DefaultConfig()},
		"everything is set": {
			layers: []map[string]any{{
				"enabled": false, "api_version": "67.0", "channels": []any{"voice"}, "screen_pop": "off",
				"click_to_dial": true, "trusted_hosts": []any{"cti.example.com"}, "apex_class": "acme.Controller",
				"log_object": "acme__Log__c", "log_level": "debug",
			}},
			want: flexbridge.Config{
				APIVersion: "67.0", Channels: []string{"voice"}, ScreenPop: "off", ClickToDial: true,
				TrustedHosts: []string{"cti.example.com"}, ApexClass: "acme.Controller", LogObject: "acme__Log__c", LogLevel: "debug",
			},
		},
		"the worker's settings go over the account's, key by key": {
			layers: []map[string]any{{"screen_pop": "off", "log_level": "info"}, {"log_level": "debug"}},
			want:   with(func(c *flexbridge.Config) { c.ScreenPop, c.LogLevel = "off", "debug" }),
		},
		"a wrong setting of the worker leaves the account's": {
			layers:   []map[string]any{{"log_level": "info"}, {"log_level": "loud"}},
			want:     with(func(c *flexbridge.Config) { c.LogLevel = "info" }),
			warnings: []string{`the setting "log_level" must be "debug", "info", "warn" or "error"; it is ignored`},
		},
		"an unknown key is named": {
			layers:   []map[string]any{{"chanels": []any{"voice"}}},
			want:     flexbridge.DefaultConfig(),
			warnings: []string{`the setting "chanels" is not known and has no effect`},
		},
		"every wrong type is named, in order": {
			layers: []map[string]any{{
				"enabled": "no", "api_version": 62.0, "channels": "voice", "screen_pop": true, "click_to_dial": nil,
				"trusted_hosts": []any{1.0}, "apex_class": "", "log_object": "Log; drop", "log_level": nil,
			}},
			want: flexbridge.DefaultConfig(),
			warnings: []string{
				`the setting "apex_class" must be the name of an Apex class; it is ignored`,
				`the setting "api_version" must be text such as "62.0"; it is ignored`,
				`the setting "channels" must be a list of task channels; it is ignored`,
				`the setting "click_to_dial" must be true or false; it is ignored`,
				`the setting "enabled" must be true or false; it is ignored`,
				`the setting "log_level" must be "debug", "info", "warn" or "error"; it is ignored`,
				`the setting "log_object" must be the API name of an object; it is ignored`,
				`the setting "screen_pop" must be "accept", "select" or "off"; it is ignored`,
				`the setting "trusted_hosts" must be a list of host names; it is ignored`,
			},
		},
		"no channel at all is a choice": {
			layers: []map[string]any{{"channels": []any{}}},
			want:   with(func(c *flexbridge.Config) { c.Channels = []string{} }),
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, warnings := flexbridge.ParseConfig(tt.layers)
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.warnings, warnings)
		})
	}
}
