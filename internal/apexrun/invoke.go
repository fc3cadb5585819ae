package apexrun

import (
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// callHere is a call with no dot: of the same object, of the class or of one around it; or of another constructor.
func (f *frame) callHere(mc parser.IMethodCallContext) any {
	args := f.all(mc.ExpressionList())
	f.line = mc.GetStart().GetLine()
	switch {
	case mc.THIS() != nil:
		f.invoke(f.mustCreate(f.class, args), f.this, args)
		return nil
	case mc.SUPER() != nil:
		if f.class.super.file == "" {
			f.constructException(f.this, args)
		} else {
			f.construct(f.this, f.class.super, args)
		}
		return nil
	}
	name := mc.Id().GetText()
	if f.this != nil {
		if m := f.pick(f.this.class, name, args); m != nil && !m.static {
			return f.invoke(m, f.this, args)
		}
		if f.this.class.is("Exception") && !f.class.hasMethod(name) {
			if v, ok := f.exceptionMethod(f.this, strings.ToLower(name), args); ok {
				return v
			}
		}
	}
	for c := f.class; c != nil; c = c.outer {
		if m := f.pick(c, name, args); m != nil {
			if !m.static && f.this == nil {
				f.fail("Non static method cannot be referenced from a static context: %s", name)
			}
			return f.invoke(m, f.this, args)
		}
	}
	f.fail("Method does not exist or incorrect signature: void %s(%s) from the type %s", name, args.kinds(), f.class.name)
	return nil
}

func (f *frame) mustCreate(c *class, args arguments) *method {
	m := f.best(c.creators, args)
	if m == nil {
		f.fail("Constructor not defined: [%s].<Constructor>(%s)", c.name, args.kinds())
	}
	return m
}

// pick finds the method of a class, or of one it extends, that fits best.
func (f *frame) pick(c *class, name string, args arguments) *method {
	for ; c != nil; c = c.super {
		if m := f.best(c.methods[strings.ToLower(name)], args); m != nil {
			return m
		}
	}
	return nil
}

// best chooses among overloads by the types of the arguments. One that does not fit is never chosen.
func (f *frame) best(methods []*method, args arguments) *method {
	var chosen *method
	top := -1
	for _, m := range methods {
		if len(m.parameters) != len(args) {
			continue
		}
		score, ok := f.score(m, args)
		if ok && score > top {
			chosen, top = m, score
		}
	}
	return chosen
}

// score counts how many arguments have exactly the declared type; false where one cannot be passed at all.
func (f *frame) score(m *method, args arguments) (int, bool) {
	score := 0
	g := f.run.frame(m.class, nil) // types are named as the method's class sees them
	for i, p := range m.parameters {
		v := args[i]
		kind := strings.ToLower(p.kind)
		l, isList := v.(*list)
		number := isNumber(v)
		_, isWhole := wide(v)
		switch {
		case v == nil:
		case kind == "object":
		case isList && l.fromQuery && g.isRecordType(p.kind):
		case isList && strings.EqualFold(kind, "list<"+l.element+">"):
			score += 2
		case isWhole && (kind == "decimal" || kind == "double"), number && kind == "double", kindOf(v) == "Double" && kind == "decimal", kindOf(v) == "Integer" && kind == "long":
		case kindOf(v) == "Date" && kind == "datetime":
		case g.fits(v, p.kind):
			score++
		default:
			return 0, false
		}
	}
	return score, true
}

func (f *frame) invoke(m *method, this *instance, args arguments) any {
	if m.modifiers["private"] && outermost(m.class) != outermost(f.class) && !(f.run.testing && m.modifiers["@testvisible"]) {
		f.fail("Method is not visible: %s.%s", m.class.name, m.name)
	}
	f.statics(m.class)
	if m.static {
		this = nil
	}
	g := f.run.frame(m.class, this)
	g.line = m.line
	for i, p := range m.parameters {
		g.declare(p.name, p.kind, args[i])
	}
	if m.body == nil {
		f.fail("method has no body: %s.%s", m.class.name, m.name)
	}
	var how flow
	f.nested(func() { how = g.block(m.body) })
	if how != returned && !strings.EqualFold(m.returns, "void") {
		g.fail("method must return a value: %s.%s", m.class.name, m.name)
	}
	return g.coerce(g.answer, m.returns)
}

func outermost(c *class) *class {
	for c.outer != nil {
		c = c.outer
	}
	return c
}

// call is a method call after a dot.
func (f *frame) call(left any, name string, args arguments) any {
	key := strings.ToLower(name)
	lib := f.run.program.library
	switch x := left.(type) {
	case typeName:
		return f.callType(x, name, args)
	case superRef:
		if m := f.pick(f.class.super, name, args); m != nil {
			return f.invoke(m, f.this, args)
		}
		if v, ok := f.exceptionMethod(f.this, key, args); ok && f.this.class.is("Exception") {
			return v
		}
	case *instance:
		if m := f.pick(x.class, name, args); m != nil {
			return f.invoke(m, x, args)
		}
		if x.class.is("Exception") {
			if v, ok := f.exceptionMethod(x, key, args); ok {
				return v
			}
		}
	case *result:
		if v, ok := x.fields[key]; ok && len(args) == 0 {
			return v
		}
	case string:
		return invokeOn(f, lib.text, x, name, args)
	case *list:
		return invokeOn(f, lib.lists, x, name, args)
	case *set:
		return invokeOn(f, lib.sets, x, name, args)
	case *mapping:
		return invokeOn(f, lib.maps, x, name, args)
	case *sobject:
		return invokeOn(f, lib.records, x, name, args)
	default:
		return invokeOn(f, lib.plain(left), left, name, args)
	}
	f.fail("Method does not exist or incorrect signature: %s(%s) on %s", name, args.kinds(), kindOf(left))
	return nil
}

func (f *frame) callType(t typeName, name string, args arguments) any {
	if t.class != nil {
		if m := f.pick(t.class, name, args); m != nil {
			if !m.static {
				f.fail("Non static method cannot be referenced from a static context: %s.%s", t.name, name)
			}
			return f.invoke(m, nil, args)
		}
		if t.class.isEnum {
			return invokeOn(f, f.run.program.library.enums, t.class, name, args)
		}
	}
	if t.object != nil {
		return invokeOn(f, f.run.program.library.objectTypes, t.object, name, args)
	}
	lower := strings.ToLower(strings.TrimPrefix(strings.ToLower(t.name), "system."))
	return invokeOn(f, f.run.program.library.statics[lower], t, name, args)
}
