package apexrun

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Call runs a webservice method as one transaction, which is rolled back where it errs. The parameters must be exactly the method's own,
// in the spelling of the source: Salesforce is not documented to accept others. The answer is made of what encoding/json understands; a
// record is a map with its type under "attributes", its fields that are not null under their declared names.
//
// It errs with a [*NotLoadableError] where there is no such global class or webservice method or the user has no access to the class, with a [*ThrownError] where an Apex
// exception left the method, with a [*SourceError] at what the interpreter does not know, and with the context's error.
func (p *Program) Call(ctx context.Context, class, method string, params map[string]string) (any, error) {
	m, err := p.webservice(class, method)
	if err != nil {
		return nil, err
	}
	tx, err := p.store.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("apexrun: %w", err)
	}
	r := p.newRun(ctx, tx)
	var answer any
	err = r.guard(func() {
		f := r.frame(m.class, nil)
		f.line = m.line
		if !f.rights().Access.Class(m.class.name) {
			panic(broken{&NotLoadableError{Class: class, Reason: "the user has no access to it"}})
		}
		answer = export(f.invoke(m, nil, f.arguments(m, params)))
	})
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		if undo := tx.Rollback(); undo != nil {
			return nil, fmt.Errorf("%w; and the rollback: %w", err, undo)
		}
		return nil, err
	}
	return answer, nil
}

func (p *Program) webservice(class, method string) (*method, error) {
	c := p.classes[strings.ToLower(class)]
	if c == nil || c.file == "" {
		return nil, &NotLoadableError{Class: class, Reason: "no such class"}
	}
	if !c.modifiers["global"] {
		return nil, &NotLoadableError{Class: class, Reason: "the class is not global"}
	}
	for _, m := range c.methods[strings.ToLower(method)] {
		if m.modifiers["webservice"] {
			return m, nil
		}
	}
	return nil, &NotLoadableError{Class: class, Method: method, Reason: "no such webservice method"}
}

// arguments reads the values of a method's parameters from texts.
func (f *frame) arguments(m *method, params map[string]string) arguments {
	var values arguments
	left := make(map[string]bool, len(params))
	for name := range params {
		left[name] = true
	}
	for _, p := range m.parameters {
		text, ok := params[p.name]
		if !ok {
			f.fail("parameter %s of %s.%s is missing", p.name, m.class.name, m.name)
		}
		delete(left, p.name)
		values = append(values, f.fromText(p, text))
	}
	if len(left) > 0 {
		var names []string
		for name := range left {
			names = append(names, name)
		}
		sort.Strings(names)
		f.fail("%s.%s has no parameter %s", m.class.name, m.name, strings.Join(names, ", "))
	}
	return values
}

func (f *frame) fromText(p parameter, text string) any {
	kind := strings.ToLower(p.kind)
	if text == "" && kind != "string" {
		return nil
	}
	var v any
	var err error
	switch kind {
	case "string", "id":
		v = text
	case "integer":
		v, err = strconv.ParseInt(text, 10, 32)
	case "long":
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		v = long(n)
	case "decimal", "double":
		d, ok := parseDecimal(text)
		if !ok {
			err = strconv.ErrSyntax
		}
		v = narrow(d, kind)
	case "boolean":
		v, err = strconv.ParseBool(text)
	default:
		f.fail("parameters of type %s are not known to this interpreter", p.kind)
	}
	if err != nil {
		f.throw("TypeException", "Invalid %s: parameter %s", kind, p.name)
	}
	return v
}
