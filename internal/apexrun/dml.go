package apexrun

import (
	"errors"
	"fmt"
	"strings"
)

// dmlCall is one DML statement.
type dmlCall struct {
	verb         string
	records      any
	externalName string // of an upsert: the field that tells which record is meant
	allOrNone    bool
	system       bool // as system: the user's permissions do not count
}

func (f *frame) countStatement() {
	f.run.used.statements++
	if f.run.used.statements > maxStatements {
		f.throw("LimitException", "Too many DML statements: %d", f.run.used.statements)
	}
}

// dml runs one DML statement. With allOrNone a row that is refused undoes the whole statement and throws.
func (f *frame) dml(c dmlCall) any {
	records := f.recordsOf(c.records)
	f.countStatement()
	f.mayWrite(c, records)
	mark, err := f.run.tx.Savepoint()
	f.run.check(err)

	results := &list{element: "Database." + resultKinds[c.verb]}
	var failures []rowFailure
	var given []*sobject // the records that this statement gave an id
	seen := map[string]bool{}
	for i, s := range records {
		hadID := s.fields["id"] != nil
		created, problem := f.writeRow(c, s, seen)
		if created && !hadID {
			given = append(given, s)
		}
		if problem != nil {
			failures = append(failures, rowFailure{i, s.fields["id"], problem})
		}
		results.items = append(results.items, newResult(c.verb, s, created, problem))
	}
	f.run.access = nil // the statement may have changed it
	if len(failures) > 0 && c.allOrNone {
		f.run.check(f.run.tx.RollbackTo(mark))
		for _, s := range given {
			delete(s.fields, "id")
		}
		f.throwDML(c.verb, failures)
	}
	if _, one := c.records.(*sobject); one {
		return results.items[0]
	}
	return results
}

func (f *frame) recordsOf(v any) []*sobject {
	switch x := v.(type) {
	case *sobject:
		return []*sobject{x}
	case *list:
		var out []*sobject
		for _, item := range x.items {
			s, ok := item.(*sobject)
			if item == nil {
				f.throwNull()
			}
			if !ok {
				f.fail("DML requires SObject or SObject list type: %s", kindOf(v))
			}
			out = append(out, s)
		}
		return out
	case nil:
		f.throwNull()
	}
	f.fail("DML requires SObject or SObject list type: %s", kindOf(v))
	return nil
}

func (f *frame) throwDML(verb string, failures []rowFailure) {
	first := failures[0]
	message := fmt.Sprintf("%s failed. First exception on row %d; first error: %s", strings.ToUpper(verb[:1])+verb[1:], first.index, first.err.Error())
	if strings.HasPrefix(first.err.Message, "Operation failed due to fields being inaccessible") {
		message = first.err.Message
	}
	e := f.exception("DmlException", message)
	e.rows = failures
	panic(thrown{e})
}

// writeRow does one row. An error of the store that is no RowError ends the run.
func (f *frame) writeRow(c dmlCall, s *sobject, seen map[string]bool) (created bool, problem *RowError) {
	verb := c.verb
	id := s.id()
	if verb == "upsert" {
		found, err := f.upsertTarget(c, s, seen)
		if err != nil {
			return false, err
		}
		verb = "insert"
		if found != "" {
			verb, id = "update", found
		}
	}
	if problem := f.hiddenFields(c, s, verb); problem != nil {
		return false, problem
	}
	if problem := f.unshared(c, s, id, verb); problem != nil {
		return false, problem
	}
	var err error
	tx := f.run.tx
	switch verb {
	case "insert":
		if s.fields["id"] != nil {
			return false, &RowError{Code: "INVALID_FIELD_FOR_INSERT_UPDATE", Message: "cannot specify Id in an insert call", Fields: []string{"Id"}}
		}
		id, err = tx.Insert(s.object, f.rowOf(s))
		created = err == nil
	case "update":
		if id == "" {
			return false, &RowError{Code: "MISSING_ARGUMENT", Message: "Id not specified in an update call"}
		}
		err = tx.Update(s.object, id, f.rowOf(s))
	default:
		if id == "" {
			return false, &RowError{Code: "MISSING_ARGUMENT", Message: "Id not specified in a delete call"}
		}
		err = tx.Delete(s.object, id)
	}
	if errors.As(err, &problem) {
		return false, problem
	}
	f.run.check(err)
	s.fields["id"] = id
	return created, nil
}

// upsertTarget finds the record that an upsert means; an empty id where there is none yet.
func (f *frame) upsertTarget(c dmlCall, s *sobject, seen map[string]bool) (string, *RowError) {
	if c.externalName == "" || strings.EqualFold(c.externalName, "Id") {
		return s.id(), nil
	}
	field := s.object.Field(c.externalName)
	if field == nil || !field.ExternalID {
		f.fail("Invalid external id field: %s on %s", c.externalName, s.object.Name)
	}
	value := s.fields[strings.ToLower(field.Name)]
	if value == nil || value == "" {
		return "", &RowError{Code: "MISSING_ARGUMENT", Message: field.Name + " not specified", Fields: []string{field.Name}}
	}
	if seen[hash(value)] {
		return "", &RowError{Code: "DUPLICATE_VALUE", Message: "Duplicate external id specified: " + render(value), Fields: []string{field.Name}}
	}
	seen[hash(value)] = true
	rows, err := f.run.tx.Scan(s.object, []Match{{Field: field, Value: f.storable(value)}})
	f.run.check(err)
	var ids []string
	for _, r := range rows {
		if equal(r[field.Name], value, !field.CaseSensitive) {
			id, _ := r["Id"].(string)
			ids = append(ids, id)
		}
	}
	if len(ids) > 1 {
		return "", &RowError{Code: "DUPLICATE_VALUE", Message: "more than one record has this " + field.Name, Fields: []string{field.Name}}
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}

// rowOf is what a record in memory asks the store to write: the fields that were set, without the id.
func (f *frame) rowOf(s *sobject) Row {
	out := Row{}
	for key, v := range s.fields {
		if field := s.object.Field(key); field != nil && field.Type != TypeID && !(field.ReadOnly && s.queried != nil) {
			out[field.Name] = f.storable(v)
		}
	}
	return out
}

var resultKinds = map[string]string{"insert": "SaveResult", "update": "SaveResult", "upsert": "UpsertResult", "delete": "DeleteResult"}

func newResult(verb string, s *sobject, created bool, problem *RowError) *result {
	list := &list{element: "Database.Error"}
	var id any
	if problem == nil {
		id = s.fields["id"]
	} else {
		list.items = append(list.items, &result{"Error", map[string]any{
			"getmessage": problem.Message, "getstatuscode": enumValue{"StatusCode", problem.Code}, "getfields": texts(problem.Fields),
		}})
	}
	r := &result{resultKinds[verb], map[string]any{"getid": id, "issuccess": problem == nil, "geterrors": list}}
	if verb == "upsert" {
		r.fields["iscreated"] = created
	}
	return r
}
