package apexrun

import (
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// flow is how a statement ended.
type flow int

const (
	onward flow = iota
	broke
	continued
	returned
)

func (f *frame) block(b parser.IBlockContext) flow {
	f.push()
	defer f.pop()
	for _, s := range b.AllStatement() {
		if how := f.statement(s); how != onward {
			return how
		}
	}
	return onward
}

func (f *frame) body(s parser.IStatementContext) flow {
	if s == nil {
		return onward
	}
	f.push()
	defer f.pop()
	return f.statement(s)
}

func (f *frame) truth(e parser.IExpressionContext) bool {
	switch b := f.eval(e).(type) {
	case bool:
		return b
	case nil:
		f.throwNull()
	default:
		f.fail("Condition expression must be of type Boolean, not %s", kindOf(b))
	}
	return false
}

func (f *frame) statement(s parser.IStatementContext) flow {
	f.line = s.GetStart().GetLine()
	f.run.at(f.class.file, f.line, s.Block() == nil)
	switch {
	case s.Block() != nil:
		return f.block(s.Block())
	case s.ExpressionStatement() != nil:
		f.eval(s.ExpressionStatement().Expression())
	case s.LocalVariableDeclarationStatement() != nil:
		f.local(s.LocalVariableDeclarationStatement().LocalVariableDeclaration())
	case s.ReturnStatement() != nil:
		if e := s.ReturnStatement().Expression(); e != nil {
			f.answer = f.eval(e)
		}
		return returned
	case s.IfStatement() != nil:
		i := s.IfStatement()
		if f.truth(i.ParExpression().Expression()) {
			return f.body(i.Statement(0))
		}
		return f.body(i.Statement(1))
	case s.BreakStatement() != nil:
		return broke
	case s.ContinueStatement() != nil:
		return continued
	case s.ThrowStatement() != nil:
		f.throwStatement(s.ThrowStatement())
	case s.TryStatement() != nil:
		return f.try(s.TryStatement())
	case s.SwitchStatement() != nil:
		return f.choose(s.SwitchStatement())
	case s.RunAsStatement() != nil:
		return f.runAs(s.RunAsStatement())
	default:
		if how, ok := f.loop(s); ok {
			return how
		}
		if !f.write(s) {
			f.fail("statement not known to this interpreter: %s", s.GetText())
		}
	}
	return onward
}

// runAs runs a block as another user, with what that user may do.
func (f *frame) runAs(s parser.IRunAsStatementContext) flow {
	f.onlyInTests("System.runAs")
	args := f.all(s.ExpressionList())
	if len(args) != 1 {
		f.fail("System.runAs takes one argument")
	}
	user, ok := f.coerce(args[0], "User").(*sobject)
	if !ok {
		f.throwNull()
	}
	defer f.run.as(user.id())()
	return f.block(s.Block())
}

// write runs a DML statement.
func (f *frame) write(s parser.IStatementContext) bool {
	switch {
	case s.InsertStatement() != nil:
		f.dml(dmlCall{verb: "insert", records: f.eval(s.InsertStatement().Expression()), allOrNone: true, system: s.InsertStatement().SYSTEM() != nil})
	case s.UpdateStatement() != nil:
		f.dml(dmlCall{verb: "update", records: f.eval(s.UpdateStatement().Expression()), allOrNone: true, system: s.UpdateStatement().SYSTEM() != nil})
	case s.DeleteStatement() != nil:
		f.dml(dmlCall{verb: "delete", records: f.eval(s.DeleteStatement().Expression()), allOrNone: true, system: s.DeleteStatement().SYSTEM() != nil})
	case s.UpsertStatement() != nil:
		call := dmlCall{verb: "upsert", records: f.eval(s.UpsertStatement().Expression()), allOrNone: true, system: s.UpsertStatement().SYSTEM() != nil}
		if q := s.UpsertStatement().QualifiedName(); q != nil {
			parts := strings.Split(q.GetText(), ".")
			call.externalName = parts[len(parts)-1]
		}
		f.dml(call)
	default:
		return false
	}
	return true
}

func (f *frame) local(d parser.ILocalVariableDeclarationContext) {
	kind := d.TypeRef().GetText()
	for _, v := range d.VariableDeclarators().AllVariableDeclarator() {
		var x any
		if v.Expression() != nil {
			x = f.eval(v.Expression())
		}
		f.declare(v.Id().GetText(), kind, x)
	}
}

// loop runs a loop statement; its second result is false where s is none.
func (f *frame) loop(s parser.IStatementContext) (flow, bool) {
	switch {
	case s.WhileStatement() != nil:
		for f.truth(s.WhileStatement().ParExpression().Expression()) {
			if how := f.body(s.WhileStatement().Statement()); how == broke {
				break
			} else if how == returned {
				return how, true
			}
		}
	case s.DoWhileStatement() != nil:
		for {
			how := f.body(s.DoWhileStatement().Statement())
			if how == returned {
				return how, true
			}
			if how == broke || !f.truth(s.DoWhileStatement().ParExpression().Expression()) {
				break
			}
		}
	case s.ForStatement() != nil:
		f.push()
		defer f.pop()
		control := s.ForStatement().ForControl()
		if each := control.EnhancedForControl(); each != nil {
			return f.each(each, s.ForStatement().Statement()), true
		}
		return f.count(control, s.ForStatement().Statement()), true
	default:
		return onward, false
	}
	return onward, true
}

func (f *frame) each(control parser.IEnhancedForControlContext, body parser.IStatementContext) flow {
	kind := control.TypeRef().GetText()
	for _, v := range f.elements(f.eval(control.Expression()), kind) {
		f.push()
		f.declare(control.Id().GetText(), kind, v)
		how := f.body(body)
		f.pop()
		if how == broke {
			break
		}
		if how == returned {
			return how
		}
	}
	return onward
}

// elements lists what a for-each goes over. A loop variable that is a list takes a query's rows as one batch.
func (f *frame) elements(v any, kind string) []any {
	switch x := v.(type) {
	case *list:
		if x.fromQuery && strings.HasPrefix(strings.ToLower(kind), "list<") {
			return []any{&list{element: x.element, items: x.items}}
		}
		return append([]any(nil), x.items...)
	case *set:
		return append([]any(nil), x.keys...)
	case nil:
		f.throwNull()
	}
	f.fail("Loop must iterate over a collection, not %s", kindOf(v))
	return nil
}

func (f *frame) count(control parser.IForControlContext, body parser.IStatementContext) flow {
	if i := control.ForInit(); i != nil {
		if i.LocalVariableDeclaration() != nil {
			f.local(i.LocalVariableDeclaration())
		} else {
			f.all(i.ExpressionList())
		}
	}
	for control.Expression() == nil || f.truth(control.Expression()) {
		if how := f.body(body); how == broke {
			break
		} else if how == returned {
			return how
		}
		if u := control.ForUpdate(); u != nil {
			f.all(u.ExpressionList())
		}
	}
	return onward
}

// choose runs a switch.
func (f *frame) choose(s parser.ISwitchStatementContext) flow {
	v := f.eval(s.Expression())
	for _, w := range s.AllWhenControl() {
		when := w.WhenValue()
		switch {
		case when.ELSE() != nil:
			return f.block(w.Block())
		case when.TypeRef() != nil || len(when.AllId()) > 0:
			f.fail("switch on a type is not known to this interpreter: %s", when.GetText())
		}
		for _, l := range when.AllWhenLiteral() {
			if f.matches(v, l) {
				return f.block(w.Block())
			}
		}
	}
	return onward
}

func (f *frame) matches(v any, l parser.IWhenLiteralContext) bool {
	if inner := l.WhenLiteral(); inner != nil {
		return f.matches(v, inner)
	}
	text := l.GetText()
	switch {
	case l.NULL() != nil:
		return v == nil
	case l.StringLiteral() != nil:
		s, _ := unquote(text)
		return v == any(s)
	case l.Id() != nil:
		e, ok := v.(enumValue)
		return ok && strings.EqualFold(e.name, text)
	}
	n, ok := v.(int64)
	return ok && render(n) == strings.TrimRight(text, "lL")
}
