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

	// PermissionSets are what the agent has beside a profile of minimum access. Nil is [AgentPermissionSet] in a new org, and what they had
	// in one that is read from a file. See [Org.ActAs].
	PermissionSets []string
	// Private lists the standard objects whose records only their owner sees; those of others are everybody's.
	Private []string
	// PersonAccounts gives the org Person Accounts: an Account that is inserted with a LastName is a person and has a Contact. An org
	// without them has none of their fields, as a real one.
	PersonAccounts bool
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
	if config.PersonAccounts {
		p.addPersonAccounts()
	}
	for _, name := range config.Private {
		object := p.object(name)
		if object == nil {
			return nil, fmt.Errorf("org: no object %s", name)
		}
		object.Sharing = apexrun.SharingPrivate
	}
	s, err := openStore(ctx, config.Path, p.objects, p.triggers()...)
	if err != nil {
		return nil, err
	}
	s.permissionSets = p.permissionSets
	o := &Org{store: s, decode: decode}
	if o.program, err = apexrun.Load(config.ProjectDir, s); err == nil {
		err = s.in(ctx, func(t *tx) error { return t.prepare(p, config.PermissionSets) })
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return o, nil
}

// Close ends the org; the records in memory are gone.
func (o *Org) Close() error { return o.store.close() }

// prepare makes the org what its project says. The agent of a new org gets the shipped permission set.
func (t *tx) prepare(p *project, permissionSets []string) error {
	known, err := t.find(t.store.Object("User"), apexrun.RunningUser.ID)
	if err != nil {
		return err
	}
	if err := t.furnish(p); err != nil {
		return err
	}
	if permissionSets == nil && known == nil {
		permissionSets = []string{AgentPermissionSet}
	}
	if permissionSets == nil {
		return nil
	}
	return t.actAs(permissionSets)
}

// RunApex calls a webservice method, one transaction, as the agent and as the Open CTI method of that name does.
func (o *Org) RunApex(ctx context.Context, class, method, methodParams string) Answer {
	params, warnings := parseParams(methodParams, o.decode)
	o.warn(class+"."+method, warnings)
	v, err := o.program.Call(ctx, class, method, params)
	if err != nil {
		return runApexFailure(class, err)
	}
	return Answer{Success: true, ReturnValue: map[string]any{"runApex": v}}
}

// SaveLog creates a record (entityApiName and fields) or changes one (Id and fields), as the agent and as the Open CTI method of that name
// does. The values are those of JSON.
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

// Test runs the project's Apex tests whose Class.method contains filter, as an administrator. They see the records that the org has, so give them an org of
// their own.
func (o *Org) Test(ctx context.Context, filter string) (apexrun.Report, error) {
	return o.program.As(admin.ID).Test(ctx, filter)
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
