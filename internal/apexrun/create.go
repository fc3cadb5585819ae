package apexrun

import (
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// create is new.
func (f *frame) create(c parser.ICreatorContext) any {
	name := c.CreatedName().GetText()
	switch {
	case c.ArrayCreatorRest() != nil:
		return f.createArray(name, c.ArrayCreatorRest())
	case c.MapCreatorRest() != nil:
		m := newMapping()
		for _, p := range c.MapCreatorRest().AllMapCreatorRestPair() {
			m.put(f.eval(p.Expression(0)), f.eval(p.Expression(1)))
		}
		return m
	case c.SetCreatorRest() != nil:
		var values []any
		for _, e := range c.SetCreatorRest().AllExpression() {
			values = append(values, f.eval(e))
		}
		return f.createCollection(name, arguments{&list{items: values}})
	case c.NoRest() != nil:
		return f.createCollection(name, nil)
	}
	args := c.ClassCreatorRest().Arguments().ExpressionList()
	if strings.Contains(name, "<") {
		return f.createCollection(name, f.all(args))
	}
	own := f.run.program.find(f.class, name)
	if own == nil && strings.EqualFold(name, "Database.DMLOptions") && args == nil {
		return newOptions()
	}
	if own == nil {
		if o := f.run.program.store.Object(name); o != nil {
			return f.createRecord(o, args)
		}
		f.fail("Invalid type: %s", name)
	}
	if own.modifiers["abstract"] || own.isEnum {
		f.fail("Type cannot be constructed: %s", name)
	}
	o := &instance{class: own, fields: map[string]any{}}
	values := f.all(args)
	f.nested(func() { f.construct(o, own, values) })
	return o
}

func (f *frame) createArray(name string, r parser.IArrayCreatorRestContext) any {
	l := &list{element: name}
	switch {
	case r.ArrayInitializer() != nil:
		for _, e := range r.ArrayInitializer().AllExpression() {
			l.items = append(l.items, f.coerce(f.eval(e), name))
		}
	case r.Expression() != nil:
		n, ok := f.eval(r.Expression()).(int64)
		if !ok || n < 0 {
			f.fail("Illegal array size")
		}
		l.items = make([]any, n)
	}
	return l
}

func (f *frame) createCollection(name string, args arguments) any {
	if len(args) > 1 {
		f.fail("Constructor not defined: [%s].<Constructor>(%d arguments)", name, len(args))
	}
	var from any
	if len(args) == 1 {
		if from = args[0]; from == nil {
			f.throwNull()
		}
	}
	element := name[strings.IndexByte(name, '<')+1 : len(name)-1]
	switch lower := strings.ToLower(name); {
	case strings.HasPrefix(lower, "list<"):
		l := &list{element: element}
		f.addAll(from, func(v any) { l.items = append(l.items, f.coerce(v, element)) })
		return l
	case strings.HasPrefix(lower, "set<"):
		s := newSet()
		f.addAll(from, func(v any) { s.put(f.coerce(v, element), true) })
		return s
	case strings.HasPrefix(lower, "map<"):
		m := newMapping()
		if old, ok := from.(*mapping); ok {
			for _, k := range old.keys {
				m.put(k, old.get(k))
			}
			return m
		}
		f.addAll(from, func(v any) {
			r, ok := v.(*sobject)
			if !ok {
				f.fail("Constructor not defined: [%s].<Constructor>(%s)", name, kindOf(from))
			}
			m.put(r.fields["id"], r)
		})
		return m
	}
	f.fail("Invalid type: %s", name)
	return nil
}

// addAll goes over the elements of a collection; of nothing where it is nil.
func (f *frame) addAll(from any, add func(any)) {
	switch x := from.(type) {
	case nil:
	case *list:
		for _, v := range x.items {
			add(v)
		}
	case *set:
		for _, v := range x.keys {
			add(v)
		}
	default:
		f.fail("a collection is wanted, not %s", kindOf(from))
	}
}

func (f *frame) createRecord(o *Object, args parser.IExpressionListContext) any {
	s := newSObject(o)
	if args == nil {
		return s
	}
	for _, e := range args.AllExpression() {
		a, ok := e.(*parser.AssignExpressionContext)
		if !ok {
			f.fail("Invalid constructor syntax, name=value pairs are wanted: %s", e.GetText())
		}
		f.setField(s, a.Expression(0).GetText(), f.eval(a.Expression(1)))
	}
	return s
}

// construct runs the field initialisers and the constructor of a class, those of the class it extends first.
func (f *frame) construct(o *instance, c *class, args arguments) {
	f.statics(c)
	isException := c.is("Exception")
	if isException {
		f.place(o)
	}
	if c.super != nil && !(isException && c.super.file == "") && !delegates(c, args) {
		f.construct(o, c.super, nil)
	}
	for _, m := range c.members {
		if m.static {
			continue
		}
		o.fields[strings.ToLower(m.name)] = nil
		if m.value != nil {
			g := f.run.frame(c, o)
			g.line = m.value.GetStart().GetLine()
			o.fields[strings.ToLower(m.name)] = g.coerce(g.eval(m.value), m.kind)
		}
	}
	if len(c.creators) > 0 {
		if m := f.best(c.creators, args); m != nil {
			f.invoke(m, o, args)
			return
		}
	}
	switch {
	case isException:
		f.constructException(o, args)
	case len(args) > 0 || len(c.creators) > 0:
		f.fail("Constructor not defined: [%s].<Constructor>(%d arguments)", c.name, len(args))
	}
}

// delegates tells whether the constructor that will run calls super itself.
func delegates(c *class, args arguments) bool {
	for _, m := range c.creators {
		if len(m.parameters) == len(args) && len(m.body.AllStatement()) > 0 {
			if strings.HasPrefix(strings.ToLower(m.body.Statement(0).GetText()), "super(") {
				return true
			}
		}
	}
	return false
}

// constructException is the constructor that every exception inherits: (), (message), (cause), (message, cause).
func (f *frame) constructException(o *instance, args arguments) {
	for _, a := range args {
		switch x := a.(type) {
		case string:
			o.fields["message"] = x
		case *instance:
			o.fields["cause"] = x
		case nil:
		default:
			f.fail("Constructor not defined: [%s].<Constructor>(%s)", o.class.name, kindOf(a))
		}
	}
}
