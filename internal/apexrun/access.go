package apexrun

import (
	"slices"
	"strings"
)

// Access is what one user may do, by their profile and permission sets. The zero value may do nothing.
type Access struct {
	All     bool                    // nothing is refused
	Admin   bool                    // with All: an administrator, who sees all but the custom fields that a deployment brought
	Classes map[string]bool         // the Apex classes whose webservice methods may be called, by lower-case name
	Objects map[string]ObjectAccess // by declared name
	Fields  map[string]FieldAccess  // by declared names, Case.Subject
	User    map[string]bool         // user permissions: EditTask
}

// ObjectAccess is what may be done with the records of one object.
type ObjectAccess struct{ Read, Create, Edit, Delete, ViewAll, ModifyAll bool }

// FieldAccess is what may be done with one field.
type FieldAccess struct{ Read, Edit bool }

// Grant adds what b may do.
func (a *Access) Grant(b Access) {
	if a.Classes == nil {
		a.Classes, a.Objects, a.Fields, a.User = map[string]bool{}, map[string]ObjectAccess{}, map[string]FieldAccess{}, map[string]bool{}
	}
	a.All, a.Admin = a.All || b.All, a.Admin || b.Admin
	for name := range b.Classes {
		a.Classes[name] = true
	}
	for name := range b.User {
		a.User[name] = true
	}
	for name, y := range b.Objects {
		x := a.Objects[name]
		a.Objects[name] = ObjectAccess{
			x.Read || y.Read, x.Create || y.Create, x.Edit || y.Edit, x.Delete || y.Delete, x.ViewAll || y.ViewAll, x.ModifyAll || y.ModifyAll,
		}
	}
	for name, y := range b.Fields {
		x := a.Fields[name]
		a.Fields[name] = FieldAccess{x.Read || y.Read, x.Edit || y.Edit}
	}
}

// Object returns what may be done with an object. Everybody may read users and what else the setup of an org consists of.
func (a *Access) Object(o *Object) ObjectAccess {
	switch {
	case a.All:
		return ObjectAccess{true, true, true, true, true, true}
	case o.Setup:
		return ObjectAccess{Read: true, ViewAll: true}
	case o.WriteNeeds != "":
		may := a.User[o.WriteNeeds]
		return ObjectAccess{Read: true, Create: may, Edit: may, Delete: may}
	}
	return a.Objects[o.Name]
}

// Field returns what may be done with a field of an object that may be read. A field that no permission can hide may be read, and
// unless the org keeps it also written.
func (a *Access) Field(o *Object, f *Field) FieldAccess {
	if a.seesAll(o, f) || o.Setup || f.Always || f.Required || f.MasterDetail || f.Type == TypeID {
		return FieldAccess{Read: true, Edit: !f.ReadOnly}
	}
	given := a.Fields[o.Name+"."+f.Name]
	return FieldAccess{Read: given.Read, Edit: given.Edit && !f.ReadOnly}
}

// seesAll tells whether no permission is needed for a field. An administrator's profile has no access to a custom field that is deployed
// without that profile, although it may do everything with the records.
func (a *Access) seesAll(o *Object, f *Field) bool {
	return a.All && !(a.Admin && strings.HasSuffix(f.Name, "__c") && !strings.HasSuffix(o.Name, "__mdt"))
}

// Class tells whether the webservice methods of a class may be called.
func (a *Access) Class(name string) bool { return a.All || a.Classes[strings.ToLower(name)] }

// Sharing is an object's organisation-wide default: what users may do with the records of others.
type Sharing string

// The defaults that are understood; empty is SharingReadWrite.
const (
	SharingReadWrite Sharing = "ReadWrite"
	SharingRead      Sharing = "Read"
	SharingPrivate   Sharing = "Private"
	SharingParent    Sharing = "ControlledByParent"
)

// Rights are what a user may do with the records of a transaction.
type Rights struct {
	Tx     Tx
	Access *Access
	User   string
}

// Shared tells whether the sharing of a record lets the user read it, or with edit change it. There are owners and organisation-wide
// defaults; roles, rules, teams and manual shares are not modelled.
func (r Rights) Shared(o *Object, row Row, edit bool) (bool, error) {
	rights := r.Access.Object(o)
	if rights.ModifyAll || rights.ViewAll && !edit || row["OwnerId"] == r.User {
		return true, nil
	}
	switch o.Sharing {
	case SharingPrivate:
		return false, nil
	case SharingRead:
		return !edit, nil
	case SharingParent:
		for _, f := range o.Fields {
			if f.MasterDetail {
				return r.master(f, row[f.Name], edit)
			}
		}
	}
	return true, nil
}

// master tells whether a detail may be read or changed by what may be done with its master.
func (r Rights) master(f *Field, id any, edit bool) (bool, error) {
	parent, row, err := r.find(f, id)
	if err != nil || row == nil {
		return row != nil, err
	}
	return r.Shared(parent, row, edit && !f.ReadToWrite)
}

// find reads the record that a reference names; nil where there is none, which is for the store to refuse.
func (r Rights) find(f *Field, id any) (*Object, Row, error) {
	text, _ := id.(string)
	parent := r.Tx.ObjectOf(text)
	if parent == nil {
		return nil, nil, nil
	}
	row, err := r.record(parent, text)
	return parent, row, err
}

func (r Rights) record(o *Object, id string) (Row, error) {
	rows, err := r.Tx.Scan(o, []Match{{Field: o.Field("Id"), Value: id}})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row["Id"] == id {
			return row, nil
		}
	}
	return nil, nil
}

// Refused tells why the sharing of a record, or of one that it refers to, does not let the user write it; nil where it does. The id is
// empty for a new record. With objects the user must also be allowed to read the objects that are referred to, as in user mode.
func (r Rights) Refused(o *Object, id string, fields Row, objects bool) (*RowError, error) {
	if id != "" {
		row, err := r.record(o, id)
		if err != nil || row == nil {
			return nil, err
		}
		if ok, err := r.Shared(o, row, true); err != nil || !ok {
			return &RowError{Code: "INSUFFICIENT_ACCESS_OR_READONLY", Message: "insufficient access rights on object id"}, err
		}
	}
	for _, f := range o.Fields {
		if f.Type != TypeReference || fields[f.Name] == nil {
			continue
		}
		parent, row, err := r.find(f, fields[f.Name])
		if err != nil {
			return nil, err
		}
		if row == nil || !slices.Contains(f.ReferenceTo, parent.Name) {
			continue // the store refuses it in other words
		}
		ok, err := r.Shared(parent, row, f.MasterDetail && !f.ReadToWrite)
		if err != nil {
			return nil, err
		}
		if rights := r.Access.Object(parent); !ok || objects && !rights.Read || objects && f.MasterDetail && !f.ReadToWrite && !rights.Edit {
			return &RowError{Code: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", Message: "insufficient access rights on cross-reference id", Fields: []string{f.Name}}, nil
		}
	}
	return nil, nil
}

// Hidden lists the given fields that the user may not write: those without permission, and where a whole record is written back that was
// read, the master of a detail that cannot be given to another one, although it is the same.
func (r Rights) Hidden(o *Object, fields Row, whole bool) []string {
	var out []string
	for _, f := range o.Fields {
		if _, given := fields[f.Name]; !given || r.Access.All && !r.Access.Admin {
			continue
		}
		if !r.Access.Field(o, f).Edit || whole && f.MasterDetail && !f.Reparentable {
			out = append(out, f.Name)
		}
	}
	return out
}
