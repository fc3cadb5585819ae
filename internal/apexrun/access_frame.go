package apexrun

import "strings"

// oldestVersion is the API version whose rules are kept: database operations are in user mode and classes share unless they say
// otherwise. Older versions have other rules.
const oldestVersion = 67

// reading is how far a query or a search is bound by what the user may do.
type reading struct{ user, sharing bool }

// sharing tells whether the sharing of records counts in a class: always, unless it says that it does not.
func (c *class) sharing() bool { return !c.modifiers["withoutsharing"] }

// rights are those of the running user.
func (f *frame) rights() Rights {
	r := f.run
	if r.access == nil {
		a, err := r.tx.Access(r.user)
		r.check(err)
		r.access = a
	}
	return Rights{Tx: r.tx, Access: r.access, User: r.user}
}

// as changes who runs, and returns what changes it back.
func (r *run) as(user string) (back func()) {
	before := r.user
	r.user, r.access = user, nil
	r.tx.As(user)
	return func() {
		r.user, r.access = before, nil
		r.tx.As(before)
	}
}

// inMode runs a query in user or system mode; a query in a bind of it has its own.
func (f *frame) inMode(system bool, body func() any) any {
	before := f.reading
	f.reading = reading{user: !system, sharing: !system || f.class.sharing()}
	defer func() { f.reading = before }()
	return body()
}

// mayQuery throws where the user may not read an object.
func (f *frame) mayQuery(o *Object) {
	if f.reading.user && !f.rights().Access.Object(o).Read {
		f.throwDenied(o)
	}
}

func (f *frame) throwDenied(o *Object) {
	f.throw("SecurityException", "Access to entity '%s' denied", o.Name)
}

// mayRead throws where the user may not read a field, in the words for a field that is not there.
func (f *frame) mayRead(o *Object, field *Field) {
	f.mayQuery(o)
	if f.reading.user && !f.rights().Access.Field(o, field).Read {
		f.throw("QueryException", "No such column '%s' on entity '%s'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.", field.Name, o.Name)
	}
}

// shared leaves out the rows that are not shared with the user.
func (f *frame) shared(o *Object, rows []Row) []Row {
	if !f.reading.sharing || f.rights().Access.All {
		return rows
	}
	var out []Row
	for _, r := range rows {
		ok, err := f.rights().Shared(o, r, false)
		f.run.check(err)
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// mayWrite throws where the user may not write records of an object at all.
func (f *frame) mayWrite(c dmlCall, records []*sobject) {
	for _, s := range records {
		if strings.HasSuffix(s.object.Name, "__mdt") {
			f.fail("DML operation %s not allowed on %s", strings.ToUpper(c.verb), s.object.Name)
		}
		rights := f.rights().Access.Object(s.object)
		ok := map[string]bool{
			"insert": rights.Create, "update": rights.Edit, "delete": rights.Delete, "upsert": rights.Create && rights.Edit,
		}[c.verb]
		if !c.system && !ok {
			f.throwDenied(s.object)
		}
	}
}

// hiddenFields is why a row is refused in user mode that has fields which the user may not write.
func (f *frame) hiddenFields(c dmlCall, s *sobject, verb string) *RowError {
	if c.system || verb == "delete" {
		return nil
	}
	hidden := f.rights().Hidden(s.object, f.rowOf(s), verb == "update" && s.queried != nil)
	if len(hidden) == 0 {
		return nil
	}
	return &RowError{
		Code: "INSUFFICIENT_ACCESS_OR_READONLY", Fields: hidden,
		Message: "Operation failed due to fields being inaccessible on Sobject " + s.object.Name + ", check errors on Exception or Result!",
	}
}

// unshared is why a row is refused that is not shared with the user, or refers to one that is not.
func (f *frame) unshared(c dmlCall, s *sobject, id, verb string) *RowError {
	if f.rights().Access.All || c.system && !f.class.sharing() {
		return nil
	}
	fields := f.rowOf(s)
	if verb == "insert" {
		id = ""
	}
	if verb == "delete" {
		fields = nil
	}
	problem, err := f.rights().Refused(s.object, id, fields, !c.system)
	f.run.check(err)
	return problem
}
