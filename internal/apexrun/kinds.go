package apexrun

import (
	"strings"
	"time"
)

// coerce fits a value to a declared type: a query to its only row, an Integer to a Decimal, a text to an Id. What Apex would refuse to
// compile is a fault.
func (f *frame) coerce(v any, kind string) any {
	if l, ok := v.(*list); ok && l.fromQuery {
		if f.isRecordType(kind) {
			v = f.onlyRow(l)
		} else {
			v = &list{element: l.element, items: l.items}
		}
	}
	lower := strings.ToLower(kind)
	if lower == "void" {
		return nil
	}
	if v == nil {
		return nil
	}
	switch x := v.(type) {
	case int64, long, float64, decimal:
		if fitted, ok := widen(x, lower); ok {
			return fitted
		}
	case string:
		if lower == "id" {
			return f.identifier(x)
		}
	case Date:
		if lower == "datetime" {
			return x.Time
		}
	}
	if !f.fits(v, kind) {
		f.fail("Illegal assignment from %s to %s", kindOf(v), kind)
	}
	return v
}

func (f *frame) identifier(s string) string {
	id, ok := ID18(s)
	if !ok {
		f.throw("StringException", "Invalid id: %s", s)
	}
	return id
}

func (f *frame) isRecordType(kind string) bool {
	return strings.EqualFold(kind, "sobject") || f.run.program.find(f.class, kind) == nil && f.run.program.store.Object(kind) != nil
}

func (f *frame) onlyRow(l *list) any {
	switch {
	case len(l.items) == 0:
		f.throw("QueryException", "List has no rows for assignment to SObject")
	case len(l.items) > 1:
		f.throw("QueryException", "List has more than 1 row for assignment to SObject")
	}
	return l.items[0]
}

// fits tells whether a value that is not null may be held by a variable of that type.
func (f *frame) fits(v any, kind string) bool {
	lower := strings.TrimPrefix(strings.ToLower(kind), "system.")
	if lower == "object" {
		return true
	}
	if strings.HasSuffix(lower, "[]") {
		lower = "list<" + strings.TrimSuffix(lower, "[]") + ">"
	}
	if i := strings.IndexByte(lower, '<'); i > 0 {
		lower = lower[:i]
	}
	switch x := v.(type) {
	case string:
		return lower == "string" || lower == "id"
	case int64:
		return lower == "integer"
	case long:
		return lower == "long"
	case float64:
		return lower == "double"
	case decimal:
		return lower == "decimal"
	case bool:
		return lower == "boolean"
	case time.Time:
		return lower == "datetime"
	case Date:
		return lower == "date"
	case blob:
		return lower == "blob"
	case *list:
		return lower == "list" || lower == "iterable"
	case *set:
		return lower == "set" || lower == "iterable"
	case *mapping:
		return lower == "map"
	case *sobject:
		return lower == "sobject" || strings.EqualFold(x.object.Name, strings.TrimPrefix(lower, "schema."))
	case *instance:
		return x.class.is(kind) || f.instanceOf(x, kind)
	case enumValue:
		c := f.run.program.find(f.class, kind)
		return strings.EqualFold(x.kind, lower) || c != nil && c.name == x.kind
	case *result:
		return strings.EqualFold("database."+x.kind, lower)
	case *options:
		return strings.EqualFold(x.kind, kind)
	case savepoint:
		return lower == "savepoint"
	case fieldToken:
		return lower == "sobjectfield" || lower == "schema.sobjectfield"
	case typeName:
		return lower == "type" || lower == "sobjecttype" || lower == "schema.sobjecttype"
	case describe:
		return strings.HasPrefix(lower, "schema.describe") || strings.HasPrefix(lower, "describe")
	}
	return false
}

func (f *frame) instanceOf(x *instance, kind string) bool {
	c := f.run.program.find(f.class, kind)
	return c != nil && (x.class.extends(c) || x.class.is(c.name))
}

// isA is instanceof.
func (f *frame) isA(v any, kind string) bool {
	if v == nil {
		return false
	}
	if s, ok := v.(string); ok && strings.EqualFold(kind, "id") {
		_, isID := ID18(s)
		return isID
	}
	return f.fits(v, kind)
}

// cast is (Kind) value. A value of another type throws at run time, as on the platform.
func (f *frame) cast(v any, kind string) any {
	if l, ok := v.(*list); ok && l.fromQuery && f.isRecordType(kind) {
		v = f.onlyRow(l)
	}
	if v == nil {
		return nil
	}
	if isNumber(v) {
		return f.castNumber(v, kind)
	}
	if !f.fits(v, kind) {
		f.throw("TypeException", "Invalid conversion from runtime type %s to %s", kindOf(v), kind)
	}
	return f.coerce(v, kind)
}

// widen turns a number into one of a type that holds every value of its own; Decimal and Double stand for one another.
func widen(v any, kind string) (any, bool) {
	_, isWhole := wide(v)
	d, _ := decimalOf(v)
	switch kind {
	case "decimal":
		return d, true
	case "double":
		return d.float(), true
	case "long":
		return narrow(d, kind), isWhole
	}
	return nil, false
}

// narrow turns a number into one of any type, as a cast does.
func narrow(d decimal, kind string) any {
	switch kind {
	case "integer":
		return int64(int32(d.whole()))
	case "long":
		return long(d.whole())
	case "double":
		return d.float()
	}
	return d
}

func (f *frame) castNumber(v any, kind string) any {
	switch strings.ToLower(kind) {
	case "object":
		return v
	case "integer", "long", "decimal", "double":
		d, _ := decimalOf(v)
		return narrow(d, strings.ToLower(kind))
	}
	f.throw("TypeException", "Invalid conversion from runtime type %s to %s", kindOf(v), kind)
	return nil
}

// platformTypes are the names of the platform that may stand before a dot.
var platformTypes = map[string]bool{
	"accesslevel": true, "assert": true, "blob": true, "boolean": true, "database": true, "date": true, "datetime": true, "decimal": true,
	"double": true, "encodingutil": true, "id": true, "integer": true, "json": true, "limits": true, "logginglevel": true, "long": true,
	"math": true, "object": true, "schema": true, "search": true, "sobject": true, "sobjecttype": true, "statuscode": true,
	"string": true, "system": true, "test": true, "type": true, "userinfo": true,
}

func (f *frame) typeNamed(name string) (typeName, bool) {
	if c := f.run.program.find(f.class, name); c != nil {
		return typeName{name: c.name, class: c}, true
	}
	lower := strings.TrimPrefix(strings.ToLower(name), "schema.")
	if platformTypes[lower] || strings.ContainsAny(lower, "<[") {
		return typeName{name: name}, true
	}
	if o := f.run.program.store.Object(lower); o != nil {
		return typeName{name: o.Name, object: o}, true
	}
	return typeName{}, false
}
