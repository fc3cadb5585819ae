package apexrun

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// render is String.valueOf.
func render(v any) string { return renderAt(v, 0) }

func renderAt(v any, depth int) string {
	checkNesting(depth)
	switch x := v.(type) {
	case nil:
		return "null"
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case long:
		return strconv.FormatInt(int64(x), 10)
	case decimal:
		return x.String()
	case float64:
		return renderDouble(x)
	case bool:
		return strconv.FormatBool(x)
	case time.Time:
		return x.UTC().Format(time.DateTime)
	case Date:
		return x.String()
	case enumValue:
		return x.name
	case *list:
		return "(" + renderAll(x.items, depth) + ")"
	case *set:
		return "{" + renderAll(x.keys, depth) + "}"
	case *mapping:
		parts := make([]string, 0, len(x.keys))
		for _, k := range x.keys {
			parts = append(parts, renderAt(k, depth+1)+"="+renderAt(x.get(k), depth+1))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case *sobject:
		parts := make([]string, 0, len(x.fields))
		for k, f := range x.fields {
			parts = append(parts, x.spelling(k)+"="+renderAt(f, depth+1))
		}
		sort.Strings(parts)
		return x.object.Name + ":{" + strings.Join(parts, ", ") + "}"
	case *instance:
		if x.class.is("Exception") {
			return x.class.name + ": " + x.message()
		}
		return x.class.short + ":[]"
	case *result:
		return "Database." + x.kind + "[]"
	case typeName:
		return x.name
	case fieldToken:
		return x.field.Name
	case blob:
		return fmt.Sprintf("Blob[%d]", len(x))
	}
	return fmt.Sprint(v)
}

// renderDouble writes a Double as Java does for the sizes that are usual: with one decimal at least.
func renderDouble(n float64) string {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

func renderAll(items []any, depth int) string {
	parts := make([]string, 0, len(items))
	for _, v := range items {
		parts = append(parts, renderAt(v, depth+1))
	}
	return strings.Join(parts, ", ")
}

// spelling gives a field or relationship its declared name back.
func (s *sobject) spelling(key string) string {
	if f := s.object.Field(key); f != nil {
		return f.Name
	}
	if f := s.object.Parent(key); f != nil {
		return f.Relationship
	}
	if c, ok := s.object.Child(key); ok {
		return c.Name
	}
	return key
}

// units and fromUnits: Apex counts and cuts texts in UTF-16 units.
func units(s string) []uint16     { return utf16.Encode([]rune(s)) }
func fromUnits(u []uint16) string { return string(utf16.Decode(u)) }

// TextLength is the length of a text as Apex counts it, in UTF-16 units.
func TextLength(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// unquote reads an Apex string literal. Its second result is false where the literal has an escape that Apex does not know.
func unquote(literal string) (string, bool) {
	body := literal[1 : len(literal)-1]
	if !strings.Contains(body, `\`) {
		return body, true
	}
	var out strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 == len(body) {
			out.WriteByte(body[i])
			continue
		}
		i++
		switch c := body[i]; c {
		case '\\', '\'', '"':
			out.WriteByte(c)
		case 'n', 'N':
			out.WriteByte('\n')
		case 't', 'T':
			out.WriteByte('\t')
		case 'r', 'R':
			out.WriteByte('\r')
		case 'b', 'B':
			out.WriteByte('\b')
		case 'f', 'F':
			out.WriteByte('\f')
		case 'u', 'U':
			if i+4 >= len(body) {
				return "", false
			}
			n, err := strconv.ParseUint(body[i+1:i+5], 16, 16)
			if err != nil {
				return "", false
			}
			out.WriteRune(rune(n))
			i += 4
		default:
			return "", false
		}
	}
	return out.String(), true
}
