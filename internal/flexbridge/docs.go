//go:build !js

package flexbridge

import "strings"

// Setting is one key of the configuration, for people: no browser loads this file.
type Setting struct {
	Key     string
	Meaning string
	// Accepts is what a right value is, in words.
	Accepts string
	Default any
	// Schema is the JSON Schema of its value, without default and description.
	Schema map[string]any
	// value returns what a configuration has for the key.
	value func(Config) any
}

// Settings returns every key there is, in the order in which they are explained.
func Settings() []Setting {
	all := []Setting{
		{
			Key: "enabled", Meaning: "The off switch. It needs no release; agents have it after their next start of Flex.",
			Schema: boolean, value: func(c Config) any { return c.Enabled },
		},
		{
			Key: "channels", Meaning: "The task channels that get a Case. A custom task channel is switched on by its name, one of these off by leaving it out. Capital letters do not matter.",
			Schema: texts, value: func(c Config) any { return append([]string{}, c.Channels...) },
		},
		{
			Key: "internal_calls", Meaning: "Whether calls among colleagues get a Case: tasks that carry the attribute `client_call`, whose `conversationType` or `direction` is `internal`, or in which the agent calls a `client:`.",
			Schema: boolean, value: func(c Config) any { return c.InternalCalls },
		},
		{
			Key: "screen_pop", Meaning: "When the Case comes onto the agent's screen: `accept` once they have accepted the task, `select` then and whenever they turn to another of their tasks in Flex, `off` never. " +
				"What is on the screen already is not popped again.",
			Schema: enum("accept", "select", "off"), value: func(c Config) any { return c.ScreenPop },
		},
		{
			Key: "pop_target", Meaning: "What comes onto the screen: the `case`; the Case's `contact`, or the Case where it has none; `search`, which is what the org's softphone layout says for the customer's number; " +
				"or `flow:` and the API name of an active screen flow, which is given the text variables `engagement`, `caseId` and `phone`.",
			Schema: matching("^(case|contact|search|" + flowTarget + anAPIName + ")$"),
			value:  func(c Config) any { return c.PopTarget },
		},
		{
			Key: "pop_outbound", Meaning: "Whether there is a screen pop for calls that the agent made.",
			Schema: boolean, value: func(c Config) any { return c.PopOutbound },
		},
		{
			Key: "open_panel_on_ring", Meaning: "Whether the softphone panel opens when the agent is offered a task.",
			Schema: boolean, value: func(c Config) any { return c.OpenPanelOnRing },
		},
		{
			Key: "click_to_dial", Meaning: "Whether a number that is clicked in Salesforce is called in Flex. While the agent is busy, offline, or without voice or microphone, numbers can't be clicked. " +
				"Switch it on only where no other integration dials: one that is seen dialling is left to it.",
			Schema: boolean, value: func(c Config) any { return c.ClickToDial },
		},
		{
			Key: "default_country", Meaning: "The country of numbers that are clicked without one: two capital letters (ISO 3166), such as `GB`. Empty: the org's home country, from the custom metadata `TwilioCaseSetting__mdt`.",
			Schema: matching("^([A-Z][A-Z])?$"), value: func(c Config) any { return c.DefaultCountry },
		},
		{
			Key: "log_fields", Meaning: "Further fields of the log object and where in the task their values are, for each row as it is created: `{\"Skill__c\": \"attributes.skill\"}`. " +
				"A path begins with `attributes.` or is one of `sid`, `taskSid`, `status`, `channel`, `queue`, `queueSid`, `workflowName`, `workflowSid`, `priority`, `age`, `reason`, `taskChannel`, `offered`, `updated`. " +
				"Instead of a path, `{\"path\": …, \"type\": …}` says that the value must be `text`, a `number`, a `boolean` or a `datetime`. A value that is missing, or of another type, leaves the field empty; " +
				"where the org will not take the fields, the row is written without them.",
			Schema: fieldsSchema,
			value:  func(c Config) any { return fieldMap(c.LogFields) },
		},
		{
			Key: "disposition_path", Meaning: "Where in the task's attributes the disposition is, for `Disposition__c` of the row Completed.",
			Schema: matching("^" + aPath + "$"), value: func(c Config) any { return c.DispositionPath },
		},
		{
			Key: "notes_path", Meaning: "Where in the task's attributes the agent's notes are, for `Notes__c` of the row Completed.",
			Schema: matching("^" + aPath + "$"), value: func(c Config) any { return c.NotesPath },
		},
		{
			Key: "log_activity", Meaning: "Whether a standard activity (a Task of subtype Call on the Case and its Contact) is made at completion as well, for reports that read the activity timeline. There is one for each reservation, however often it is tried.",
			Schema: boolean, value: func(c Config) any { return c.LogActivity },
		},
		{
			Key: "select_log", Meaning: "Whether `flexCaselog.report()` notes each time the agent viewed a task.",
			Schema: boolean, value: func(c Config) any { return c.SelectLog },
		},
		{
			Key: "apex_class", Meaning: "The Apex class that is asked, with its namespace where it has one.",
			Schema: matching("^" + anAPIName + "$"), value: func(c Config) any { return c.ApexClass },
		},
		{
			Key: "log_object", Meaning: "The object that the log's rows are of, with its namespace where it has one.",
			Schema: matching("^" + anAPIName + "$"), value: func(c Config) any { return c.LogObject },
		},
		{
			Key: "api_version", Meaning: "The version of Open CTI to load, where the page has no copy of it that is alive.",
			Schema: matching("^[0-9]{2,3}\\.0$"), value: func(c Config) any { return c.APIVersion },
		},
		{
			Key: "trusted_hosts", Meaning: "Exact names of hosts that are taken for Salesforce, besides the built-in list.",
			Schema: texts, value: func(c Config) any { return append([]string{}, c.TrustedHosts...) },
		},
		{
			Key: "log_level", Meaning: "From which level on lines go to the browser's console. `flexCaselog.logLevel(\"debug\")` in the console changes it for one page.",
			Schema: enum("debug", "info", "warn", "error"), value: func(c Config) any { return c.LogLevel },
		},
	}
	for i := range all {
		all[i].Default = all[i].value(DefaultConfig())
		all[i].Accepts = settings[all[i].Key].want
		if all[i].Key == logFieldsKey {
			all[i].Accepts = "an object of field names and paths into the task"
		}
	}
	return all
}

// Values returns what a configuration has for each key, as it would be set.
func (c Config) Values() map[string]any {
	values := map[string]any{}
	for _, s := range Settings() {
		values[s.Key] = s.value(c)
	}
	return values
}

var (
	boolean = map[string]any{"type": "boolean"}
	texts   = map[string]any{"type": "array", "items": map[string]any{"type": "string"}}
)

// What the functions of config.go and logfield.go take, as patterns.
const (
	anAPIName = "[A-Za-z][A-Za-z0-9_.]*"
	aName     = "[^.\\x1e\\x1f]+"
	aPath     = aName + "(\\." + aName + ")*"
)

// fieldsSchema is the schema of log_fields.
var fieldsSchema = map[string]any{
	"type": "object",
	"propertyNames": map[string]any{
		"pattern": "^" + anAPIName + "$",
		"not":     map[string]any{"pattern": "^(" + anyCase(strings.Fields(ownFields)) + ")$"},
	},
	"additionalProperties": map[string]any{"anyOf": []any{
		taskPath,
		map[string]any{
			"type": "object", "required": []any{"path"}, "additionalProperties": false,
			"properties": map[string]any{"path": taskPath, "type": enum("text", "number", "boolean", "datetime")},
		},
	}},
}

var taskPath = matching("^(attributes\\." + aPath + "|" + strings.Join(strings.Fields(taskRoots), "|") + ")$")

// anyCase returns a pattern that matches each of the lower-case words, in whichever
// case.
func anyCase(words []string) string {
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, r := range word {
			if upper := strings.ToUpper(string(r)); upper != string(r) {
				b.WriteString("[" + upper + string(r) + "]")
				continue
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func matching(pattern string) map[string]any {
	return map[string]any{"type": "string", "pattern": pattern}
}

func enum(values ...any) map[string]any { return map[string]any{"type": "string", "enum": values} }

// fieldMap returns log_fields as it would be set.
func fieldMap(fields []LogField) map[string]any {
	m := map[string]any{}
	for _, f := range fields {
		if f.Type == "" {
			m[f.Field] = f.Path
			continue
		}
		m[f.Field] = map[string]any{"path": f.Path, "type": f.Type}
	}
	return m
}
