package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/flexbridge"
)

// theSchema is docs/configuration.schema.json as any tool reads it.
func theSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	made, err := settingsSchema()
	require.NoError(t, err)
	text, err := jsonschema.UnmarshalJSON(strings.NewReader(made))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("caselog.json", text))
	schema, err := c.Compile("caselog.json") // by the rules of the draft that it names
	require.NoError(t, err)
	return schema
}

// TestTheSchemaTakesWhatThePluginTakes lays both over the same values.
func TestTheSchemaTakesWhatThePluginTakes(t *testing.T) {
	t.Parallel()
	schema := theSchema(t)
	fields := func(name string, value any) map[string]any {
		return map[string]any{"log_fields": map[string]any{name: value}}
	}
	path := func(path, kind string) map[string]any { return map[string]any{"path": path, "type": kind} }
	// Of what each key may be asked for in turn.
	values := []any{
		nil, true, false, 62.0, "", "yes", "voice", "accept", "select", "off", "ring", "case", "lead", "search", "flow:", "flow:a b", "flow:Greet_Caller",
		"gb", "GB", "GBR", "62", "62.0", "62.1", "167.0", "v62.0", "a..b", ".", "a.b", "a", "a\x1fb", "1a", "acme.Controller", "acme__Log__c", "Log; drop",
		"debug", "loud", "cti.example.com", []any{}, []any{"voice", "fax"}, []any{1.0}, map[string]any{}, map[string]any{"Skill__c": "attributes.skill"},
	}
	var cases []map[string]any
	for _, s := range flexbridge.Settings() {
		for _, value := range values {
			cases = append(cases, map[string]any{s.Key: value})
		}
	}
	for _, name := range []string{"Skill__c", "acme__Skill__c", "Key__c", "KEY__C", "entityApiName", "id", "1a", "", "a b"} {
		cases = append(cases, fields(name, "attributes.skill"))
	}
	for _, at := range []string{"attributes.skill", "attributes.a.b", "attributes", "attributes.", "attributes.a..b", "age", "age.b", "window.name", "", "Age"} {
		cases = append(cases, fields("Skill__c", at), fields("Skill__c", path(at, "text")))
	}
	for _, kind := range []string{"text", "number", "boolean", "datetime", "huge"} {
		cases = append(cases, fields("Skill__c", path("age", kind)))
	}
	cases = append(cases, fields("Skill__c", 1.0), fields("Skill__c", nil), fields("Skill__c", map[string]any{"type": "text"}), map[string]any{"screenpop": "accept"}, map[string]any{})
	taken := 0
	for _, settings := range cases {
		_, faults := flexbridge.ParseConfig([]map[string]any{settings})
		err := schema.Validate(settings)
		require.Equal(t, len(faults) == 0, err == nil, "%v: the plugin says %q, the schema %v", settings, faults, err)
		if err == nil {
			taken++
		}
	}
	require.Greater(t, taken, 50)
	require.Greater(t, len(cases)-taken, 50)
	require.NoError(t, schema.Validate(plain(t, flexbridge.DefaultConfig().Values())))
}

// TestTheExamplesOfTheSettingsAreRight reads every piece of JSON in the guide.
func TestTheExamplesOfTheSettingsAreRight(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/configuration.md")
	require.NoError(t, err)
	examples := strings.Split(string(text), "```json\n")[1:]
	require.Len(t, examples, 2)
	for _, example := range examples {
		example, _, _ = strings.Cut(example, "```")
		var value any
		require.NoError(t, json.Unmarshal([]byte(example), &value))
		for _, name := range []string{"ui_attributes", "custom_data", "config_overrides", "features", "caselog"} {
			if inner, ok := value.(map[string]any)[name]; ok {
				value = inner
			}
		}
		settings := value.(map[string]any)
		require.Greater(t, len(settings), 1)
		_, faults := flexbridge.ParseConfig([]map[string]any{settings})
		require.Empty(t, faults)
		require.NoError(t, theSchema(t).Validate(settings))
	}
}

// plain is a value as JSON gives it back.
func plain(t *testing.T, value any) (same any) {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &same))
	return same
}
