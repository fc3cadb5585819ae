package org

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"flexcaselog/internal/apexrun"
)

// AgentPermissionSet is the shipped permission set that an agent needs. The agent of a new org has it, and beside it a profile that
// allows nothing.
const AgentPermissionSet = "TwilioCaseLogAgent"

// admin is who deploys the package and runs its tests: with all rights but those to the package's own fields, as in a real org.
var admin = struct{ ID, Username string }{"0055g0000000002AAA", "admin@example.com"}

// The profiles that every org has. The first may do everything, the others nothing: what they may do in a real org depends on the org.
var profiles = []string{"System Administrator", "Standard User", "Minimum Access - Salesforce"}

func isMetadata(o *apexrun.Object) bool { return strings.HasSuffix(o.Name, "__mdt") }

// permissionSetFile is a permission set, as far as it matters to records and classes.
type permissionSetFile struct {
	Label   string `xml:"label"`
	Classes []struct {
		Name    string `xml:"apexClass"`
		Enabled bool   `xml:"enabled"`
	} `xml:"classAccesses"`
	Metadata []struct {
		Name    string `xml:"name"`
		Enabled bool   `xml:"enabled"`
	} `xml:"customMetadataTypeAccesses"`
	Fields []struct {
		Field    string `xml:"field"`
		Editable bool   `xml:"editable"`
		Readable bool   `xml:"readable"`
	} `xml:"fieldPermissions"`
	User []struct {
		Name    string `xml:"name"`
		Enabled bool   `xml:"enabled"`
	} `xml:"userPermissions"`
	Objects []struct {
		Object    string `xml:"object"`
		Create    bool   `xml:"allowCreate"`
		Delete    bool   `xml:"allowDelete"`
		Edit      bool   `xml:"allowEdit"`
		Read      bool   `xml:"allowRead"`
		ModifyAll bool   `xml:"modifyAllRecords"`
		ViewAll   bool   `xml:"viewAllRecords"`
	} `xml:"objectPermissions"`
}

// readPermissionSet reads what a permission set allows. It errs on what a deployment would refuse: names that are not there, and
// permissions for fields that cannot have any.
func (p *project) readPermissionSet(path string, classes []string) error {
	var x permissionSetFile
	if err := readXML(path, &x); err != nil {
		return err
	}
	a := apexrun.Access{Classes: map[string]bool{}, Objects: map[string]apexrun.ObjectAccess{}, Fields: map[string]apexrun.FieldAccess{}, User: map[string]bool{}}
	for _, c := range x.Classes {
		if !slices.Contains(classes, c.Name) {
			return fmt.Errorf("class %s is not there", c.Name)
		}
		a.Classes[strings.ToLower(c.Name)] = c.Enabled
		if !c.Enabled {
			delete(a.Classes, strings.ToLower(c.Name))
		}
	}
	for _, u := range x.User {
		if u.Enabled {
			a.User[u.Name] = true
		}
	}
	for _, o := range x.Objects {
		object := p.object(o.Object)
		if object == nil || object.Name != o.Object {
			return fmt.Errorf("object %s is not there", o.Object)
		}
		if object.WriteNeeds != "" {
			return fmt.Errorf("object %s has no permissions: who has %s may write it", o.Object, object.WriteNeeds)
		}
		if !o.Read && (o.Create || o.Edit) || !(o.Read && o.Edit) && o.Delete || o.ViewAll && !o.Read || o.ModifyAll && !o.Delete {
			return fmt.Errorf("object %s: a permission is granted without the one that it needs", o.Object)
		}
		a.Objects[o.Object] = apexrun.ObjectAccess{Read: o.Read, Create: o.Create, Edit: o.Edit, Delete: o.Delete, ViewAll: o.ViewAll, ModifyAll: o.ModifyAll}
	}
	for _, m := range x.Metadata {
		if object := p.object(m.Name); object == nil || !isMetadata(object) {
			return fmt.Errorf("custom metadata type %s is not there", m.Name)
		}
		a.Objects[m.Name] = apexrun.ObjectAccess{Read: m.Enabled, ViewAll: m.Enabled}
	}
	for _, f := range x.Fields {
		if err := p.grantField(&a, f.Field, f.Readable, f.Editable); err != nil {
			return err
		}
	}
	for object, rights := range a.Objects {
		for _, f := range p.object(object).Fields {
			if isMetadata(p.object(object)) && rights.Read { // they have no permissions of their own
				a.Fields[object+"."+f.Name] = apexrun.FieldAccess{Read: true}
			}
			if !f.MasterDetail || !rights.Read || p.object(f.ReferenceTo[0]) == nil {
				continue
			}
			if master := a.Objects[f.ReferenceTo[0]]; !master.Read {
				return fmt.Errorf("object %s: its master %s may not be read", object, f.ReferenceTo[0])
			}
		}
	}
	p.permissionSets[strings.TrimSuffix(filepath.Base(path), ".permissionset-meta.xml")] = permissionSet{x.Label, a}
	return nil
}

func (p *project) grantField(a *apexrun.Access, name string, readable, editable bool) error {
	objectName, fieldName, _ := strings.Cut(name, ".")
	object := p.object(objectName)
	if object == nil || object.Field(fieldName) == nil || object.Name+"."+object.Field(fieldName).Name != name {
		return fmt.Errorf("field %s is not there", name)
	}
	f := object.Field(fieldName)
	switch {
	case f.Required || f.MasterDetail || f.Always:
		return fmt.Errorf("field %s: no permission can be given for a field that is required", name)
	case editable && (f.ReadOnly || !readable):
		return fmt.Errorf("field %s cannot be editable", name)
	}
	a.Fields[name] = apexrun.FieldAccess{Read: readable, Edit: editable}
	return nil
}

// furnish gives an org what every org has: profiles, the agent and the administrator, the project's permission sets and settings. What is
// there from an earlier run stays, but for the settings, which are the project's.
func (t *tx) furnish(p *project) error {
	for _, name := range slices.Sorted(maps.Keys(p.permissionSets)) {
		label := p.permissionSets[name].label
		if err := t.once("PermissionSet", "Name", name, apexrun.Row{"Name": name, "Label": label}); err != nil {
			return err
		}
	}
	for _, name := range profiles {
		if err := t.once("Profile", "Name", name, apexrun.Row{"Name": name}); err != nil {
			return err
		}
	}
	me := apexrun.RunningUser
	err := t.person(me.ID, profiles[2], apexrun.Row{"FirstName": me.FirstName, "LastName": me.LastName, "Username": me.Username, "Email": me.Username})
	if err != nil {
		return err
	}
	err = t.person(admin.ID, profiles[0], apexrun.Row{"LastName": "Admin", "Username": admin.Username, "Email": admin.Username})
	if err != nil {
		return err
	}
	for _, o := range p.objects {
		if isMetadata(o) {
			if err := t.exec("DELETE FROM " + quote(o.Name)); err != nil {
				return err
			}
		}
	}
	for _, x := range p.settings {
		if err := t.setUp(x); err != nil {
			return err
		}
	}
	return nil
}

// once inserts a record unless there is one of that name.
func (t *tx) once(object, field, name string, row apexrun.Row) error {
	o := t.store.Object(object)
	old, err := t.rows(o, []string{quote(field) + " = ?"}, []any{name})
	if err == nil && len(old) == 0 {
		_, err = t.Insert(o, row)
	}
	return err
}

func (t *tx) person(id, profile string, row apexrun.Row) error {
	users := t.store.Object("User")
	if old, err := t.find(users, id); err != nil || old != nil {
		return err
	}
	found, err := t.rows(t.store.Object("Profile"), []string{`"Name" = ?`}, []any{profile})
	if err != nil {
		return err
	}
	row["ProfileId"], row["IsActive"] = found[0]["Id"], true
	got, err := t.Insert(users, row)
	if err == nil && got != id {
		err = fmt.Errorf("org: the user is %s, not %s: the database file is of another version, and must be removed first", got, id)
	}
	return err
}

// ActAs gives the agent other permission sets than those they have: from the next call on they may do what these allow and no more. With
// none they are a person with nothing but a profile of minimum access.
func (o *Org) ActAs(ctx context.Context, permissionSets ...string) error {
	return o.store.in(ctx, func(t *tx) error { return t.actAs(permissionSets) })
}

func (t *tx) actAs(permissionSets []string) error {
	assignments := t.store.Object("PermissionSetAssignment")
	old, err := t.rows(assignments, []string{`"AssigneeId" = ?`}, []any{apexrun.RunningUser.ID})
	if err != nil {
		return err
	}
	for _, row := range old {
		if err := t.remove(assignments, row["Id"].(string)); err != nil {
			return err
		}
	}
	for _, name := range permissionSets {
		found, err := t.rows(t.store.Object("PermissionSet"), []string{`"Name" = ?`}, []any{name})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("org: no permission set %s", name)
		}
		if _, err := t.Insert(assignments, apexrun.Row{"AssigneeId": apexrun.RunningUser.ID, "PermissionSetId": found[0]["Id"]}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) As(userID string) { t.user = userID }

// Access adds up the profile and the permission sets of a user, as their records say at this moment.
func (t *tx) Access(userID string) (*apexrun.Access, error) {
	out := &apexrun.Access{}
	user, err := t.find(t.store.Object("User"), userID)
	if err != nil || user == nil {
		return out, err
	}
	if id, _ := user["ProfileId"].(string); id != "" {
		profile, err := t.find(t.store.Object("Profile"), id)
		if err != nil {
			return nil, err
		}
		out.All = profile["Name"] == profiles[0]
		out.Admin = out.All
	}
	assigned, err := t.rows(t.store.Object("PermissionSetAssignment"), []string{`"AssigneeId" = ?`}, []any{userID})
	if err != nil {
		return nil, err
	}
	for _, row := range assigned {
		set, err := t.find(t.store.Object("PermissionSet"), row["PermissionSetId"].(string))
		if err != nil {
			return nil, err
		}
		name, _ := set["Name"].(string)
		out.Grant(t.store.permissionSets[name].access)
	}
	return out, nil
}

// Rights lists what each permission set of the project allows, for people to read and tests to hold on to.
func (o *Org) Rights() string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(o.store.permissionSets)) {
		a := o.store.permissionSets[name].access
		fmt.Fprintln(&out, name)
		for _, class := range slices.Sorted(maps.Keys(a.Classes)) {
			fmt.Fprintln(&out, "  class", class)
		}
		for _, name := range slices.Sorted(maps.Keys(a.User)) {
			fmt.Fprintln(&out, "  user", name)
		}
		for _, object := range slices.Sorted(maps.Keys(a.Objects)) {
			fmt.Fprintln(&out, "  "+object+objectRights(a.Objects[object]))
		}
		for _, field := range slices.Sorted(maps.Keys(a.Fields)) {
			switch may := a.Fields[field]; {
			case may.Edit:
				fmt.Fprintln(&out, "  "+field, "edit")
			case may.Read:
				fmt.Fprintln(&out, "  "+field, "read")
			}
		}
	}
	return out.String()
}

func objectRights(a apexrun.ObjectAccess) string {
	text := ""
	for _, right := range []struct {
		name  string
		given bool
	}{{"read", a.Read}, {"create", a.Create}, {"edit", a.Edit}, {"delete", a.Delete}, {"view all", a.ViewAll}, {"modify all", a.ModifyAll}} {
		if right.given {
			text += " " + right.name
		}
	}
	return text
}
