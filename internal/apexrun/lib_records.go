package apexrun

import (
	"maps"
	"strings"
)

func recordMethods() methods[*sobject] {
	return methods[*sobject]{
		"get": {1, 1, func(f *frame, s *sobject, a arguments) any { return f.fieldOf(s, f.dynamicField(s, a)) }},
		"put": {2, 2, func(f *frame, s *sobject, a arguments) any {
			name := f.dynamicField(s, a)
			old := s.fields[strings.ToLower(name)]
			f.setField(s, name, a[1])
			return old
		}},
		"isset": {1, 1, func(f *frame, s *sobject, a arguments) any {
			_, ok := s.fields[strings.ToLower(f.dynamicField(s, a))]
			return ok
		}},
		"getsobjecttype": {0, 0, func(_ *frame, s *sobject, _ arguments) any { return typeName{name: s.object.Name, object: s.object} }},
		"getsobject":     {1, 1, func(f *frame, s *sobject, a arguments) any { return f.fieldOf(s, a.text(f, 0)) }},
		"getpopulatedfieldsasmap": {0, 0, func(_ *frame, s *sobject, _ arguments) any {
			m := newMapping()
			for _, field := range s.object.Fields {
				if v, ok := s.fields[strings.ToLower(field.Name)]; ok {
					m.put(field.Name, v)
				}
			}
			return m
		}},
		"clone": {0, 1, func(_ *frame, s *sobject, a arguments) any {
			c := &sobject{object: s.object, fields: maps.Clone(s.fields), queried: s.queried}
			if keep, _ := a.optional(0).(bool); !keep {
				delete(c.fields, "id")
			}
			return c
		}},
	}
}

// dynamicField reads a field's name from a text or a token. A wrong name is an exception, since it is known only at run time.
func (f *frame) dynamicField(s *sobject, a arguments) string {
	if t, ok := a[0].(fieldToken); ok {
		return t.field.Name
	}
	name := a.text(f, 0)
	if s.object.Field(name) == nil {
		f.throw("SObjectException", "Invalid field %s for %s", name, s.object.Name)
	}
	return name
}

func objectTypeMethods() methods[*Object] {
	return methods[*Object]{
		"getinstance": {1, 1, func(f *frame, o *Object, a arguments) any {
			all := f.metadata(o)
			for _, k := range all.keys {
				s, _ := all.get(k).(*sobject)
				if name := a.optional(0); name != nil && (k == name || s.fields["id"] == name || s.fields["qualifiedapiname"] == name) {
					return s
				}
			}
			return nil
		}},
		"getall":         {0, 0, func(f *frame, o *Object, _ arguments) any { return f.metadata(o) }},
		"newsobject":     {0, 0, func(_ *frame, o *Object, _ arguments) any { return newSObject(o) }},
		"getdescribe":    {0, 0, func(_ *frame, o *Object, _ arguments) any { return describe{object: o} }},
		"getsobjecttype": {0, 0, func(_ *frame, o *Object, _ arguments) any { return typeName{name: o.Name, object: o} }},
	}
}

// longestMetadata is what getInstance and getAll leave of a long text.
const longestMetadata = 255

// metadata reads the records of a custom metadata type by their names. Whoever runs may read them in this way.
func (f *frame) metadata(o *Object) *mapping {
	if !strings.HasSuffix(o.Name, "__mdt") {
		f.fail("Method does not exist or incorrect signature on %s", o.Name)
	}
	rows, err := f.run.tx.Scan(o)
	f.run.check(err)
	out := newMapping()
	for _, r := range rows {
		s := newSObject(o)
		for _, field := range o.Fields {
			v := field.stored(r[field.Name])
			if text, ok := v.(string); ok && field.Type == TypeTextArea {
				u := units(text)
				v = fromUnits(u[:min(len(u), longestMetadata)])
			}
			s.fields[strings.ToLower(field.Name)] = v
		}
		out.put(r["DeveloperName"], s)
	}
	return out
}

func tokenMethods() methods[any] {
	return methods[any]{
		"tostring": {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
		"getdescribe": {0, 0, func(_ *frame, v any, _ arguments) any {
			t := v.(fieldToken)
			return describe{object: t.object, field: t.field}
		}},
	}
}

// describeMethods are those of a field's and an object's description. Who may see or write it is not modelled, so those methods are missing.
func describeMethods() methods[any] {
	field := func(read func(*Field) any) native[any] {
		return native[any]{0, 0, func(f *frame, v any, _ arguments) any {
			d := v.(describe)
			if d.field == nil {
				f.fail("Method does not exist on the description of an object")
			}
			return read(d.field)
		}}
	}
	return methods[any]{
		"getlength":    field(func(x *Field) any { return int64(x.Length) }),
		"isexternalid": field(func(x *Field) any { return x.ExternalID }),
		"isunique":     field(func(x *Field) any { return x.Unique }),
		"getname": {0, 0, func(_ *frame, v any, _ arguments) any {
			if d := v.(describe); d.field == nil {
				return d.object.Name
			}
			return v.(describe).field.Name
		}},
		"getkeyprefix": {0, 0, func(_ *frame, v any, _ arguments) any { return v.(describe).object.KeyPrefix }},
		"getsobjecttype": {0, 0, func(_ *frame, v any, _ arguments) any {
			o := v.(describe).object
			return typeName{name: o.Name, object: o}
		}},
	}
}

func enumMethods() methods[*class] {
	return methods[*class]{
		"values": {0, 0, func(_ *frame, c *class, _ arguments) any {
			l := &list{element: c.name}
			for _, e := range c.enum {
				l.items = append(l.items, enumValue{c.name, e})
			}
			return l
		}},
		"valueof": {1, 1, func(f *frame, c *class, a arguments) any {
			for _, e := range c.enum {
				if strings.EqualFold(e, a.text(f, 0)) {
					return enumValue{c.name, e}
				}
			}
			f.throw("IllegalArgumentException", "No enum constant %s.%s", c.name, a.text(f, 0))
			return nil
		}},
	}
}

func enumValueMethods() methods[any] {
	return methods[any]{
		"name":     {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
		"tostring": {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
		"ordinal": {0, 0, func(f *frame, v any, _ arguments) any {
			e := v.(enumValue)
			c := f.run.program.find(f.class, e.kind)
			if c == nil {
				f.fail("the order of %s is not known to this interpreter", e.kind)
			}
			for i, name := range c.enum {
				if name == e.name {
					return int64(i)
				}
			}
			return int64(-1)
		}},
	}
}

// exceptionMethod calls what every exception has; false where there is no such method.
func (f *frame) exceptionMethod(e *instance, key string, a arguments) (any, bool) {
	switch key {
	case "getmessage":
		return e.message(), len(a) == 0
	case "getcause":
		return e.fields["cause"], len(a) == 0
	case "gettypename":
		return e.class.name, len(a) == 0
	case "getlinenumber":
		return e.fields["line"], len(a) == 0
	case "getstacktracestring":
		return "Class." + e.class.name + ": line " + render(e.fields["line"]), len(a) == 0
	case "setmessage":
		if len(a) != 1 {
			return nil, false
		}
		e.fields["message"] = a.text(f, 0)
		return nil, true
	case "initcause":
		if len(a) != 1 {
			return nil, false
		}
		e.fields["cause"] = a[0]
		return nil, true
	}
	if !e.class.is("System.DmlException") {
		return nil, false
	}
	return f.dmlExceptionMethod(e, key, a)
}

func (f *frame) dmlExceptionMethod(e *instance, key string, a arguments) (any, bool) {
	if key == "getnumdml" && len(a) == 0 {
		return int64(len(e.rows)), true
	}
	if len(a) != 1 {
		return nil, false
	}
	read := map[string]func(rowFailure) any{
		"getdmltype":       func(r rowFailure) any { return enumValue{"StatusCode", r.err.Code} },
		"getdmlstatuscode": func(r rowFailure) any { return r.err.Code },
		"getdmlmessage":    func(r rowFailure) any { return r.err.Message },
		"getdmlfieldnames": func(r rowFailure) any { return texts(r.err.Fields) },
		"getdmlindex":      func(r rowFailure) any { return int64(r.index) },
		"getdmlid":         func(r rowFailure) any { return r.id },
	}[key]
	if read == nil {
		return nil, false
	}
	i := a.whole(f, 0)
	if i < 0 || i >= len(e.rows) {
		f.throw("ListException", "List index out of bounds: %d", i)
	}
	return read(e.rows[i]), true
}
