package caselog

import (
	"strconv"
	"strings"

	"flexcaselog/internal/lean"
)

// Fields are what an admin wants on a row besides what every row has: names of
// the log object's fields and their values. It is a text, so that a task can be
// compared and is stored as it is. Empty is none.
type Fields string

// Field is one of [Fields].
type Field struct {
	Name  string
	Value any // a string, a [Number] or a bool
}

// Number is a number as JSON writes it. Nothing here counts with it.
type Number string

// isNumber tells whether s looks like one.
func isNumber(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return false
		}
	}
	return s != ""
}

// What separates the parts of the text. Neither is in a name, and none is let
// into a value.
const (
	endOfField = "\x1e"
	endOfName  = "\x1f"
)

// With returns f and one more field. A value that is neither text, number nor
// truth value is left out.
func (f Fields) With(name string, value any) Fields {
	var text string
	switch v := value.(type) {
	case string:
		text = "s" + lean.Blank(v, func(c byte) bool { return c == endOfField[0] || c == endOfName[0] })
	case Number:
		text = "n" + string(v)
	case bool:
		text = "b" + strconv.FormatBool(v)
	default:
		return f
	}
	return f + Fields(name+endOfName+text+endOfField)
}

// All returns the fields, in the order in which they were added. What makes no
// sense is left out: it comes from a store that anybody may have written to.
func (f Fields) All() []Field {
	var all []Field
	for rest := string(f); rest != ""; {
		field, more, whole := strings.Cut(rest, endOfField)
		rest = more
		name, text, ok := strings.Cut(field, endOfName)
		if !whole || !ok || name == "" || text == "" { // half a number would be another number
			continue
		}
		switch text[0] {
		case 's':
			all = append(all, Field{name, text[1:]})
		case 'n':
			if isNumber(text[1:]) {
				all = append(all, Field{name, Number(text[1:])})
			}
		case 'b':
			all = append(all, Field{name, text[1:] == "true"})
		}
	}
	return all
}
