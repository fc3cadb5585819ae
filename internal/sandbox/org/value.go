package org

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"flexcaselog/internal/apexrun"
)

// refuse makes the error of a field.
func refuse(code, field, format string, args ...any) *apexrun.RowError {
	return &apexrun.RowError{Code: code, Message: fmt.Sprintf(format, args...), Fields: []string{field}}
}

// admit turns a value as Apex or JSON has it into the one that is stored: nil, bool, float64, string, time.Time or apexrun.Date. An empty
// text is null, as in Salesforce. What the field's type, length or picklist does not take is refused.
func admit(f *apexrun.Field, v any) (any, *apexrun.RowError) {
	if v == nil || v == "" {
		return nil, nil
	}
	switch f.Type {
	case apexrun.TypeNumber:
		return admitNumber(f, v)
	case apexrun.TypeCheckbox:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case apexrun.TypeDateTime:
		return admitMoment(f, v)
	case apexrun.TypeDate:
		if d, ok := v.(apexrun.Date); ok {
			return d, nil
		}
		if s, ok := v.(string); ok {
			if t, err := time.Parse(apexrun.DateFormat, s); err == nil {
				return apexrun.Date{Time: t}, nil
			}
		}
	case apexrun.TypeID, apexrun.TypeReference:
		s, ok := v.(string)
		if !ok {
			break
		}
		id, ok := apexrun.ID18(s)
		if !ok {
			return nil, refuse("MALFORMED_ID", f.Name, "%s: id value of incorrect type: %s", f.Name, s)
		}
		return id, nil
	default:
		if s, ok := v.(string); ok {
			return admitText(f, s)
		}
	}
	return nil, wrongType(f, v)
}

func wrongType(f *apexrun.Field, v any) *apexrun.RowError {
	return refuse("INVALID_TYPE", f.Name, "%s: value not of required type: %v", f.Name, v)
}

func admitText(f *apexrun.Field, s string) (any, *apexrun.RowError) {
	if f.Length > 0 && apexrun.TextLength(s) > f.Length {
		return nil, refuse("STRING_TOO_LONG", f.Name, "%s: data value too large: %.40s (max length=%d)", f.Name, s, f.Length)
	}
	if f.Restricted && !slices.Contains(f.Values, s) {
		return nil, refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", f.Name, "%s: bad value for restricted picklist field: %s", f.Name, s)
	}
	return s, nil
}

func admitNumber(f *apexrun.Field, v any) (any, *apexrun.RowError) {
	var n float64
	switch x := v.(type) {
	case float64:
		n = x
	case int64:
		n = float64(x)
	case int:
		n = float64(x)
	case json.Number:
		var err error
		if n, err = x.Float64(); err != nil {
			return nil, wrongType(f, v)
		}
	default:
		return nil, wrongType(f, v)
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, wrongType(f, v)
	}
	// A real org rounds; here a fraction in a whole number is refused, because it means that the sender got its sums wrong.
	if f.Scale == 0 && n != math.Trunc(n) {
		return nil, wrongType(f, v)
	}
	if f.Precision > 0 && math.Abs(n) >= math.Pow10(f.Precision-f.Scale) {
		return nil, refuse("NUMBER_OUTSIDE_VALID_RANGE", f.Name, "%s: value outside of valid range on numeric field: %v", f.Name, v)
	}
	return n, nil
}

// momentLayouts are the ISO 8601 writings with a time zone: Z, +00:00 and +0000. A fraction of a second may follow.
var momentLayouts = []string{time.RFC3339, "2006-01-02T15:04:05Z0700"}

func admitMoment(f *apexrun.Field, v any) (any, *apexrun.RowError) {
	switch x := v.(type) {
	case time.Time:
		return x.UTC().Truncate(time.Millisecond), nil
	case string:
		for _, layout := range momentLayouts {
			if t, err := time.Parse(layout, x); err == nil {
				return t.UTC().Truncate(time.Millisecond), nil
			}
		}
	}
	return nil, wrongType(f, v)
}

// storedMoment is how a date/time lies in the database.
const storedMoment = "2006-01-02T15:04:05.000Z"

// toSQL turns an admitted value into a column's.
func toSQL(v any) any {
	switch x := v.(type) {
	case bool:
		if x {
			return int64(1)
		}
		return int64(0)
	case time.Time:
		return x.UTC().Format(storedMoment)
	case apexrun.Date:
		return x.String()
	}
	return v
}

// fromSQL turns a column's value back.
func fromSQL(f *apexrun.Field, v any) (any, error) {
	switch x := v.(type) {
	case nil:
		if f.Type == apexrun.TypeCheckbox {
			return false, nil
		}
		return nil, nil
	case int64:
		if f.Type == apexrun.TypeCheckbox {
			return x != 0, nil
		}
		return float64(x), nil
	case float64:
		return x, nil
	case []byte:
		return fromSQL(f, string(x))
	case string:
		switch f.Type {
		case apexrun.TypeDateTime:
			return time.Parse(storedMoment, x)
		case apexrun.TypeDate:
			t, err := time.Parse(apexrun.DateFormat, x)
			return apexrun.Date{Time: t}, err
		}
		return x, nil
	}
	return nil, fmt.Errorf("org: %s holds a %T", f.Name, v)
}

// sqlType is the type of a field's column. A unique text that does not tell capitals apart compares without them; Salesforce does so for
// every letter, SQLite for those of ASCII.
func sqlType(f *apexrun.Field) string {
	switch f.Type {
	case apexrun.TypeNumber:
		return "REAL"
	case apexrun.TypeCheckbox:
		return "INTEGER"
	}
	if f.Unique && !f.CaseSensitive {
		return "TEXT COLLATE NOCASE"
	}
	return "TEXT"
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
