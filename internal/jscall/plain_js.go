package jscall

import (
	"strconv"

	"github.com/hack-pad/safejs"
)

// The bounds of Plain: enough for any error a person wrote, too little for a
// cycle or a document to do harm.
const (
	plainDepth  = 8
	plainLength = 50
	plainText   = 2000
)

// Plain copies v out of JavaScript as nil, bool, float64, string, []any and
// map[string]any. It is for values whose shape nobody promises, so it never
// errors: what cannot be read, a function, or what lies too deep is nil, and
// what is too long is cut.
func Plain(v safejs.Value) any { return plain(v, plainDepth) }

func plain(v safejs.Value, depth int) any {
	switch TypeOf(v) {
	case "boolean":
		b, _ := Bool(v)
		return b
	case "number":
		f, err := Float(v)
		if err != nil {
			return nil
		}
		return f
	case "string":
		text, _ := String(v)
		return cut(text, plainText)
	case "object":
		if depth == 0 {
			return nil
		}
		if isArray(v) {
			return plainArray(v, depth-1)
		}
		return plainObject(v, depth-1)
	default:
		return nil
	}
}

func plainArray(v safejs.Value, depth int) any {
	n, err := Int(v, "length")
	if err != nil {
		return nil
	}
	list := make([]any, min(n, plainLength))
	for i := range list {
		if element, err := property(v, strconv.Itoa(i)); err == nil {
			list[i] = plain(element, depth)
		}
	}
	return list
}

func plainObject(v safejs.Value, depth int) any {
	keys, err := ownKeys(v)
	if err != nil {
		return nil
	}
	object := make(map[string]any, min(len(keys), plainLength))
	for _, key := range keys[:min(len(keys), plainLength)] {
		if value, err := Get(v, key); err == nil {
			object[key] = plain(value, depth)
		}
	}
	// An Error's message is not enumerable, so its keys alone say nothing.
	if _, has := object["message"]; !has {
		if message, err := String(v, "message"); err == nil {
			object["message"] = cut(message, plainText)
		}
	}
	return object
}
