package org

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"flexcaselog/internal/apexrun"
)

// Record is one record as JSON has it: API name to nil, bool, float64 or string. Every field of its object is there. Its JSON is the same
// every time, since encoding/json sorts the keys of a map.
type Record map[string]any

// Where narrows [Org.Records]: a record must have all of these values.
type Where map[string]any

func newRecord(row apexrun.Row) Record {
	out := make(Record, len(row))
	for name, v := range row {
		switch x := v.(type) {
		case time.Time:
			out[name] = x.UTC().Format(apexrun.DateTimeFormat)
		case apexrun.Date:
			out[name] = x.String()
		default:
			out[name] = v
		}
	}
	return out
}

// Insert stores a record, as a test does to furnish the org, and returns its id. It errs with an [*apexrun.RowError] where a rule refuses it.
func (o *Org) Insert(ctx context.Context, object string, fields map[string]any) (string, error) {
	def, err := o.object(object)
	if err != nil {
		return "", err
	}
	var id string
	err = o.store.in(ctx, func(t *tx) (err error) {
		id, err = t.Insert(def, fields)
		return err
	})
	return id, err
}

// Delete removes a record, and the records that depend on it.
func (o *Org) Delete(ctx context.Context, id string) error {
	def := o.store.ObjectOf(id)
	if def == nil {
		return fmt.Errorf("org: %s is no id of this org", id)
	}
	return o.store.in(ctx, func(t *tx) error { return t.Delete(def, id) })
}

// Record reads one record by its id in either length. It errs with an [*apexrun.RowError] where there is none.
func (o *Org) Record(ctx context.Context, id string) (Record, error) {
	def := o.store.ObjectOf(id)
	if def == nil {
		return nil, fmt.Errorf("org: %s is no id of this org", id)
	}
	var row apexrun.Row
	err := o.store.in(ctx, func(t *tx) (err error) {
		_, row, err = t.existing(def, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newRecord(row), nil
}

// Records reads the records of an object in the order of their creation.
func (o *Org) Records(ctx context.Context, object string, where ...Where) ([]Record, error) {
	def, err := o.object(object)
	if err != nil {
		return nil, err
	}
	var clauses []string
	var args []any
	for _, w := range where {
		for _, name := range slices.Sorted(maps.Keys(w)) {
			f := def.Field(name)
			if f == nil {
				return nil, fmt.Errorf("org: %s has no field %s", object, name)
			}
			v, refusal := admit(f, w[name])
			if refusal != nil {
				return nil, refusal
			}
			clauses, args = append(clauses, quote(f.Name)+" IS ?"), append(args, toSQL(v))
		}
	}
	out := []Record{}
	err = o.store.in(ctx, func(t *tx) error {
		rows, err := t.rows(def, clauses, args)
		for _, r := range rows {
			out = append(out, newRecord(r))
		}
		return err
	})
	return out, err
}

func (o *Org) object(name string) (*apexrun.Object, error) {
	if def := o.store.Object(name); def != nil {
		return def, nil
	}
	return nil, fmt.Errorf("org: no object %s", name)
}
