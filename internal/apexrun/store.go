package apexrun

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Row is one record by declared field name. A value is nil, bool, float64, string (texts and ids), time.Time or [Date].
type Row map[string]any

// Date is a day without a time, held as its midnight in UTC.
type Date struct{ time.Time }

// DateFormat is how a [Date] is written, DateTimeFormat how a date/time leaves Salesforce.
const (
	DateFormat     = "2006-01-02"
	DateTimeFormat = "2006-01-02T15:04:05.000-0700"
)

func (d Date) String() string { return d.Format(DateFormat) }

// Match is a row's field being Value, letter case of texts apart; with Like it is a text that fits the pattern Value, where % is any text
// and _ any letter.
type Match struct {
	Field *Field
	Value any
	Like  bool
}

// Store is where the records are. It is the only judge of what may be written.
type Store interface {
	// Object returns the type of that name in any spelling, or nil.
	Object(name string) *Object
	// ObjectOf returns the type that an id belongs to by its first three characters, or nil.
	ObjectOf(id string) *Object
	// Begin opens a transaction. It may wait for another one to end, and errs when ctx ends first.
	Begin(ctx context.Context) (Tx, error)
}

// Tx is one transaction. It is used by one goroutine, and ends with Commit or Rollback, whichever comes first; Rollback after that does
// nothing. A write that the rules refuse errs with a [*RowError] and leaves everything as it was.
type Tx interface {
	// As says who acts from now on: the owner of what is inserted without one.
	As(userID string)
	// Access returns what a user may do at this moment, as their profile and permission sets lie in the transaction. It is only read.
	Access(userID string) (*Access, error)
	// ObjectOf is that of the store.
	ObjectOf(id string) *Object

	Insert(object *Object, fields Row) (id string, err error)
	Update(object *Object, id string, fields Row) error
	Delete(object *Object, id string) error
	// SetCreatedDate makes a record look older or younger, as only a test may.
	SetCreatedDate(object *Object, id string, at time.Time) error
	// Scan returns whole rows in the order of their creation, every declared field present. Only rows are wanted that have one match at
	// least of every list, but more may be returned: the caller looks at them again.
	Scan(object *Object, narrow ...[]Match) ([]Row, error)

	// Savepoint marks the present state; RollbackTo returns to it and keeps it.
	Savepoint() (name string, err error)
	RollbackTo(name string) error

	Commit() error
	Rollback() error
}

// RowError is why a record was not written, in Salesforce's words for it.
type RowError struct {
	Code    string // a StatusCode: DUPLICATE_VALUE
	Message string
	Fields  []string
}

func (e *RowError) Error() string {
	return fmt.Sprintf("%s, %s: [%s]", e.Code, e.Message, strings.Join(e.Fields, ", "))
}
