package apexrun

import (
	"strings"
	"time"
)

// native is one method of the platform: how many arguments it takes, and what it does.
type native[T any] struct {
	least, most int
	do          func(f *frame, self T, a arguments) any
}

// methods are native methods by lower-case name.
type methods[T any] map[string]native[T]

// library is every platform method that is known. It belongs to a Program and not to the package, because the methods and the evaluator
// refer to one another.
type library struct {
	text        methods[string]
	lists       methods[*list]
	sets        methods[*set]
	maps        methods[*mapping]
	records     methods[*sobject]
	objectTypes methods[*Object]
	enums       methods[*class]
	enumValues  methods[any]
	numbers     methods[any]
	booleans    methods[any]
	moments     methods[any]
	days        methods[any]
	blobs       methods[any]
	tokens      methods[any]
	describes   methods[any]
	statics     map[string]methods[typeName]
}

func newLibrary() *library {
	l := &library{
		text: textMethods(), lists: listMethods(), sets: setMethods(), maps: mapMethods(),
		records: recordMethods(), objectTypes: objectTypeMethods(), enums: enumMethods(), enumValues: enumValueMethods(),
		numbers: numberMethods(), booleans: booleanMethods(), moments: momentMethods(), days: dayMethods(), blobs: blobMethods(),
		tokens: tokenMethods(), describes: describeMethods(),
		statics: map[string]methods[typeName]{
			"string": stringStatics(), "integer": integerStatics(), "long": integerStatics(), "decimal": decimalStatics(),
			"double": decimalStatics(), "boolean": booleanStatics(), "id": idStatics(), "math": mathStatics(), "json": jsonStatics(),
			"blob": blobStatics(), "encodingutil": encodingStatics(), "datetime": datetimeStatics(), "date": dateStatics(),
			"userinfo": userStatics(), "limits": limitStatics(), "system": systemStatics(), "assert": assertStatics(),
			"test": testStatics(), "database": databaseStatics(), "schema": {},
		},
	}
	return l
}

// plain returns the methods of a value that is neither text, record nor collection.
func (l *library) plain(v any) methods[any] {
	switch v.(type) {
	case int64, long, float64, decimal:
		return l.numbers
	case bool:
		return l.booleans
	case time.Time:
		return l.moments
	case Date:
		return l.days
	case blob:
		return l.blobs
	case enumValue:
		return l.enumValues
	case fieldToken:
		return l.tokens
	case describe:
		return l.describes
	}
	return nil
}

func invokeOn[T any](f *frame, table methods[T], self T, name string, a arguments) any {
	m, ok := table[strings.ToLower(name)]
	if !ok || len(a) < m.least || len(a) > m.most {
		f.fail("Method does not exist or incorrect signature: %s(%s) on %s", name, a.kinds(), selfName(self))
	}
	return m.do(f, self, a)
}

func selfName(self any) string {
	switch x := self.(type) {
	case *class:
		return x.name
	case *Object:
		return x.Name
	}
	return kindOf(self)
}

// arguments are the values of a call. Their readers throw where an argument is null, and are faults where it has another type.
type arguments []any

func (a arguments) kinds() string {
	names := make([]string, 0, len(a))
	for _, v := range a {
		names = append(names, kindOf(v))
	}
	return strings.Join(names, ", ")
}

func argument[T any](f *frame, a arguments, i int) T {
	v, ok := a[i].(T)
	if !ok {
		if a[i] == nil {
			f.throw("NullPointerException", "Argument cannot be null.")
		}
		f.fail("Method does not exist or incorrect signature: argument %d is of type %s", i+1, kindOf(a[i]))
	}
	return v
}

func (a arguments) text(f *frame, i int) string { return argument[string](f, a, i) }
func (a arguments) whole(f *frame, i int) int   { return int(argument[int64](f, a, i)) }

// optional reads an argument that may be left out or null.
func (a arguments) optional(i int) any {
	if i < len(a) {
		return a[i]
	}
	return nil
}
