package opencti

import (
	"flexcaselog/internal/lean"
)

// parseFailures reads an answer's errors, copied out as plain values. Nobody
// promises their shape, so it takes an array or a single one, objects or
// strings, and finds the details at whatever depth they lie.
func parseFailures(errors any) []Failure {
	switch v := errors.(type) {
	case []any:
		var all []Failure
		for _, element := range v {
			all = append(all, parseFailures(element)...)
		}
		return all
	case map[string]any:
		f := Failure{
			Code:        text(v, "code", "errorCode", "statusCode"),
			Description: text(v, "description", "message"),
			Details:     parseDetails(v["details"]),
		}
		if f.Code == "" && f.Description == "" && len(f.Details) == 0 {
			f.Details = parseDetails(v)
		}
		if f.Code == "" && f.Description == "" && len(f.Details) == 0 {
			return nil
		}
		return []Failure{f}
	case string:
		if v == "" {
			return nil
		}
		return []Failure{{Description: v}}
	default:
		return nil
	}
}

// parseDetails gathers every message and status code below v, in a fixed order.
func parseDetails(v any) []Detail {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
		return []Detail{{Message: v}}
	case []any:
		var all []Detail
		for _, element := range v {
			all = append(all, parseDetails(element)...)
		}
		return all
	case map[string]any:
		var all []Detail
		d := Detail{Message: text(v, "message", "description"), Code: text(v, "errorCode", "statusCode", "code")}
		if d != (Detail{}) {
			all = append(all, d)
		}
		for _, key := range lean.Keys(v) {
			switch v[key].(type) {
			case []any, map[string]any: // a string here is a field's name, not a reason
				all = append(all, withoutStrings(v[key])...)
			}
		}
		return all
	default:
		return nil
	}
}

// withoutStrings is parseDetails for what lies below an object, where bare
// strings are names of fields.
func withoutStrings(v any) []Detail {
	list, ok := v.([]any)
	if !ok {
		return parseDetails(v)
	}
	var all []Detail
	for _, element := range list {
		if _, bare := element.(string); !bare {
			all = append(all, withoutStrings(element)...)
		}
	}
	return all
}

// text returns the first of these properties that is a string with something in
// it.
func text(object map[string]any, names ...string) string {
	for _, name := range names {
		if s, _ := object[name].(string); s != "" {
			return s
		}
	}
	return ""
}
