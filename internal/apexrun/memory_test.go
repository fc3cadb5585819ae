package apexrun_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

var (
	_ apexrun.Store = (*memory)(nil)
	_ apexrun.Tx    = (*memoryTx)(nil)
)

// memory is a store with one rule of each kind: Contact.LastName is required, Case.Key__c is unique.
type memory struct {
	objects map[string]*apexrun.Object
	rows    map[string][]apexrun.Row
	last    int
	access  map[string]*apexrun.Access // what a user may do; everything where it is not said
	broken  error                      // what Scan answers, to be a database that has gone away
}

func newMemory() *memory {
	contact := apexrun.NewObject("Contact", "003")
	contact.Add(apexrun.Field{Name: "Id", Type: apexrun.TypeID, ReadOnly: true})
	contact.Add(apexrun.Field{Name: "LastName", Type: apexrun.TypeText, Length: 80, Required: true})
	contact.Add(apexrun.Field{Name: "Name", Type: apexrun.TypeText, Length: 80, ReadOnly: true})
	contact.Add(apexrun.Field{Name: "Phone", Type: apexrun.TypePhone, Length: 40})
	kase := apexrun.NewObject("Case", "500")
	kase.Add(apexrun.Field{Name: "Id", Type: apexrun.TypeID, ReadOnly: true})
	kase.Add(apexrun.Field{Name: "Subject", Type: apexrun.TypeText, Length: 255})
	kase.Add(apexrun.Field{Name: "Key__c", Type: apexrun.TypeText, Length: 80, Unique: true, CaseSensitive: true, ExternalID: true})
	kase.Add(apexrun.Field{Name: "Seconds__c", Type: apexrun.TypeNumber})
	kase.Add(apexrun.Field{Name: "Open__c", Type: apexrun.TypeCheckbox})
	kase.Add(apexrun.Field{Name: "Start__c", Type: apexrun.TypeDateTime})
	link := kase.Add(apexrun.Field{Name: "ContactId", Type: apexrun.TypeReference, ReferenceTo: []string{"Contact"}, Relationship: "Contact"})
	contact.Children = append(contact.Children, apexrun.Child{Name: "Cases", Object: kase, Field: link})
	user := apexrun.NewObject("User", "005")
	user.Setup = true
	user.Add(apexrun.Field{Name: "Id", Type: apexrun.TypeID, ReadOnly: true})
	return &memory{
		objects: map[string]*apexrun.Object{"contact": contact, "case": kase, "user": user},
		rows:    map[string][]apexrun.Row{},
	}
}

func (m *memory) Object(name string) *apexrun.Object { return m.objects[strings.ToLower(name)] }

func (m *memory) ObjectOf(id string) *apexrun.Object {
	for _, o := range m.objects {
		if strings.HasPrefix(id, o.KeyPrefix) {
			return o
		}
	}
	return nil
}

func (m *memory) copy() map[string][]apexrun.Row {
	out := map[string][]apexrun.Row{}
	for name, rows := range m.rows {
		for _, r := range rows {
			out[name] = append(out[name], maps.Clone(r))
		}
	}
	return out
}

func (m *memory) Begin(ctx context.Context) (apexrun.Tx, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &memoryTx{memory: m, marks: []map[string][]apexrun.Row{m.copy()}}, nil
}

type memoryTx struct {
	*memory
	marks []map[string][]apexrun.Row
	ended bool
}

func (t *memoryTx) check(o *apexrun.Object, id string, row apexrun.Row) error {
	if o.Name == "Contact" && row["LastName"] == nil {
		return &apexrun.RowError{Code: "REQUIRED_FIELD_MISSING", Message: "Required fields are missing: [LastName]", Fields: []string{"LastName"}}
	}
	for _, r := range t.rows[o.Name] {
		if r["Key__c"] != nil && r["Key__c"] == row["Key__c"] && r["Id"] != id {
			return &apexrun.RowError{Code: "DUPLICATE_VALUE", Message: "duplicate value found", Fields: []string{"Key__c"}}
		}
	}
	return nil
}

func (t *memoryTx) Insert(o *apexrun.Object, fields apexrun.Row) (string, error) {
	if err := t.check(o, "", fields); err != nil {
		return "", err
	}
	t.last++
	id, _ := apexrun.ID18(fmt.Sprintf("%s%012d", o.KeyPrefix, t.last))
	row := apexrun.Row{}
	for _, f := range o.Fields {
		row[f.Name] = fields[f.Name]
	}
	row["Id"] = id
	t.rows[o.Name] = append(t.rows[o.Name], row)
	return id, nil
}

func (t *memoryTx) Update(o *apexrun.Object, id string, fields apexrun.Row) error {
	for _, r := range t.rows[o.Name] {
		if r["Id"] == id {
			next := maps.Clone(r)
			maps.Copy(next, fields)
			if err := t.check(o, id, next); err != nil {
				return err
			}
			maps.Copy(r, fields)
			return nil
		}
	}
	return &apexrun.RowError{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id"}
}

func (t *memoryTx) Delete(o *apexrun.Object, id string) error {
	for i, r := range t.rows[o.Name] {
		if r["Id"] == id {
			t.rows[o.Name] = append(t.rows[o.Name][:i:i], t.rows[o.Name][i+1:]...)
			return nil
		}
	}
	return &apexrun.RowError{Code: "ENTITY_IS_DELETED", Message: "entity is deleted"}
}

func (t *memoryTx) As(string) {}

func (t *memoryTx) Access(user string) (*apexrun.Access, error) {
	if a := t.access[user]; a != nil {
		return a, nil
	}
	return &apexrun.Access{All: true}, nil
}

func (t *memoryTx) SetCreatedDate(o *apexrun.Object, id string, at time.Time) error {
	return t.Update(o, id, apexrun.Row{"Start__c": at})
}

func (t *memoryTx) Scan(o *apexrun.Object, _ ...[]apexrun.Match) ([]apexrun.Row, error) {
	return t.rows[o.Name], t.broken
}

func (t *memoryTx) Savepoint() (string, error) {
	t.marks = append(t.marks, t.copy())
	return fmt.Sprint(len(t.marks) - 1), nil
}

func (t *memoryTx) RollbackTo(name string) error {
	var i int
	if _, err := fmt.Sscan(name, &i); err != nil {
		return err
	}
	t.rows = t.marks[i]
	t.marks[i] = t.copy()
	return nil
}

func (t *memoryTx) Commit() error {
	t.ended = true
	return nil
}

func (t *memoryTx) Rollback() error {
	if !t.ended {
		t.ended = true
		t.rows = t.marks[0]
	}
	return nil
}

// load loads classes given as the texts of their files by name.
func load(t *testing.T, store apexrun.Store, classes map[string]string) *apexrun.Program {
	t.Helper()
	p, err := apexrun.Load(write(t, classes), store)
	require.NoError(t, err)
	return p
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if !strings.Contains(name, ".") {
			name += ".cls"
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// probe wraps a method body in a class that can be called.
func probe(body, members string) map[string]string {
	return map[string]string{"Probe": "global with sharing class Probe {\n" + members + "\nwebservice static Object run() {\n" + body + "\n}\n}"}
}

// run runs a method body and returns its answer.
func run(t *testing.T, store apexrun.Store, body, members string) (any, error) {
	t.Helper()
	return load(t, store, probe(body, members)).Call(t.Context(), "Probe", "run", nil)
}

// boundedContext ends a program that does not end by itself.
func boundedContext(t *testing.T) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	t.Cleanup(stop)
	return ctx
}
