package org

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"flexcaselog/internal/apexrun"
)

// Config says what an org is made of. Its zero value is not enough: ProjectDir is needed.
type Config struct {
	ProjectDir string // the SFDX project: objects, fields, permission sets and classes are read from all below it
	Path       string // the database file; empty keeps the records in memory
	Decode     Decode // empty is DecodeForm
}

// Org is one running org. It may be used by several goroutines: their transactions take turns.
type Org struct {
	store   *store
	program *apexrun.Program
	decode  Decode

	mu       sync.Mutex
	warnings []string
}

// Open starts an org. It errs where the project uses something that is not modelled, or its Apex does not parse.
func Open(ctx context.Context, config Config) (*Org, error) {
	decode := config.Decode
	if decode == "" {
		decode = DecodeForm
	}
	if !slices.Contains([]Decode{DecodeForm, DecodePercent, DecodeNone}, decode) {
		return nil, fmt.Errorf("org: decode mode %q is not known", decode)
	}
	p, err := readProject(config.ProjectDir)
	if err != nil {
		return nil, err
	}
	s, err := openStore(ctx, config.Path, p.objects, p.triggers()...)
	if err != nil {
		return nil, err
	}
	o := &Org{store: s, decode: decode}
	if o.program, err = apexrun.Load(config.ProjectDir, s); err == nil {
		err = s.in(ctx, func(t *tx) error { return t.furnish(p) })
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return o, nil
}

// Close ends the org; the records in memory are gone.
func (o *Org) Close() error { return o.store.close() }

// furnish gives a new org what every org has: the user that everything runs as, profiles, and the project's permission sets and settings.
func (t *tx) furnish(p *project) error {
	users := t.store.Object("User")
	old, err := t.Scan(users)
	if err != nil || len(old) > 0 {
		return err
	}
	var admin string
	for _, name := range []string{"System Administrator", "Standard User", "Minimum Access - Salesforce"} {
		id, err := t.Insert(t.store.Object("Profile"), apexrun.Row{"Name": name})
		if err != nil {
			return err
		}
		if admin == "" {
			admin = id
		}
	}
	slices.Sort(p.permissionSets)
	for _, name := range p.permissionSets {
		if _, err := t.Insert(t.store.Object("PermissionSet"), apexrun.Row{"Name": name, "Label": name}); err != nil {
			return err
		}
	}
	for _, x := range p.settings {
		if err := t.setUp(x); err != nil {
			return err
		}
	}
	me := apexrun.RunningUser
	id, err := t.Insert(users, apexrun.Row{
		"FirstName": me.FirstName, "LastName": me.LastName, "Username": me.Username, "Email": me.Username, "IsActive": true, "ProfileId": admin,
	})
	if err == nil && id != me.ID {
		err = fmt.Errorf("org: the first user is %s, not %s", id, me.ID)
	}
	return err
}

// RunApex calls a webservice method, one transaction, as the Open CTI method of that name does.
func (o *Org) RunApex(ctx context.Context, class, method, methodParams string) Answer {
	params, warnings := parseParams(methodParams, o.decode)
	o.warn(class+"."+method, warnings)
	v, err := o.program.Call(ctx, class, method, params)
	if err != nil {
		return runApexFailure(class, err)
	}
	return Answer{Success: true, ReturnValue: map[string]any{"runApex": v}}
}

// SaveLog creates a record (entityApiName and fields) or changes one (Id and fields), as the Open CTI method of that name does. The values
// are those of JSON.
func (o *Org) SaveLog(ctx context.Context, fields map[string]any) Answer {
	var id string
	err := o.store.in(ctx, func(t *tx) (err error) {
		id, err = t.save(fields)
		return err
	})
	if err != nil {
		return saveLogFailure(err)
	}
	return Answer{Success: true, ReturnValue: map[string]any{"recordId": id}}
}

// save is saveLog without its answer.
func (t *tx) save(fields map[string]any) (string, error) {
	row := apexrun.Row{}
	for name, v := range fields {
		if name != "entityApiName" && name != "Id" {
			row[name] = v
		}
	}
	entity, isText := fields["entityApiName"].(string)
	if !isText && fields["entityApiName"] != nil {
		return "", refuse("INVALID_TYPE", "entityApiName", "entityApiName must be a text")
	}
	object := t.store.Object(entity)
	if entity != "" && (object == nil || object.Name != entity) {
		return "", refuse("INVALID_TYPE", "entityApiName", "sObject type '%s' is not supported.", entity)
	}
	if fields["Id"] == nil || fields["Id"] == "" {
		if object == nil {
			return "", refuse("MISSING_ARGUMENT", "entityApiName", "entityApiName or Id is needed")
		}
		return t.Insert(object, row)
	}
	given, _ := fields["Id"].(string)
	id, ok := apexrun.ID18(given)
	if !ok {
		return "", refuse("MALFORMED_ID", "Id", "id value of incorrect type: %v", fields["Id"])
	}
	owner := t.store.ObjectOf(id)
	if owner == nil || object != nil && object != owner {
		return "", refuse("MALFORMED_ID", "Id", "%s ID: id value of incorrect type: %s", entity, id)
	}
	return id, t.Update(owner, id, row)
}

// Test runs the project's Apex tests whose Class.method contains filter. They see the records that the org has, so give them an org of
// their own.
func (o *Org) Test(ctx context.Context, filter string) (apexrun.Report, error) {
	return o.program.Test(ctx, filter)
}

// Warnings lists what callers did that a real org might take otherwise, oldest first.
func (o *Org) Warnings() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.warnings)
}

// mostWarnings keeps a caller that is wrong all the time from filling the memory.
const mostWarnings = 1000

func (o *Org) warn(where string, warnings []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, w := range warnings {
		if len(o.warnings) < mostWarnings {
			o.warnings = append(o.warnings, strings.Join([]string{"runApex", where, w}, ": "))
		}
	}
}
