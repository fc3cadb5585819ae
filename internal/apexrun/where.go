package apexrun

import (
	"strings"
	"time"

	"github.com/octoberswimmer/apexfmt/parser"
)

// condition is a WHERE clause, its names checked and its binds read.
type condition interface {
	holds(f *frame, r Row) bool
	matches() [][]Match // every row that it holds for has one match at least of each list
}

type (
	allOf      []condition
	anyOf      []condition
	negated    struct{ inner condition }
	comparison struct {
		through []*Field
		last    *Field
		op      string
		value   any
	}
)

func (c allOf) holds(f *frame, r Row) bool {
	for _, x := range c {
		if !x.holds(f, r) {
			return false
		}
	}
	return true
}

func (c anyOf) holds(f *frame, r Row) bool {
	for _, x := range c {
		if x.holds(f, r) {
			return true
		}
	}
	return false
}

func (c negated) holds(f *frame, r Row) bool { return !c.inner.holds(f, r) }

func (c allOf) matches() [][]Match {
	var out [][]Match
	for _, x := range c {
		out = append(out, x.matches()...)
	}
	return out
}

func (c anyOf) matches() [][]Match {
	var either []Match
	for _, x := range c {
		lists := x.matches()
		if len(lists) == 0 {
			return nil // this side may hold for any row
		}
		either = append(either, lists[0]...)
	}
	return [][]Match{either}
}

func (negated) matches() [][]Match { return nil }

func (c comparison) matches() [][]Match {
	if len(c.through) > 0 {
		return nil
	}
	values := []any{c.value}
	switch c.op {
	case "in":
		values = c.value.([]any)
	case "=":
	case "like":
		if s, ok := c.value.(string); ok && !strings.Contains(s, `\`) {
			return [][]Match{{{Field: c.last, Value: s, Like: true}}}
		}
		return nil
	default:
		return nil
	}
	var either []Match
	for _, v := range values {
		if v == nil || v == "" {
			return nil // null and the empty text are the same to SOQL, not to a store
		}
		if isNumber(v) {
			return nil // a store may have numbers of another kind
		}
		either = append(either, Match{Field: c.last, Value: v})
	}
	if len(either) == 0 {
		return nil
	}
	return [][]Match{either}
}

func (c comparison) holds(f *frame, r Row) bool {
	v := f.follow(r, c.through, c.last)
	same := func(w any) bool {
		if (v == nil || v == "") && (w == nil || w == "") {
			return true // SOQL does not tell an empty text from none
		}
		return equal(v, w, !(c.last.Unique && c.last.CaseSensitive))
	}
	switch c.op {
	case "=":
		return same(c.value)
	case "!=":
		return !same(c.value)
	case "like":
		text, _ := v.(string)
		pattern, _ := c.value.(string)
		return v != nil && like(strings.ToLower(text), strings.ToLower(pattern))
	case "in", "notin":
		in := false
		for _, w := range c.value.([]any) {
			in = in || same(w)
		}
		return in == (c.op == "in")
	}
	if v == nil || c.value == nil {
		return false
	}
	return f.ordered(c.op, v, c.value)
}

func (f *frame) condition(object *Object, e parser.ILogicalExpressionContext) condition {
	var parts []condition
	for _, c := range e.AllConditionalExpression() {
		if inner := c.LogicalExpression(); inner != nil {
			parts = append(parts, f.condition(object, inner))
		} else {
			parts = append(parts, f.comparison(object, c.FieldExpression()))
		}
	}
	switch {
	case e.NOT() != nil:
		return negated{parts[0]}
	case len(e.AllSOQLOR()) > 0:
		return anyOf(parts)
	}
	return allOf(parts)
}

func (f *frame) comparison(object *Object, e parser.IFieldExpressionContext) condition {
	if e.FieldName() == nil {
		f.fail("SOQL expression not known to this interpreter: %s", e.GetText())
	}
	c := comparison{op: strings.ToLower(e.ComparisonOperator().GetText())}
	c.through, c.last = f.path(object, e.FieldName().GetText())
	value := f.soqlValue(e.Value())
	switch c.op {
	case "in", "notin":
		value = f.members(value)
	case "<>":
		c.op = "!="
	case "=", "!=", "<", "<=", ">", ">=", "like":
		if s, ok := value.(*sobject); ok {
			value = s.fields["id"]
		}
	default:
		f.fail("SOQL operator not known to this interpreter: %s", e.ComparisonOperator().GetText())
	}
	f.checkComparable(c.last, value)
	c.value = value
	return c
}

// members lists what is behind IN, a record standing for its id.
func (f *frame) members(v any) []any {
	var out []any
	if v == nil {
		f.throwNull()
	}
	f.addAll(v, func(x any) {
		if s, ok := x.(*sobject); ok {
			x = s.fields["id"]
		}
		out = append(out, x)
	})
	return out
}

// checkComparable refuses a value of a type that Salesforce would refuse to compare with the field.
func (f *frame) checkComparable(field *Field, value any) {
	if many, ok := value.([]any); ok {
		for _, v := range many {
			f.checkComparable(field, v)
		}
		return
	}
	ok := true
	switch value.(type) {
	case nil:
	case string:
		ok = field.IsText() || field.Type == TypeID || field.Type == TypeReference
	case bool:
		ok = field.Type == TypeCheckbox
	case int64, long, float64, decimal:
		ok = field.Type == TypeNumber
	case time.Time:
		ok = field.Type == TypeDateTime
	case Date:
		ok = field.Type == TypeDate
	default:
		ok = false
	}
	if !ok {
		f.fail("value of filter criterion for field '%s' must be of type %s, not %s", field.Name, field.Type, kindOf(value))
	}
}

func (f *frame) soqlValue(v parser.IValueContext) any {
	switch x := v.(type) {
	case *parser.NullValueContext:
		return nil
	case *parser.BooleanLiteralValueContext:
		return strings.EqualFold(x.GetText(), "true")
	case *parser.StringLiteralValueContext:
		if s, ok := unquote(x.GetText()); ok {
			return s
		}
	case *parser.SignedNumberValueContext:
		if d, ok := parseDecimal(x.GetText()); ok {
			return d
		}
	case *parser.DateTimeLiteralValueContext:
		if t, err := time.Parse(time.RFC3339, x.GetText()); err == nil {
			return t.UTC()
		}
	case *parser.DateLiteralValueContext:
		if t, err := time.Parse(DateFormat, x.GetText()); err == nil {
			return Date{t}
		}
	case *parser.BoundExpressionValueContext:
		return f.eval(x.BoundExpression().Expression())
	case *parser.ValueListValueContext:
		l := &list{}
		for _, y := range x.ValueList().AllValue() {
			l.items = append(l.items, f.soqlValue(y))
		}
		return l
	}
	f.fail("SOQL value not known to this interpreter: %s", v.GetText())
	return nil
}

// like matches a LIKE pattern: % any text, _ any letter, a backslash takes the next one as it is.
func like(text, pattern string) bool {
	return likeRunes([]rune(text), []rune(pattern))
}

func likeRunes(s, p []rune) bool {
	for len(p) > 0 {
		c := p[0]
		switch {
		case c == '%':
			for k := 0; k <= len(s); k++ {
				if likeRunes(s[k:], p[1:]) {
					return true
				}
			}
			return false
		case len(s) == 0:
			return false
		case c == '\\' && len(p) > 1:
			p = p[1:]
			if p[0] != s[0] {
				return false
			}
		case c != '_' && c != s[0]:
			return false
		}
		s, p = s[1:], p[1:]
	}
	return len(s) == 0
}
