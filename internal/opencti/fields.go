package opencti

import (
	"flexcaselog/internal/lean"
)

// checkFields refuses with an [*ArgumentError] fields that saveLog cannot take:
// without an object or a record to write to, or with values that are not of
// JavaScript's base types.
func checkFields(fields map[string]any) error {
	entity, _ := fields["entityApiName"].(string)
	if entity == "" && updates(fields) == "" {
		return &ArgumentError{"saveLog", "fields", "have neither entityApiName nor Id"}
	}
	return checkValues("saveLog", fields)
}

// checkValues refuses with an [*ArgumentError] fields whose values are not of
// JavaScript's base types.
func checkValues(method string, fields map[string]any) error {
	for _, name := range lean.Keys(fields) {
		switch fields[name].(type) {
		case nil, string, bool, int, int32, int64, float64, Number:
		default:
			return &ArgumentError{method, "field " + name, "is not a string, a number, a boolean or nil"}
		}
	}
	return nil
}

// Number is a number as JSON writes it, as a field's value.
type Number string

// updates returns the record that fields update, or "" where they create one.
func updates(fields map[string]any) string {
	id, _ := fields["Id"].(string)
	return id
}
