package apexrun

import (
	"regexp"
	"slices"
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// search runs a SOSL query. In a test it finds only what Test.setFixedSearchResults named, as on the platform. Elsewhere it is a plain
// stand-in for Salesforce's index, whose ways are not documented: a phone is found by a term of digits that ends it, a name by a term
// that it contains.
func (f *frame) search(q parser.ISoslLiteralContext) any {
	system := false
	for _, c := range q.SoslClauses().GetChildren() {
		if w, ok := c.(*parser.WithModeClauseContext); ok {
			system = w.SYSTEM_MODE() != nil
		}
	}
	return f.inMode(system, func() any { return f.answerSearch(q) })
}

func (f *frame) answerSearch(q parser.ISoslLiteralContext) any {
	f.run.used.searches++
	if f.run.used.searches > maxSearches {
		f.throw("LimitException", "Too many SOSL queries: %d", f.run.used.searches)
	}
	clauses := q.SoslClauses()
	terms := f.searchTerms(q)
	group := "allfields"
	if g := clauses.InSearchGroup(); g != nil {
		group = strings.ToLower(g.SearchGroup().GetText())
	}
	if group != "allfields" && group != "phonefields" && group != "namefields" && group != "emailfields" {
		f.fail("SOSL group not known to this interpreter: %s", group)
	}
	for _, c := range clauses.GetChildren() {
		switch c.(type) {
		case *parser.InSearchGroupContext, *parser.ReturningFieldSpecListContext, *parser.WithModeClauseContext:
		default:
			f.fail("SOSL clause not known to this interpreter: %s", clauses.GetText())
		}
	}
	if clauses.ReturningFieldSpecList() == nil {
		f.fail("SOSL without RETURNING is not known to this interpreter")
	}
	out := &list{element: "List<SObject>"}
	for _, spec := range fieldSpecs(clauses.ReturningFieldSpecList().FieldSpecList()) {
		out.items = append(out.items, f.returning(spec, group, terms))
	}
	return out
}

// reserved are the characters that SOSL gives a meaning; a term that holds one bare is refused, since what it would find is not known.
var reserved = regexp.MustCompile(`[?&|!{}\[\]()^~*:\\"'+\-]`)

func (f *frame) searchTerms(q parser.ISoslLiteralContext) []string {
	var text string
	if b := q.BoundExpression(); b != nil {
		v := f.eval(b.Expression())
		if v == nil {
			f.throw("SearchException", "search term must be longer than one character: null")
		}
		text = render(v)
	} else {
		_, text, _ = strings.Cut(q.FindLiteral().GetText(), "'")
		text = strings.TrimSuffix(strings.TrimSpace(text), "'")
	}
	if reserved.MatchString(text) {
		f.fail("reserved character in a search term; what it finds is not known: %s", reserved.FindString(text))
	}
	var terms []string
	for _, t := range strings.Split(text, " OR ") {
		if t = strings.TrimSpace(t); len(t) < 2 {
			f.throw("SearchException", "search term must be longer than one character: %s", t)
		}
		terms = append(terms, t)
	}
	return terms
}

func fieldSpecs(l parser.IFieldSpecListContext) []parser.IFieldSpecContext {
	specs := []parser.IFieldSpecContext{l.FieldSpec()}
	for _, more := range l.AllFieldSpecList() {
		specs = append(specs, fieldSpecs(more)...)
	}
	return specs
}

func (f *frame) returning(spec parser.IFieldSpecContext, group string, terms []string) *list {
	object := f.object(spec.SoslId().GetText())
	f.mayQuery(object)
	names := []string{"Id"}
	var where condition
	var order []sortKey
	clauses := spec.FieldSpecClauses()
	if clauses != nil {
		names = fieldNames(clauses.FieldList())
		if clauses.USING() != nil || clauses.OffsetClause() != nil {
			f.fail("SOSL clause not known to this interpreter: %s", clauses.GetText())
		}
		if e := clauses.LogicalExpression(); e != nil {
			where = f.condition(object, e)
		}
		if l := clauses.FieldOrderList(); l != nil {
			order = f.order(object, l)
		}
	}
	for _, n := range names {
		f.path(object, n)
	}
	all, err := f.run.tx.Scan(object, f.searchMatches(object, group, terms)...)
	f.run.check(err)
	var rows []Row
	for _, r := range all {
		if f.found(object, r, group, terms) && (where == nil || where.holds(f, r)) {
			rows = append(rows, r)
		}
	}
	rows = f.shared(object, rows)
	f.sort(rows, order)
	if clauses != nil {
		rows = f.limit(rows, clauses.LimitClause())
	}
	out := &list{element: object.Name}
	for _, r := range rows {
		s := queriedRecord(object, r)
		for _, n := range names {
			f.project(s, r, n)
		}
		out.items = append(out.items, s)
	}
	return out
}

// searchMatches narrows a search of phones: the digits of the term must be there in their order, with whatever between them.
func (f *frame) searchMatches(object *Object, group string, terms []string) [][]Match {
	if group != "phonefields" || f.run.testing {
		return nil
	}
	var either []Match
	for _, field := range object.Fields {
		if field.Type != TypePhone {
			continue
		}
		for _, term := range terms {
			pattern := "%" + strings.Join(strings.Split(digits(term), ""), "%") + "%"
			either = append(either, Match{Field: field, Value: pattern, Like: true})
		}
	}
	if len(either) == 0 {
		return nil
	}
	return [][]Match{either}
}

func fieldNames(l parser.IFieldListContext) []string {
	if l.SoslId() == nil {
		return []string{l.GetText()} // a function: it fails as a name that is not there
	}
	names := []string{l.SoslId().GetText()}
	for _, more := range l.AllFieldList() {
		names = append(names, fieldNames(more)...)
	}
	return names
}

func (f *frame) found(object *Object, r Row, group string, terms []string) bool {
	if f.run.testing {
		id, _ := r["Id"].(string)
		return slices.Contains(f.run.fixed, id)
	}
	for _, field := range object.Fields {
		text, _ := r[field.Name].(string)
		if text == "" {
			continue
		}
		for _, term := range terms {
			switch {
			case field.Type == TypePhone && (group == "phonefields" || group == "allfields"):
				if d := digits(term); d != "" && strings.HasSuffix(digits(text), d) {
					return true
				}
			case field.Name == "Name" && (group == "namefields" || group == "allfields"),
				field.Type == TypeEmail && (group == "emailfields" || group == "allfields"):
				if strings.Contains(strings.ToLower(text), strings.ToLower(term)) {
					return true
				}
			}
		}
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
