package apexrun

import (
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// named reads a bare name: a variable, a field of the object, a static of the class or of one around it.
func (f *frame) named(name string) (any, bool) {
	key := strings.ToLower(name)
	if v := f.variable(key); v != nil {
		return v.value, true
	}
	if f.this != nil {
		if m, _ := f.this.class.member(name); m != nil && !m.static {
			return f.memberOf(f.this, m), true
		}
	}
	for c := f.class; c != nil; c = c.outer {
		if m, owner := c.member(name); m != nil && m.static {
			return f.static(owner, m), true
		}
	}
	return nil, false
}

func (f *frame) memberOf(o *instance, m *member) any {
	if m.get == nil || f.accessor == m {
		return o.fields[strings.ToLower(m.name)]
	}
	g := f.run.frame(o.class, o)
	g.accessor = m
	f.nested(func() { g.block(m.get) })
	return g.coerce(g.answer, m.kind)
}

func (f *frame) static(owner *class, m *member) any {
	s := f.statics(owner)
	if m.get == nil || f.accessor == m {
		return s[strings.ToLower(m.name)]
	}
	g := f.run.frame(owner, nil)
	g.accessor = m
	f.nested(func() { g.block(m.get) })
	return g.coerce(g.answer, m.kind)
}

// read reads a name after a dot.
func (f *frame) read(left any, name string) any {
	key := strings.ToLower(name)
	switch v := left.(type) {
	case *sobject:
		return f.fieldOf(v, name)
	case *instance:
		if m, _ := v.class.member(name); m != nil {
			return f.memberOf(v, m)
		}
	case *options:
		key, _ := f.option(v, name)
		return v.fields[key]
	case describe:
		return f.describeStep(v, name)
	case typeName:
		if x, ok := f.readType(v, name, key); ok {
			return x
		}
		f.fail("Variable does not exist: %s.%s", v.name, name)
	}
	f.fail("Variable does not exist: %s on %s", name, kindOf(left))
	return nil
}

func (f *frame) fieldOf(s *sobject, name string) any {
	key := strings.ToLower(name)
	_, isChild := s.object.Child(name)
	if s.object.Field(name) == nil && s.object.Parent(name) == nil && !isChild {
		f.fail("Variable does not exist: %s on %s", name, s.object.Name)
	}
	v, set := s.fields[key]
	if s.queried != nil && !s.queried[key] && !set {
		f.throw("SObjectException", "SObject row was retrieved via SOQL without querying the requested field: %s.%s", s.object.Name, s.spelling(key))
	}
	if field := s.object.Field(name); v == nil && field != nil && field.Type == TypeCheckbox && s.queried == nil {
		return false
	}
	return v
}

func (f *frame) readType(t typeName, name, key string) (any, bool) {
	if t.class != nil {
		for _, e := range t.class.enum {
			if strings.EqualFold(e, name) {
				return enumValue{t.class.name, e}, true
			}
		}
		if m, owner := t.class.member(name); m != nil && m.static {
			return f.static(owner, m), true
		}
		if in := t.class.inner[key]; in != nil {
			return typeName{name: in.name, class: in}, true
		}
		return nil, false
	}
	if t.object != nil {
		if key == "sobjecttype" {
			return t, true
		}
		if field := t.object.Field(name); field != nil {
			return fieldToken{t.object, field}, true
		}
		return nil, false
	}
	switch lower := strings.TrimPrefix(strings.ToLower(t.name), "system."); lower {
	case "accesslevel":
		return enumValue{"AccessLevel", strings.ToUpper(name)}, key == "user_mode" || key == "system_mode"
	case "statuscode":
		return enumValue{"StatusCode", strings.ToUpper(name)}, statusCodes[strings.ToUpper(name)]
	case "logginglevel":
		return enumValue{"LoggingLevel", strings.ToUpper(name)}, loggingLevels[key]
	case "sobjecttype", "schema.sobjecttype":
		return describe{object: f.object(name)}, true
	case "system", "schema":
		return f.typeNamed(name)
	}
	return nil, false
}

var loggingLevels = map[string]bool{"none": true, "error": true, "warn": true, "info": true, "debug": true, "fine": true, "finer": true, "finest": true}

// statusCodes are the codes that a program may compare with. A code that is missing here is a fault, so that a misspelled one is noticed.
var statusCodes = map[string]bool{
	"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": true, "DELETE_FAILED": true, "DUPLICATE_VALUE": true, "DUPLICATES_DETECTED": true,
	"ENTITY_IS_DELETED": true, "FIELD_CUSTOM_VALIDATION_EXCEPTION": true, "FIELD_INTEGRITY_EXCEPTION": true,
	"INSUFFICIENT_ACCESS_OR_READONLY": true, "INVALID_CROSS_REFERENCE_KEY": true, "INVALID_EMAIL_ADDRESS": true,
	"INVALID_FIELD_FOR_INSERT_UPDATE": true, "INVALID_ID_FIELD": true, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": true,
	"INVALID_TYPE": true, "INVALID_TYPE_ON_FIELD_IN_RECORD": true, "MALFORMED_ID": true, "MISSING_ARGUMENT": true,
	"NUMBER_OUTSIDE_VALID_RANGE": true, "REQUIRED_FIELD_MISSING": true, "STRING_TOO_LONG": true, "UNABLE_TO_LOCK_ROW": true,
	"UNKNOWN_EXCEPTION": true,
}

func (f *frame) describeStep(d describe, name string) any {
	if strings.EqualFold(name, "fields") && !d.fields && d.field == nil {
		return describe{object: d.object, fields: true}
	}
	if d.fields {
		if field := d.object.Field(name); field != nil {
			return describe{object: d.object, field: field}
		}
	}
	f.fail("Variable does not exist: %s on the description of %s", name, d.object.Name)
	return nil
}

// assign stores a value where an expression points to.
func (f *frame) assign(target parser.IExpressionContext, v any) {
	switch x := target.(type) {
	case *parser.PrimaryExpressionContext:
		f.assignName(x.GetText(), v)
	case *parser.SubExpressionContext:
		f.assign(x.Expression(), v)
	case *parser.ArrayExpressionContext:
		l, at := f.at(f.eval(x.Expression(0)), f.eval(x.Expression(1)))
		l.items[at] = v
	case *parser.DotExpressionContext:
		if x.AnyId() == nil {
			f.fail("Expression cannot be assigned: %s", x.GetText())
		}
		f.assignField(f.eval(x.Expression()), x.AnyId().GetText(), v)
	default:
		f.fail("Expression cannot be assigned: %s", target.GetText())
	}
}

func (f *frame) assignName(name string, v any) {
	if w := f.variable(strings.ToLower(name)); w != nil {
		w.value = f.coerce(v, w.kind)
		return
	}
	if f.this != nil {
		if m, _ := f.this.class.member(name); m != nil && !m.static {
			f.setMember(f.this, m, v)
			return
		}
	}
	for c := f.class; c != nil; c = c.outer {
		if m, owner := c.member(name); m != nil && m.static {
			f.setStatic(owner, m, v)
			return
		}
	}
	f.fail("Variable does not exist: %s", name)
}

func (f *frame) assignField(left any, name string, v any) {
	if l, ok := left.(*list); ok && l.fromQuery {
		left = f.onlyRow(l)
	}
	switch o := left.(type) {
	case nil:
		f.throwNull()
	case *sobject:
		f.setField(o, name, v)
		return
	case *options:
		f.setOption(o, name, v)
		return
	case *instance:
		if m, _ := o.class.member(name); m != nil && !m.static {
			f.setMember(o, m, v)
			return
		}
	case typeName:
		if o.class != nil {
			if m, owner := o.class.member(name); m != nil && m.static {
				f.setStatic(owner, m, v)
				return
			}
		}
	}
	f.fail("Variable does not exist: %s on %s", name, kindOf(left))
}

// once refuses a second value of what is final.
func (f *frame) once(m *member, old any) {
	if m.final && old != nil {
		f.fail("Final members can only be assigned once: %s", m.name)
	}
}

func (f *frame) setMember(o *instance, m *member, v any) {
	v = f.coerce(v, m.kind)
	if m.set == nil || f.accessor == m {
		f.once(m, o.fields[strings.ToLower(m.name)])
		o.fields[strings.ToLower(m.name)] = v
		return
	}
	g := f.run.frame(o.class, o)
	g.accessor = m
	g.declare("value", m.kind, v)
	f.nested(func() { g.block(m.set) })
}

func (f *frame) setStatic(owner *class, m *member, v any) {
	s := f.statics(owner)
	v = f.coerce(v, m.kind)
	if m.set == nil || f.accessor == m {
		f.once(m, s[strings.ToLower(m.name)])
		s[strings.ToLower(m.name)] = v
		return
	}
	g := f.run.frame(owner, nil)
	g.accessor = m
	g.declare("value", m.kind, v)
	f.nested(func() { g.block(m.set) })
}

// setField assigns a field of a record in memory. Whether the value may be stored is the store's business; here only its type counts.
func (f *frame) setField(s *sobject, name string, v any) {
	field := s.object.Field(name)
	if field == nil {
		f.fail("Field does not exist: %s on %s", name, s.object.Name)
	}
	kind := map[FieldType]string{
		TypeID: "Id", TypeReference: "Id", TypeNumber: "Decimal", TypeCheckbox: "Boolean", TypeDate: "Date", TypeDateTime: "Datetime",
	}[field.Type]
	if kind == "" {
		kind = "String"
	}
	s.fields[strings.ToLower(name)] = f.coerce(v, kind)
}
