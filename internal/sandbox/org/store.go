package org

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	_ "modernc.org/sqlite" // the driver registers itself

	"flexcaselog/internal/apexrun"
)

// store keeps the records of all objects in one SQLite database.
type store struct {
	db             *sql.DB
	permissionSets map[string]permissionSet   // by name
	objects        map[string]*apexrun.Object // by lower-case name
	last           map[*apexrun.Object]int    // the number of the newest record; only the holder of the connection may touch it
}

var (
	_ apexrun.Store = (*store)(nil)
	_ apexrun.Tx    = (*tx)(nil)
)

// openStore opens the database at path, or one in memory, and makes the tables that are missing.
func openStore(ctx context.Context, path string, objects []*apexrun.Object, triggers ...string) (*store, error) {
	source := ":memory:"
	if path != "" {
		source = (&url.URL{Scheme: "file", Opaque: url.PathEscape(path)}).String()
	}
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, fmt.Errorf("org: open database: %w", err)
	}
	// One connection: a database in memory lives as long as its connection, and to wait for the connection is to wait for one's turn.
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	s := &store{db: db, objects: map[string]*apexrun.Object{}, last: map[*apexrun.Object]int{}}
	for _, o := range objects {
		s.objects[strings.ToLower(o.Name)] = o
	}
	if err := s.prepare(ctx, objects, triggers); err != nil {
		_ = db.Close() // the first error tells more
		return nil, err
	}
	return s, nil
}

func (s *store) prepare(ctx context.Context, objects []*apexrun.Object, triggers []string) error {
	statements := []string{`CREATE TABLE IF NOT EXISTS deleted (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`}
	for _, o := range objects {
		columns := []string{"seq INTEGER PRIMARY KEY AUTOINCREMENT"}
		for _, f := range o.Fields {
			columns = append(columns, quote(f.Name)+" "+sqlType(f))
		}
		statements = append(statements, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (%s) STRICT", quote(o.Name), strings.Join(columns, ", ")))
		for _, f := range o.Fields {
			if unique := f.Unique || f.Type == apexrun.TypeID; unique || f.ExternalID || f.Type == apexrun.TypeReference {
				kind := "INDEX"
				if unique {
					kind = "UNIQUE INDEX"
				}
				statements = append(statements, fmt.Sprintf("CREATE %s IF NOT EXISTS %s ON %s (%s)", kind, quote(o.Name+"."+f.Name), quote(o.Name), quote(f.Name)))
			}
		}
	}
	for _, text := range append(statements, triggers...) {
		if _, err := s.db.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("org: make tables (a database file of another version of the project must be removed first): %w", err)
		}
	}
	for _, o := range objects {
		row := s.db.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", o.Name)
		var n int
		if err := row.Scan(&n); err != nil {
			return fmt.Errorf("org: %s: %w", o.Name, err)
		}
		s.last[o] = n
	}
	return nil
}

func (s *store) Object(name string) *apexrun.Object { return s.objects[strings.ToLower(name)] }

func (s *store) ObjectOf(id string) *apexrun.Object {
	for _, o := range s.objects {
		if strings.HasPrefix(id, o.KeyPrefix) {
			return o
		}
	}
	return nil
}

// Begin waits for its turn; ctx bounds the wait only. What follows is not bound to ctx, because a statement that is broken off could cost
// the connection, and with it a database in memory.
func (s *store) Begin(ctx context.Context) (apexrun.Tx, error) { return s.begin(ctx) }

func (s *store) begin(ctx context.Context) (*tx, error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("org: begin: %w", err)
	}
	t := &tx{store: s, conn: conn, user: apexrun.RunningUser.ID, ctx: context.WithoutCancel(ctx)}
	if err := t.exec("BEGIN IMMEDIATE"); err != nil {
		_ = conn.Close() // the first error tells more
		return nil, err
	}
	return t, nil
}

// in runs body in a transaction, which is kept only where body does not err.
func (s *store) in(ctx context.Context, body func(*tx) error) error {
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	if err := body(t); err != nil {
		if undo := t.Rollback(); undo != nil {
			return fmt.Errorf("%w; and the rollback: %w", err, undo)
		}
		return err
	}
	return t.Commit()
}

func (s *store) close() error { return s.db.Close() }
