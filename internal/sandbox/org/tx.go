package org

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"flexcaselog/internal/apexrun"
)

// tx is one transaction: it holds the only connection until it ends.
type tx struct {
	store *store
	conn  *sql.Conn
	ctx   context.Context
	user  string // who acts: the owner of new records
	marks int
	ended bool
}

func (t *tx) exec(text string, args ...any) error {
	if _, err := t.conn.ExecContext(t.ctx, text, args...); err != nil {
		return fmt.Errorf("org: database: %w", err)
	}
	return nil
}

func (t *tx) end(how string) error {
	if t.ended {
		return nil
	}
	t.ended = true
	return errors.Join(t.exec(how), t.conn.Close())
}

// ObjectOf is that of the store.
func (t *tx) ObjectOf(id string) *apexrun.Object { return t.store.ObjectOf(id) }

func (t *tx) Commit() error   { return t.end("COMMIT") }
func (t *tx) Rollback() error { return t.end("ROLLBACK") }

func (t *tx) Savepoint() (string, error) {
	t.marks++
	name := fmt.Sprintf("mark%d", t.marks)
	return name, t.exec("SAVEPOINT " + name)
}

func (t *tx) RollbackTo(name string) error {
	return t.exec("ROLLBACK TO " + quote(name))
}

// mostAlternatives is how many matches of one list are put into a statement; a longer list is left to the caller.
const mostAlternatives = 200

// Scan returns rows in the order of their creation. Lists of texts and ids are left to the database, others to the caller.
func (t *tx) Scan(o *apexrun.Object, narrow ...[]apexrun.Match) ([]apexrun.Row, error) {
	var where []string
	var args []any
	for _, list := range narrow {
		if clause, values := either(list); clause != "" {
			where, args = append(where, clause), append(args, values...)
		}
	}
	return t.rows(o, where, args)
}

// either words a list of matches for SQLite; empty where it compares otherwise than Apex does, as it does beyond ASCII.
func either(list []apexrun.Match) (clause string, args []any) {
	if len(list) > mostAlternatives {
		return "", nil
	}
	var parts []string
	for _, m := range list {
		s, ok := m.Value.(string)
		if !ok || !ascii(s) {
			return "", nil
		}
		how := " = ?" + collation(m.Field)
		if m.Like {
			how = " LIKE ?"
		}
		parts, args = append(parts, quote(m.Field.Name)+how), append(args, s)
	}
	if len(parts) == 0 {
		return "", nil
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// collation compares without capitals wherever the field does not tell them apart. Ids are compared as they are, which lets the index work.
func collation(f *apexrun.Field) string {
	if f.Type == apexrun.TypeID || f.Type == apexrun.TypeReference || f.Unique {
		return "" // a unique text has the right collation on its column
	}
	return " COLLATE NOCASE"
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}

func (t *tx) rows(o *apexrun.Object, where []string, args []any) (out []apexrun.Row, err error) {
	names := make([]string, 0, len(o.Fields))
	for _, f := range o.Fields {
		names = append(names, quote(f.Name))
	}
	text := "SELECT " + strings.Join(names, ", ") + " FROM " + quote(o.Name)
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	rows, err := t.conn.QueryContext(t.ctx, text+" ORDER BY seq", args...)
	if err != nil {
		return nil, fmt.Errorf("org: database: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		cells := make([]any, len(o.Fields))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("org: database: %w", err)
		}
		row := apexrun.Row{}
		for i, f := range o.Fields {
			if row[f.Name], err = fromSQL(f, cells[i]); err != nil {
				return nil, err
			}
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// find returns the record of that id, or nil.
func (t *tx) find(o *apexrun.Object, id string) (apexrun.Row, error) {
	rows, err := t.rows(o, []string{`"Id" = ?`}, []any{id})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// missing tells why there is no record of an id: it was deleted, or never was.
func (t *tx) missing(id string, field ...string) error {
	var n int
	if err := t.conn.QueryRowContext(t.ctx, "SELECT count(*) FROM deleted WHERE id = ?", id).Scan(&n); err != nil {
		return fmt.Errorf("org: database: %w", err)
	}
	if n > 0 {
		return &apexrun.RowError{Code: "ENTITY_IS_DELETED", Message: "entity is deleted", Fields: field}
	}
	return &apexrun.RowError{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id", Fields: field}
}
