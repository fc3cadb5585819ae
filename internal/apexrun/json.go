package apexrun

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// export turns a value into what encoding/json understands. Fields of a record that are null are left out, as they are in an answer of
// a web service.
func export(v any) any { return exportAt(v, 0) }

func exportAt(v any, depth int) any {
	checkNesting(depth)
	switch x := v.(type) {
	case nil, bool, string, int64:
		return x
	case long:
		return int64(x)
	case decimal:
		return exportAt(x.float(), depth)
	case float64:
		if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			return int64(x)
		}
		return x
	case time.Time:
		return x.UTC().Format(DateTimeFormat)
	case Date:
		return x.String()
	case enumValue:
		return x.name
	case *list:
		return exportAll(x.items, depth)
	case *set:
		return exportAll(x.keys, depth)
	case *mapping:
		out := make(map[string]any, len(x.keys))
		for _, k := range x.keys {
			out[render(k)] = exportAt(x.get(k), depth+1)
		}
		return out
	case *sobject:
		out := map[string]any{"attributes": map[string]any{"type": x.object.Name}}
		for k, f := range x.fields {
			if f != nil {
				out[x.spelling(k)] = exportAt(f, depth+1)
			}
		}
		return out
	case *instance:
		out := map[string]any{}
		for c := x.class; c != nil; c = c.super {
			for _, m := range c.members {
				if !m.static {
					out[m.name] = exportAt(x.fields[strings.ToLower(m.name)], depth+1)
				}
			}
		}
		return out
	}
	return render(v)
}

func exportAll(items []any, depth int) []any {
	out := make([]any, 0, len(items))
	for _, v := range items {
		out = append(out, exportAt(v, depth+1))
	}
	return out
}

// serialize is JSON.serialize. Keys come in the order of the alphabet; Salesforce does not promise any.
func serialize(v any) string {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(export(v)); err != nil {
		return strconv.Quote(render(v)) // only a NaN can bring us here, and no Apex value is one
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// deserialize is JSON.deserializeUntyped. Whole numbers become Integers or Longs, others Decimals.
func deserialize(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := readJSON(d)
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the JSON value")
	}
	return v, nil
}

func readJSON(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch x := t.(type) {
	case json.Delim:
		if x == '{' {
			return readJSONObject(d)
		}
		out := &list{element: "Object"}
		for d.More() {
			v, err := readJSON(d)
			if err != nil {
				return nil, err
			}
			out.items = append(out.items, v)
		}
		_, err := d.Token()
		return out, err
	case json.Number:
		if i, err := x.Int64(); err == nil {
			if i == int64(int32(i)) {
				return i, nil
			}
			return long(i), nil
		}
		d, ok := parseDecimal(x.String())
		if !ok {
			return nil, errors.New("a number of this size is not known to this interpreter")
		}
		return d, nil
	}
	return t, nil
}

func readJSONObject(d *json.Decoder) (any, error) {
	out := newMapping()
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := readJSON(d)
		if err != nil {
			return nil, err
		}
		out.put(k, v)
	}
	_, err := d.Token()
	return out, err
}
