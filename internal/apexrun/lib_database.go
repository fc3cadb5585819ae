package apexrun

import "time"

func unixMilli(v any) any {
	t, _ := v.(time.Time)
	return long(t.UnixMilli())
}

func databaseStatics() methods[typeName] {
	return methods[typeName]{
		"insert": dmlMethod("insert"), "update": dmlMethod("update"), "upsert": dmlMethod("upsert"), "delete": dmlMethod("delete"),
		"setsavepoint": {0, 0, func(f *frame, _ typeName, _ arguments) any {
			f.countStatement()
			name, err := f.run.tx.Savepoint()
			f.run.check(err)
			return savepoint(name)
		}},
		"rollback": {1, 1, func(f *frame, _ typeName, a arguments) any {
			f.countStatement()
			f.run.check(f.run.tx.RollbackTo(string(argument[savepoint](f, a, 0))))
			return nil
		}},
		"releasesavepoint": {1, 1, func(f *frame, _ typeName, a arguments) any {
			argument[savepoint](f, a, 0) // the transaction's end releases it
			return nil
		}},
		"query": {1, 2, func(f *frame, _ typeName, a arguments) any { return f.queryText(a.text(f, 0), a[1:], nil) }},
		"querywithbinds": {3, 3, func(f *frame, _ typeName, a arguments) any {
			return f.queryText(a.text(f, 0), a[2:], argument[*mapping](f, a, 1))
		}},
		"countquery": {1, 2, func(f *frame, _ typeName, a arguments) any { return f.queryText(a.text(f, 0), a[1:], nil) }},
	}
}

// queryText runs a query that is made at run time. Its binds are the caller's variables, or those of a map.
func (f *frame) queryText(text string, mode arguments, binds *mapping) any {
	system := false
	for _, v := range mode {
		system = f.accessLevel(v)
	}
	p, problems := parse(f.class.file, text)
	q := p.Query()
	if problems.err() != nil || p.GetCurrentToken().GetText() != "<EOF>" {
		f.throw("QueryException", "unexpected token in the query")
	}
	if binds == nil {
		before := f.atRunTime
		f.atRunTime = true
		defer func() { f.atRunTime = before }()
		return f.queryIn(q, system)
	}
	g := f.run.frame(f.class, nil)
	g.line, g.atRunTime = f.line, true
	for _, k := range binds.keys {
		g.declare(render(k), "Object", binds.get(k))
	}
	return g.queryIn(q, system)
}

// accessLevel tells whether an AccessLevel is that of the system.
func (f *frame) accessLevel(v any) (system bool) {
	e, ok := v.(enumValue)
	if !ok || e.kind != "AccessLevel" {
		f.fail("an AccessLevel is wanted, not %s", kindOf(v))
	}
	return e.name == "SYSTEM_MODE"
}

// dmlMethod is Database.insert and its like: (records, field token for upsert, allOrNone, access level), all but the first left out at will.
func dmlMethod(verb string) native[typeName] {
	return native[typeName]{1, 4, func(f *frame, _ typeName, a arguments) any {
		call := dmlCall{verb: verb, records: a[0], allOrNone: true}
		for _, v := range a[1:] {
			switch x := v.(type) {
			case bool:
				call.allOrNone = x
			case *options:
				call.allOrNone = x.fields["optallornone"] == true
			case fieldToken:
				if verb != "upsert" {
					f.fail("Method does not exist or incorrect signature: Database.%s(%s)", verb, a.kinds())
				}
				call.externalName = x.field.Name
			default:
				call.system = f.accessLevel(v)
			}
		}
		return f.dml(call)
	}}
}
