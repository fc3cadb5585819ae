package apexrun

import (
	"context"
	"fmt"
	"strings"
)

// What a transaction may use, from Salesforce's list of governor limits.
const (
	maxQueries    = 100
	maxSearches   = 20
	maxStatements = 150
	maxDepth      = 1000
)

// run is one execution: a transaction, the static variables of its classes, its limits.
type run struct {
	program *Program
	ctx     context.Context
	tx      Tx
	testing bool
	user    string
	access  *Access // the user's; nil where it must be asked for

	statics map[*class]map[string]any
	used    limits
	outside limits // what was used outside of startTest and stopTest
	fixed   []string
	covered map[string]map[int]bool
	depth   int
	file    string
	line    int
}

type limits struct{ queries, searches, statements int }

func (p *Program) newRun(ctx context.Context, tx Tx) *run {
	tx.As(p.user)
	return &run{program: p, ctx: ctx, tx: tx, user: p.user, statics: map[*class]map[string]any{}, covered: map[string]map[int]bool{}}
}

// guard is the edge: whatever unwinds out of body becomes an error. Runtime panics of the interpreter itself become errors too, with the
// place in the Apex source, because one odd program must not take its host down.
func (r *run) guard(body func()) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case thrown:
			e := x.exception
			line, _ := e.fields["line"].(int64)
			file, _ := e.fields["file"].(string)
			err = &ThrownError{Type: e.class.name, Message: e.message(), File: file, Line: int(line)}
		case fault:
			if x.err.File == "" {
				x.err.File, x.err.Line = r.file, r.line
			}
			err = x.err
		case broken:
			err = x.err
		default:
			err = &SourceError{File: r.file, Line: r.line, Text: fmt.Sprintf("the interpreter has a fault of its own: %v", x)}
		}
	}()
	body()
	return nil
}

// check unwinds with an error of the store.
func (r *run) check(err error) {
	if err != nil {
		panic(broken{fmt.Errorf("apexrun: %w", err)})
	}
}

// nested runs what may come back to itself without end: a method, a constructor, a getter. Go could not recover from a stack that is full,
// so it must end here first.
func (f *frame) nested(body func()) {
	r := f.run
	if r.depth++; r.depth > maxDepth {
		f.throw("LimitException", "Maximum stack depth reached: %d", r.depth)
	}
	body()
	r.depth-- // after a throw the catch sets it
}

// at records that a statement is about to run.
func (r *run) at(file string, line int, counts bool) {
	if err := r.ctx.Err(); err != nil {
		panic(broken{fmt.Errorf("apexrun: %s:%d: %w", file, line, err)})
	}
	r.file, r.line = file, line
	if counts {
		if r.covered[file] == nil {
			r.covered[file] = map[int]bool{}
		}
		r.covered[file][line] = true
	}
}

// frame is one call: its class, its object, its variables.
type frame struct {
	run    *run
	class  *class
	this   *instance
	scopes []map[string]*variable
	answer any
	line   int

	reading reading // of the query that is being run
	// atRunTime says that the query is made at run time, where a wrong name is an exception.
	atRunTime bool
	accessor  *member // the property whose getter or setter this is: in it the name stands for the value that is kept
}

type variable struct {
	value any
	kind  string
}

func (r *run) frame(c *class, this *instance) *frame {
	return &frame{run: r, class: c, this: this, scopes: []map[string]*variable{{}}}
}

func (f *frame) push() { f.scopes = append(f.scopes, map[string]*variable{}) }
func (f *frame) pop()  { f.scopes = f.scopes[:len(f.scopes)-1] }

func (f *frame) declare(name, kind string, v any) {
	key := strings.ToLower(name)
	for _, s := range f.scopes {
		if s[key] != nil {
			f.fail("Duplicate variable: %s", name)
		}
	}
	f.scopes[len(f.scopes)-1][key] = &variable{f.coerce(v, kind), kind}
}

func (f *frame) variable(key string) *variable {
	for i := len(f.scopes) - 1; i >= 0; i-- {
		if v := f.scopes[i][key]; v != nil {
			return v
		}
	}
	return nil
}

// fail unwinds with what Salesforce would refuse to compile, or what the interpreter does not know.
func (f *frame) fail(format string, args ...any) {
	panic(fault{&SourceError{File: f.class.file, Line: f.line, Text: fmt.Sprintf(format, args...)}})
}

// throw unwinds with an exception of the platform.
func (f *frame) throw(kind, format string, args ...any) {
	panic(thrown{f.exception(kind, fmt.Sprintf(format, args...))})
}

func (f *frame) throwNull() { f.throw("NullPointerException", "Attempt to de-reference a null object") }

func (f *frame) exception(kind, message string) *instance {
	e := &instance{class: f.run.program.classes[strings.ToLower(kind)], fields: map[string]any{"message": message}}
	f.place(e)
	return e
}

// place notes where an exception was made.
func (f *frame) place(e *instance) {
	e.fields["file"], e.fields["line"] = f.class.file, int64(f.line)
}

func (e *instance) message() string {
	if m := e.fields["message"]; m != nil {
		return render(m)
	}
	return "Script-thrown exception"
}

// object returns a type that must be there.
func (f *frame) object(name string) *Object {
	o := f.run.program.store.Object(strings.TrimPrefix(strings.ToLower(name), "schema."))
	if o == nil {
		f.fail("sObject type '%s' is not supported", name)
	}
	return o
}

// statics returns the static variables of a class, running its initialisers the first time.
func (f *frame) statics(c *class) map[string]any {
	if s := f.run.statics[c]; s != nil {
		return s
	}
	s := map[string]any{}
	f.run.statics[c] = s // before the initialisers: they may refer to one another
	if c.super != nil {
		f.statics(c.super)
	}
	for _, m := range c.members {
		if m.static {
			s[strings.ToLower(m.name)] = nil
		}
	}
	for _, m := range c.members {
		if m.static && m.value != nil {
			g := f.run.frame(c, nil)
			g.line = m.value.GetStart().GetLine()
			s[strings.ToLower(m.name)] = g.coerce(g.eval(m.value), m.kind)
		}
	}
	for _, b := range c.statics {
		f.run.frame(c, nil).block(b)
	}
	return s
}
