package apexrun

import (
	"sort"
	"strconv"
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// subject is what a query and a subquery have in common.
type subject interface {
	WhereClause() parser.IWhereClauseContext
	OrderByClause() parser.IOrderByClauseContext
	LimitClause() parser.ILimitClauseContext
}

// query runs a SOQL query. A wrong name is a fault even where no row is found, as Salesforce refuses to compile it. It is in user
// mode unless it says otherwise.
func (f *frame) query(q parser.IQueryContext) any { return f.queryIn(q, false) }

// queryIn is query with the mode that counts where the query itself says none.
func (f *frame) queryIn(q parser.IQueryContext, system bool) any {
	if w := q.WithClause(); w != nil {
		system = w.SYSTEM_MODE() != nil
	}
	return f.inMode(system, func() any { return f.answerQuery(q) })
}

func (f *frame) answerQuery(q parser.IQueryContext) any {
	f.run.used.queries++
	if f.run.used.queries > maxQueries {
		f.throw("LimitException", "Too many SOQL queries: %d", f.run.used.queries)
	}
	f.refuseClauses(q)
	object := f.fromObject(q.FromNameList())
	f.mayQuery(object)
	entries := q.SelectList().AllSelectEntry()
	if len(entries) == 1 && strings.EqualFold(entries[0].GetText(), "count()") {
		return int64(len(f.rows(object, q, nil)))
	}
	f.checkNames(object, entries)
	rows := f.rows(object, q, nil)
	if o := q.OffsetClause(); o != nil {
		rows = rows[min(f.bound(o.IntegerLiteral(), o.BoundExpression()), len(rows)):]
	}
	rows = f.limit(rows, q.LimitClause())
	out := &list{element: object.Name, fromQuery: true}
	for _, r := range rows {
		out.items = append(out.items, f.selected(object, r, entries))
	}
	return out
}

// refuseClauses stops at what would otherwise be ignored.
func (f *frame) refuseClauses(q parser.IQueryContext) {
	if q.UsingScope() != nil || q.GroupByClause() != nil || q.AllRowsClause() != nil || q.UpdateList() != nil {
		f.fail("SOQL clause not known to this interpreter: %s", q.GetText())
	}
	if w := q.WithClause(); w != nil && w.USER_MODE() == nil && w.SYSTEM_MODE() == nil {
		f.fail("SOQL clause not known to this interpreter: %s", w.GetText())
	}
	for _, c := range q.ForClauses().AllForClause() {
		if c.UPDATE() == nil {
			f.fail("SOQL clause not known to this interpreter: %s", c.GetText())
		}
		if q.OrderByClause() != nil {
			f.fail("ORDER BY is not allowed in a query FOR UPDATE")
		}
	}
}

func (f *frame) fromObject(from parser.IFromNameListContext) *Object {
	names := from.AllFieldNameAlias()
	if len(names) != 1 || names[0].SoqlId() != nil {
		f.fail("SOQL FROM not known to this interpreter: %s", from.GetText())
	}
	return f.object(names[0].GetText())
}

func (f *frame) checkNames(object *Object, entries []parser.ISelectEntryContext) {
	seen := map[string]bool{}
	for _, e := range entries {
		key := strings.ToLower(e.GetText())
		if seen[key] {
			f.fail("duplicate field selected: %s", e.GetText())
		}
		seen[key] = true
		switch {
		case e.FieldName() != nil && e.SoqlId() == nil:
			f.path(object, e.FieldName().GetText())
		case e.SubQuery() != nil && e.SoqlId() == nil:
			child := f.childOf(object, e.SubQuery())
			f.mayQuery(child.Object)
			for _, x := range e.SubQuery().SubFieldList().AllSubFieldEntry() {
				if x.FieldName() == nil || x.SoqlId() != nil {
					f.fail("SOQL expression not known to this interpreter: %s", x.GetText())
				}
				f.path(child.Object, x.FieldName().GetText())
			}
		default:
			f.fail("SOQL expression not known to this interpreter: %s", e.GetText())
		}
	}
}

func (f *frame) childOf(object *Object, q parser.ISubQueryContext) Child {
	name := q.FromNameList().GetText()
	child, ok := object.Child(name)
	if !ok {
		f.fail("Didn't understand relationship '%s' in FROM part of query call", name)
	}
	return child
}

func (f *frame) selected(object *Object, r Row, entries []parser.ISelectEntryContext) *sobject {
	s := queriedRecord(object, r)
	for _, e := range entries {
		if e.FieldName() != nil {
			f.project(s, r, e.FieldName().GetText())
			continue
		}
		child := f.childOf(object, e.SubQuery())
		l := &list{element: child.Object.Name}
		rows := f.rows(child.Object, e.SubQuery(), &Match{Field: child.Field, Value: r["Id"]})
		for _, cr := range f.limit(rows, e.SubQuery().LimitClause()) {
			cs := queriedRecord(child.Object, cr)
			for _, x := range e.SubQuery().SubFieldList().AllSubFieldEntry() {
				f.project(cs, cr, x.FieldName().GetText())
			}
			l.items = append(l.items, cs)
		}
		key := strings.ToLower(child.Name)
		s.fields[key], s.queried[key] = l, true
	}
	return s
}

func queriedRecord(object *Object, r Row) *sobject {
	return &sobject{object: object, fields: map[string]any{"id": r["Id"]}, queried: map[string]bool{"id": true}}
}

// path resolves Contact.Account.Name: the fields to go through and the one to read.
func (f *frame) path(object *Object, name string) (through []*Field, last *Field) {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		if i == len(parts)-1 {
			break
		}
		if i == 0 && strings.EqualFold(part, object.Name) && object.Parent(part) == nil {
			continue // Case.Subject in a query of Case
		}
		parent := object.Parent(part)
		if parent == nil || len(parent.ReferenceTo) != 1 {
			f.wrongName("Didn't understand relationship '%s' in field path '%s' of %s", part, name, object.Name)
		}
		f.mayRead(object, parent)
		through = append(through, parent)
		object = f.object(parent.ReferenceTo[0])
	}
	if last = object.Field(parts[len(parts)-1]); last == nil {
		f.wrongName("No such column '%s' on entity '%s'", name, object.Name)
	}
	f.mayRead(object, last)
	return through, last
}

// wrongName is a fault, as it is where Salesforce compiles the query; an exception where the query is made at run time.
func (f *frame) wrongName(format string, args ...any) {
	if f.atRunTime {
		f.throw("QueryException", format, args...)
	}
	f.fail(format, args...)
}

// follow reads a field through the parents of a row; null where there is no parent.
func (f *frame) follow(r Row, through []*Field, last *Field) any {
	for _, field := range through {
		r = f.parentRow(r, field)
	}
	return r[last.Name]
}

func (f *frame) parentRow(r Row, field *Field) Row {
	id := r[field.Name]
	if id == nil {
		return Row{}
	}
	parent := f.object(field.ReferenceTo[0])
	rows, err := f.run.tx.Scan(parent, []Match{{Field: parent.Field("Id"), Value: id}})
	f.run.check(err)
	for _, p := range rows {
		if p["Id"] == id {
			return p
		}
	}
	return Row{}
}

// project copies one selected field, with the parents that lead to it, from a row into a record.
func (f *frame) project(s *sobject, r Row, name string) {
	through, last := f.path(s.object, name)
	for _, field := range through {
		r = f.parentRow(r, field)
		key := strings.ToLower(field.Relationship)
		s.queried[key] = true
		if len(r) == 0 {
			return
		}
		parent, _ := s.fields[key].(*sobject)
		if parent == nil {
			parent = queriedRecord(f.object(field.ReferenceTo[0]), r)
			s.fields[key] = parent
		}
		s = parent
	}
	key := strings.ToLower(last.Name)
	s.queried[key] = true
	if v := last.stored(r[last.Name]); v != nil {
		s.fields[key] = v
	}
}

// rows scans, filters and orders.
func (f *frame) rows(object *Object, q subject, of *Match) []Row {
	var where condition
	var narrow [][]Match
	if w := q.WhereClause(); w != nil {
		where = f.condition(object, w.LogicalExpression())
		narrow = where.matches()
	}
	if of != nil {
		narrow = append(narrow, []Match{*of})
	}
	var order []sortKey
	if o := q.OrderByClause(); o != nil {
		order = f.order(object, o.FieldOrderList())
	}
	all, err := f.run.tx.Scan(object, narrow...)
	f.run.check(err)
	var out []Row
	for _, r := range all {
		if (of == nil || r[of.Field.Name] == of.Value) && (where == nil || where.holds(f, r)) {
			out = append(out, r)
		}
	}
	out = f.shared(object, out)
	f.sort(out, order)
	return out
}

type sortKey struct {
	through   []*Field
	last      *Field
	descends  bool
	nullsLast bool
}

func (f *frame) order(object *Object, l parser.IFieldOrderListContext) []sortKey {
	var keys []sortKey
	for _, o := range l.AllFieldOrder() {
		if o.FieldName() == nil {
			f.fail("SOQL expression not known to this interpreter: %s", o.GetText())
		}
		k := sortKey{descends: o.DESC() != nil, nullsLast: o.LAST() != nil}
		k.through, k.last = f.path(object, o.FieldName().GetText())
		keys = append(keys, k)
	}
	return keys
}

func (f *frame) sort(rows []Row, keys []sortKey) {
	sort.SliceStable(rows, func(i, j int) bool {
		for _, k := range keys {
			a, b := f.follow(rows[i], k.through, k.last), f.follow(rows[j], k.through, k.last)
			c := compare(a, b)
			switch {
			case a == nil || b == nil: // nulls come first unless told otherwise, whatever the direction
				if k.nullsLast {
					c = -c
				}
			case k.descends:
				c = -c
			}
			if c != 0 {
				return c < 0
			}
		}
		return false
	})
}

func (f *frame) limit(rows []Row, l parser.ILimitClauseContext) []Row {
	if l == nil {
		return rows
	}
	return rows[:min(f.bound(l.IntegerLiteral(), l.BoundExpression()), len(rows))]
}

// bound reads the number of a LIMIT or an OFFSET.
func (f *frame) bound(literal interface{ GetText() string }, bind parser.IBoundExpressionContext) int {
	if bind != nil {
		n, ok := f.eval(bind.Expression()).(int64)
		if !ok || n < 0 {
			f.fail("Invalid bind expression for LIMIT: %s", bind.GetText())
		}
		return int(n)
	}
	n, err := strconv.Atoi(literal.GetText())
	if err != nil {
		f.fail("Invalid LIMIT: %s", literal.GetText())
	}
	return n
}
