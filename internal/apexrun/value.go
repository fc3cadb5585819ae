package apexrun

import (
	"fmt"
	"strings"
	"time"
)

// A value of a running program is one of: nil, bool, int64 (Integer), long, decimal, float64 (Double), string (String, Id), time.Time,
// Date, blob, *list, *set, *mapping, *sobject, *instance, *result, enumValue, typeName, fieldToken, describe, savepoint, *options.
type (
	// list is a List. A list straight from a query may stand for its only row; fromQuery remembers that.
	list struct {
		element   string
		items     []any
		fromQuery bool
	}

	// mapping is a Map. It keeps the order of insertion, so that runs repeat.
	mapping struct {
		keys   []any
		values map[string]any
	}

	// set is a Set.
	set struct{ mapping }

	// sobject is a record in memory. Its fields are kept by lower-case name: values, parents (*sobject) and children (*list).
	sobject struct {
		object  *Object
		fields  map[string]any
		queried map[string]bool // what a query asked for; nil where the record was not queried
	}

	// instance is an object of a class, an exception too.
	instance struct {
		class  *class
		fields map[string]any
		rows   []rowFailure // of a DmlException
	}

	// result is what Database methods answer: a SaveResult, an UpsertResult, an Error.
	result struct {
		kind   string
		fields map[string]any // by the lower-case name of the method that reads it
	}

	// rowFailure is one row of a DML statement that was refused.
	rowFailure struct {
		index int
		id    any
		err   *RowError
	}

	enumValue  struct{ kind, name string }
	fieldToken struct {
		object *Object
		field  *Field
	}
	// describe is a step of Schema.SObjectType.Case.fields.Subject or of a token's getDescribe().
	describe struct {
		object *Object
		field  *Field
		fields bool
	}
	savepoint string
	blob      string

	// typeName is a name that stands for a type in an expression.
	typeName struct {
		name   string
		class  *class
		object *Object
	}
)

func newMapping() *mapping { return &mapping{values: map[string]any{}} }
func newSet() *set         { return &set{*newMapping()} }

// hash tells keys apart as Apex does: texts by letter case, records by content.
func hash(v any) string {
	switch x := v.(type) {
	case string:
		return "s" + x
	case *sobject:
		return "r" + render(x)
	case time.Time:
		return fmt.Sprint("t", x.UnixNano())
	case *list:
		return "l" + render(x)
	case decimal:
		return "d" + x.String()
	}
	return fmt.Sprintf("%T %v", v, v)
}

func (m *mapping) put(k, v any) any {
	h := hash(k)
	old, had := m.values[h]
	if !had {
		m.keys = append(m.keys, k)
	}
	m.values[h] = v
	return old
}

func (m *mapping) get(k any) any { return m.values[hash(k)] }

func (m *mapping) has(k any) bool {
	_, ok := m.values[hash(k)]
	return ok
}

func (m *mapping) remove(k any) any {
	h := hash(k)
	old := m.values[h]
	delete(m.values, h)
	for i := range m.keys {
		if hash(m.keys[i]) == h {
			m.keys = append(m.keys[:i:i], m.keys[i+1:]...)
			break
		}
	}
	return old
}

func newSObject(o *Object) *sobject { return &sobject{object: o, fields: map[string]any{}} }

func (s *sobject) id() string {
	id, _ := s.fields["id"].(string)
	return id
}

// maxNesting is how deep a value may hold others. More is a value that holds itself, over which Go would run out of stack.
const maxNesting = 500

func checkNesting(depth int) {
	if depth > maxNesting {
		panic(fault{&SourceError{Text: "a value holds itself, or others too deep"}})
	}
}

// equal is Apex equality. With fold texts are compared without their letter case, as == does; Assert.areEqual and contains do not.
func equal(a, b any, fold bool) bool { return equalAt(a, b, fold, 0) }

func equalAt(a, b any, fold bool, depth int) bool {
	checkNesting(depth)
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if isNumber(a) {
		return isNumber(b) && compareNumbers(a, b) == 0
	}
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return ok && (x == y || fold && strings.EqualFold(x, y))
	case time.Time:
		y, ok := b.(time.Time)
		return ok && x.Equal(y)
	case Date:
		y, ok := b.(Date)
		return ok && x.Equal(y.Time)
	case *list:
		y, ok := b.(*list)
		if !ok || len(x.items) != len(y.items) {
			return false
		}
		for i := range x.items {
			if !equalAt(x.items[i], y.items[i], fold, depth+1) {
				return false
			}
		}
		return true
	case *set:
		y, ok := b.(*set)
		return ok && equalMappings(&x.mapping, &y.mapping, fold, depth)
	case *mapping:
		y, ok := b.(*mapping)
		return ok && equalMappings(x, y, fold, depth)
	case *sobject:
		y, ok := b.(*sobject)
		return ok && equalRecords(x, y, fold, depth)
	}
	return a == b
}

func equalMappings(x, y *mapping, fold bool, depth int) bool {
	if len(x.keys) != len(y.keys) {
		return false
	}
	for _, k := range x.keys {
		if !y.has(k) || !equalAt(x.get(k), y.get(k), fold, depth+1) {
			return false
		}
	}
	return true
}

func equalRecords(x, y *sobject, fold bool, depth int) bool {
	if x == y {
		return true
	}
	if x.object != y.object || len(x.fields) != len(y.fields) {
		return false
	}
	for k, v := range x.fields {
		if w, ok := y.fields[k]; !ok || !equalAt(v, w, fold, depth+1) {
			return false
		}
	}
	return true
}

// compare orders two values; null comes first, texts without their letter case.
func compare(a, b any) int {
	if a == nil || b == nil {
		switch {
		case a == nil && b == nil:
			return 0
		case a == nil:
			return -1
		}
		return 1
	}
	if isNumber(a) && isNumber(b) {
		return compareNumbers(a, b)
	}
	switch x := a.(type) {
	case time.Time:
		if y, ok := b.(time.Time); ok {
			return x.Compare(y)
		}
	case Date:
		if y, ok := b.(Date); ok {
			return x.Compare(y.Time)
		}
	}
	return strings.Compare(strings.ToLower(render(a)), strings.ToLower(render(b)))
}

// kindOf is the name of a value's type for messages.
func kindOf(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case string:
		return "String"
	case int64:
		return "Integer"
	case long:
		return "Long"
	case float64:
		return "Double"
	case decimal:
		return "Decimal"
	case bool:
		return "Boolean"
	case time.Time:
		return "Datetime"
	case Date:
		return "Date"
	case blob:
		return "Blob"
	case *sobject:
		return x.object.Name
	case *instance:
		return x.class.name
	case *result:
		return "Database." + x.kind
	case *list:
		return "List<" + x.element + ">"
	case *set:
		return "Set<ANY>"
	case *mapping:
		return "Map<String,ANY>"
	case enumValue:
		return x.kind
	case typeName:
		return x.name
	case *options:
		return x.kind
	case fieldToken:
		return "Schema.SObjectField"
	}
	return "ANY"
}
