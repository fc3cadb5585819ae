//go:build !js

package flexbridge_test

import (
	"encoding/json"
	"fmt"
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
			layers: []map[string]any{{"enabled": "no", "channels": "voice", "api_version": 62.0}},
			want:   flexbridge.DefaultConfig(),
			warnings: []string{
				`the setting "api_version" must be text such as "62.0"; it is ignored`,
				`the setting "channels" must be a list of task channels; it is ignored`,
				`the setting "enabled" must be true or false; it is ignored`,
			},
		},
		"of log_fields what is right is kept": {
			layers: []map[string]any{{"log_fields": map[string]any{
				"Skill__c": "attributes.skill", "Key__c": "attributes.key", "Size__c": map[string]any{"path": "attributes.size", "type": "huge"},
				"Age__c": map[string]any{"path": "age", "type": "number"}, "Secret__c": "window.name", "Deep__c": "attributes.a..b", "Bare__c": "attributes",
			}}},
			want: with(func(c *flexbridge.Config) {
				c.LogFields = []flexbridge.LogField{{Field: "Age__c", Path: "age", Type: "number"}, {Field: "Skill__c", Path: "attributes.skill"}}
			}),
			warnings: []string{`the setting "log_fields" must map fields that the case log does not fill itself to paths such as "attributes.skill"; ` +
				`not used: Bare__c, Deep__c, Key__c, Secret__c, Size__c`},
		},
		"the worker takes the log_fields away": {
			layers: []map[string]any{{"log_fields": map[string]any{"Skill__c": "attributes.skill"}}, {"log_fields": map[string]any{}}},
			want:   flexbridge.DefaultConfig(),
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

// TestEachKey has for each key of the configuration its default, a value that can be
// set, and some that can't.
func TestEachKey(t *testing.T) {
	t.Parallel()
	flag := []any{"yes", 1.0, nil}
	tests := map[string]struct {
		byDefault, set any
		wrong          []any
		want           string
	}{
		"enabled":            {true, false, flag, "true or false"},
		"channels":           {[]any{"voice", "chat", "sms", "whatsapp", "web", "email", "messenger"}, []any{"voice", "fax"}, []any{"voice", []any{1.0}, nil}, "a list of task channels"},
		"internal_calls":     {false, true, flag, "true or false"},
		"screen_pop":         {"accept", "select", []any{"ring", true, nil}, `"accept", "select" or "off"`},
		"pop_target":         {"case", "flow:Greet_Caller", []any{"lead", "flow:", "flow:a b", 1.0}, `"case", "contact", "search" or "flow:" and the API name of a flow`},
		"pop_outbound":       {true, false, flag, "true or false"},
		"open_panel_on_ring": {false, true, flag, "true or false"},
		"click_to_dial":      {false, true, flag, "true or false"},
		"default_country":    {"", "GB", []any{"gb", "GBR", 44.0, nil}, `a country's two letters, such as "GB", or ""`},
		"log_fields":         {map[string]any{}, map[string]any{"Skill__c": "attributes.skill", "Age__c": map[string]any{"path": "age", "type": "number"}}, []any{"Skill__c", []any{}, nil}, "an object of field names and paths into the task"},
		"disposition_path":   {"conversations.outcome", "wrapup.code", []any{"", "a..b", 1.0}, `a path into the task's attributes, such as "conversations.outcome"`},
		"notes_path":         {"conversations.content", "wrapup.notes", []any{"", ".", nil}, `a path into the task's attributes, such as "conversations.content"`},
		"log_activity":       {false, true, flag, "true or false"},
		"select_log":         {false, true, flag, "true or false"},
		"apex_class":         {"TwilioCaseController", "acme.Controller", []any{"", "1a", true}, "the name of an Apex class"},
		"log_object":         {"TwilioCallLog__c", "acme__Log__c", []any{"Log; drop", "", 1.0}, "the API name of an object"},
		"api_version":        {"62.0", "67.0", []any{62.0, "62", "62.1", "v62.0"}, `text such as "62.0"`},
		"trusted_hosts":      {[]any{}, []any{"cti.example.com"}, []any{"cti.example.com", []any{1.0}}, "a list of host names"},
		"log_level":          {"warn", "debug", []any{"loud", 1.0, nil}, `"debug", "info", "warn" or "error"`},
	}
	for _, s := range flexbridge.Settings() {
		tt, ok := tests[s.Key]
		require.True(t, ok, "%s has no test", s.Key)
		delete(tests, s.Key)
		t.Run(s.Key, func(t *testing.T) {
			t.Parallel()
			requireJSON(t, tt.byDefault, s.Default)
			require.NotEqual(t, tt.byDefault, tt.set)
			c, warnings := flexbridge.ParseConfig([]map[string]any{{s.Key: tt.set}})
			require.Empty(t, warnings)
			requireJSON(t, tt.set, c.Values()[s.Key])
			for _, wrong := range tt.wrong {
				c, warnings := flexbridge.ParseConfig([]map[string]any{{s.Key: wrong}})
				require.Len(t, warnings, 1, "%v", wrong)
				require.Contains(t, warnings[0], fmt.Sprintf("the setting %q must be %s", s.Key, tt.want))
				requireJSON(t, tt.byDefault, c.Values()[s.Key])
			}
			require.NotEmpty(t, s.Meaning)
			require.NotEmpty(t, s.Schema)
		})
	}
	require.Empty(t, tests, "there are no such keys")
}

// requireJSON compares what an admin writes with what the program has.
func requireJSON(t *testing.T, want, got any) {
	t.Helper()
	w, err := json.Marshal(want)
	require.NoError(t, err)
	g, err := json.Marshal(got)
	require.NoError(t, err)
	require.JSONEq(t, string(w), string(g))
}
