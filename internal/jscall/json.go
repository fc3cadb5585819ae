package jscall

import (
	"math"
	"strconv"
)

// appendJSON appends x as JSON, and tells whether it has any: a value of the page's
// has none, nor has a number that is none.
func appendJSON(b []byte, x any) ([]byte, bool) {
	switch x := x.(type) {
	case nil:
		return append(b, "null"...), true
	case bool:
		return strconv.AppendBool(b, x), true
	case string:
		return appendText(b, x), true
	case int:
		return strconv.AppendInt(b, int64(x), 10), true
	case int64:
		return strconv.AppendInt(b, x, 10), true
	case float64:
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			return strconv.AppendFloat(b, x, 'g', -1, 64), true
		}
	case map[string]any:
		b = append(b, '{')
		first := true
		for key, value := range x {
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(appendText(b, key), ':')
			var ok bool
			if b, ok = appendJSON(b, value); !ok {
				return b, false
			}
		}
		return append(b, '}'), true
	case []any:
		b = append(b, '[')
		for i, value := range x {
			if i > 0 {
				b = append(b, ',')
			}
			var ok bool
			if b, ok = appendJSON(b, value); !ok {
				return b, false
			}
		}
		return append(b, ']'), true
	}
	return b, false
}

// appendText appends s as a JSON string. Bytes that are no UTF-8 go as they are: they
// become U+FFFD where the text becomes the page's.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		if c >= ' ' {
			b = append(b, '\\', c)
		} else {
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	return append(append(b, s[start:]...), '"')
}
