package org

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"flexcaselog/internal/apexrun"
)

// Insert, Update and Delete are the one place where records change. Each checks first and writes then, so that a refusal leaves nothing.

// Insert stores a new record and returns its id.
func (t *tx) Insert(o *apexrun.Object, fields apexrun.Row) (string, error) {
	changes, err := admitAll(o, fields)
	if err != nil {
		return "", err
	}
	row := apexrun.Row{}
	for _, f := range o.Fields {
		if _, given := changes[f.Name]; !given && f.Default != nil && f.Type != apexrun.TypeAutoNumber {
			row[f.Name] = f.Default
		}
	}
	maps.Copy(row, changes)
	person := takePerson(o, row)
	if err := t.check(o, "", row, changes); err != nil {
		return "", err
	}
	if err := t.addAccount(o, row); err != nil {
		return "", err
	}
	t.store.last[o]++ // not undone by a rollback: an id that somebody may have seen is never given again
	n := t.store.last[o]
	id, _ := apexrun.ID18(recordID(o.KeyPrefix, n))
	now := time.Now().UTC().Truncate(time.Millisecond)
	row["Id"], row["IsDeleted"] = id, false
	row["CreatedDate"], row["LastModifiedDate"], row["SystemModstamp"] = now, now, now
	if row["OwnerId"] == nil {
		row["OwnerId"] = t.user
	}
	for _, f := range o.Fields {
		if f.Type == apexrun.TypeAutoNumber {
			format, _ := f.Default.(string)
			row[f.Name] = autoNumber(format, firstNumber(o)+n)
		}
	}
	complete(o, row)
	columns, marks, args := []string{"seq"}, []string{"?"}, []any{n}
	for _, f := range o.Fields {
		columns, marks, args = append(columns, quote(f.Name)), append(marks, "?"), append(args, toSQL(row[f.Name]))
	}
	err = t.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", quote(o.Name), strings.Join(columns, ", "), strings.Join(marks, ", ")), args...)
	if err == nil && person != nil {
		err = t.insertPerson(id, person)
	}
	return id, err
}

// firstNumber lets case numbers look as they do in an org, where they do not start at one.
func firstNumber(o *apexrun.Object) int {
	if o.Name == "Case" {
		return 1000
	}
	return 0
}

// addAccount gives a Case the Account of its Contact where no other is given.
func (t *tx) addAccount(o *apexrun.Object, row apexrun.Row) error {
	contact, _ := row["ContactId"].(string)
	if o.Name != "Case" || contact == "" || row["AccountId"] != nil {
		return nil
	}
	found, err := t.find(t.store.Object("Contact"), contact)
	if err == nil && found != nil {
		row["AccountId"] = found["AccountId"]
	}
	return err
}

// complete fills what the org works out: whether a Case is closed or a Task done, the name of a person, and of a custom record that has none.
func complete(o *apexrun.Object, row apexrun.Row) {
	switch o.Name {
	case "Case":
		row["IsClosed"] = row["Status"] == "Closed"
	case "Task":
		row["IsClosed"] = row["Status"] == "Completed"
	}
	name := o.Field("Name")
	switch {
	case name == nil || name.Type == apexrun.TypeAutoNumber:
	case o.Field("LastName") != nil && (o.Name != "Account" || row["LastName"] != nil): // an Account with a last name is a person
		first, _ := row["FirstName"].(string)
		last, _ := row["LastName"].(string)
		row["Name"] = strings.TrimSpace(first + " " + last)
	case row["Name"] == nil:
		row["Name"] = row["Id"]
	}
}

// Update changes a record.
func (t *tx) Update(o *apexrun.Object, id string, fields apexrun.Row) error {
	changes, err := admitAll(o, fields)
	if err != nil {
		return err
	}
	id, row, err := t.existing(o, id)
	if err != nil {
		return err
	}
	for _, f := range o.Fields {
		if v, given := changes[f.Name]; given && f.MasterDetail && !f.Reparentable && v != nil && v != row[f.Name] {
			return refuse("INVALID_FIELD_FOR_INSERT_UPDATE", f.Name, "Unable to create/update fields: %s. The parent of a master-detail record cannot be changed", f.Name)
		}
	}
	maps.Copy(row, changes)
	if err := t.check(o, id, row, changes); err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	row["LastModifiedDate"], row["SystemModstamp"] = now, now
	complete(o, row)
	var set []string
	var args []any
	for _, f := range o.Fields {
		set, args = append(set, quote(f.Name)+" = ?"), append(args, toSQL(row[f.Name]))
	}
	return t.exec(fmt.Sprintf(`UPDATE %s SET %s WHERE "Id" = ?`, quote(o.Name), strings.Join(set, ", ")), append(args, id)...)
}

// existing finds the record of an id in either length.
func (t *tx) existing(o *apexrun.Object, id string) (string, apexrun.Row, error) {
	full, ok := apexrun.ID18(id)
	if !ok || !strings.HasPrefix(full, o.KeyPrefix) {
		return "", nil, refuse("MALFORMED_ID", "Id", "%s ID: id value of incorrect type: %s", o.Name, id)
	}
	row, err := t.find(o, full)
	if err != nil {
		return "", nil, err
	}
	if row == nil {
		return "", nil, t.missing(full)
	}
	return full, row, nil
}

// SetCreatedDate is what an Apex test does to a record to make it old.
func (t *tx) SetCreatedDate(o *apexrun.Object, id string, at time.Time) error {
	return t.exec(fmt.Sprintf(`UPDATE %s SET "CreatedDate" = ? WHERE "Id" = ?`, quote(o.Name)), toSQL(at), id)
}

// Delete removes a record, and with it the records whose master it is; other records lose their reference to it.
func (t *tx) Delete(o *apexrun.Object, id string) error {
	id, _, err := t.existing(o, id)
	if err != nil {
		return err
	}
	return t.remove(o, id)
}

func (t *tx) remove(o *apexrun.Object, id string) error {
	for _, c := range o.Children {
		if !c.Field.MasterDetail {
			if err := t.exec(fmt.Sprintf("UPDATE %s SET %[2]s = NULL WHERE %[2]s = ?", quote(c.Object.Name), quote(c.Field.Name)), id); err != nil {
				return err
			}
			continue
		}
		rows, err := t.rows(c.Object, []string{quote(c.Field.Name) + " = ?"}, []any{id})
		if err != nil {
			return err
		}
		for _, r := range rows {
			child, _ := r["Id"].(string)
			if err := t.remove(c.Object, child); err != nil {
				return err
			}
		}
	}
	if err := t.exec("INSERT INTO deleted (id) VALUES (?)", id); err != nil {
		return err
	}
	return t.exec(fmt.Sprintf(`DELETE FROM %s WHERE "Id" = ?`, quote(o.Name)), id)
}

// admitAll reads the given values. A field that is unknown, or spelled otherwise, or kept by the org, is refused.
func admitAll(o *apexrun.Object, fields apexrun.Row) (apexrun.Row, error) {
	out := apexrun.Row{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f := o.Field(name)
		switch {
		case f == nil || f.Name != name:
			return nil, refuse("INVALID_FIELD", name, "No such column '%s' on sobject of type %s", name, o.Name)
		case f.ReadOnly:
			return nil, refuse("INVALID_FIELD_FOR_INSERT_UPDATE", name, "Unable to create/update fields: %s", name)
		}
		v, refusal := admit(f, fields[name])
		if refusal != nil {
			return nil, refusal
		}
		out[name] = v
	}
	return out, nil
}

// check holds a whole row to the rules that look beyond one value: required fields, references, uniqueness.
func (t *tx) check(o *apexrun.Object, id string, row, changes apexrun.Row) error {
	var missing []string
	for _, f := range o.Fields {
		if f.Required && row[f.Name] == nil {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		return &apexrun.RowError{
			Code: "REQUIRED_FIELD_MISSING", Message: "Required fields are missing: [" + strings.Join(missing, ", ") + "]", Fields: missing,
		}
	}
	if who, _ := row["WhoId"].(string); o.Name == "Task" && row["WhatId"] != nil && t.store.ObjectOf(who) == t.store.Object("Lead") {
		return refuse("FIELD_INTEGRITY_EXCEPTION", "WhatId", "a task about a Lead is related to nothing else")
	}
	for _, f := range o.Fields {
		if changes[f.Name] == nil {
			continue
		}
		if f.Type == apexrun.TypeReference {
			if err := t.checkReference(f, changes[f.Name]); err != nil {
				return err
			}
		}
		if f.Unique {
			if err := t.checkUnique(o, f, id, changes[f.Name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) checkReference(f *apexrun.Field, v any) error {
	id, _ := v.(string)
	for _, name := range f.ReferenceTo {
		parent := t.store.Object(name)
		if !strings.HasPrefix(id, parent.KeyPrefix) {
			continue
		}
		row, err := t.find(parent, id)
		if err != nil || row != nil {
			return err
		}
		return t.missing(id, f.Name)
	}
	return refuse("FIELD_INTEGRITY_EXCEPTION", f.Name, "%s: id value of incorrect type: %s", f.Name, id)
}

func (t *tx) checkUnique(o *apexrun.Object, f *apexrun.Field, id string, v any) error {
	rows, err := t.rows(o, []string{quote(f.Name) + " = ?", `"Id" <> ?`}, []any{toSQL(v), id})
	if err != nil || len(rows) == 0 {
		return err
	}
	return refuse("DUPLICATE_VALUE", f.Name, "duplicate value found: %s duplicates value on record with id: %v", f.Name, rows[0]["Id"])
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// recordID makes the 15 characters of an id: three of the object, two of the instance, and the number in base 62, where capitals count.
func recordID(prefix string, n int) string {
	tail := ""
	for range 10 {
		tail = base62[n%62:n%62+1] + tail
		n /= 62
	}
	return prefix + "5g" + tail
}
