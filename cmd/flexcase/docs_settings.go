package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"flexcaselog/internal/flexbridge"
)

// settingsTable writes what there is to know of each setting.
func settingsTable() (string, error) {
	var out strings.Builder
	out.WriteString("| key | default | meaning | what it may be |\n|---|---|---|---|\n")
	for _, s := range flexbridge.Settings() {
		byDefault, err := json.Marshal(s.Default)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "| `%s` | `%s` | %s | %s |\n", s.Key, byDefault, s.Meaning, s.Accepts)
	}
	return out.String(), nil
}

// settingsSchema writes the JSON Schema of features.caselog.
func settingsSchema() (string, error) {
	var properties bytes.Buffer
	for i, s := range flexbridge.Settings() {
		one := map[string]any{"default": s.Default, "description": s.Meaning}
		for key, value := range s.Schema {
			one[key] = value
		}
		text, err := encode(one)
		if err != nil {
			return "", err
		}
		if i > 0 {
			properties.WriteByte(',')
		}
		fmt.Fprintf(&properties, "%q:%s", s.Key, text)
	}
	whole := `{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"flex-caselog",` +
		`"description":"ui_attributes.custom_data.features.caselog of the Flex Configuration, and config_overrides.features.caselog of a worker",` +
		`"type":"object","additionalProperties":false,"properties":{` + properties.String() + `}}`
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(whole), "", "  "); err != nil {
		return "", err
	}
	return out.String() + "\n", nil
}

// encode writes JSON as people read it, without the escapes of HTML.
func encode(value any) (string, error) {
	var out strings.Builder
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	err := to.Encode(value)
	return strings.TrimSpace(out.String()), err
}
