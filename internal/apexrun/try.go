package apexrun

import "github.com/octoberswimmer/apexfmt/parser"

func (f *frame) throwStatement(s parser.IThrowStatementContext) {
	switch e := f.eval(s.Expression()).(type) {
	case *instance:
		if e.class.is("Exception") {
			panic(thrown{e})
		}
		f.fail("Throw expression must be of type exception: %s", e.class.name)
	case nil:
		f.throwNull()
	default:
		f.fail("Throw expression must be of type exception: %s", kindOf(e))
	}
}

// try runs try, catch and finally.
func (f *frame) try(t parser.ITryStatementContext) flow {
	how, exception := f.attempt(t.Block())
	if exception != nil {
		if clause, kind := f.catcher(t, exception); clause != nil {
			f.push()
			f.declare(clause.Id().GetText(), kind, exception)
			depth := len(f.scopes)
			how, exception = f.attempt(clause.Block())
			f.scopes = f.scopes[:depth]
			f.pop()
		}
	}
	if last := t.FinallyBlock(); last != nil {
		answer := f.answer
		if end := f.block(last.Block()); end != onward {
			return end // a finally that leaves the method swallows the exception
		}
		f.answer = answer
	}
	if exception != nil {
		panic(thrown{exception})
	}
	return how
}

// attempt runs a block and returns the exception that left it. Failed assertions and exceeded limits cannot be caught, and so pass.
func (f *frame) attempt(b parser.IBlockContext) (how flow, exception *instance) {
	scopes, depth := len(f.scopes), f.run.depth
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		t, ok := cause.(thrown)
		if !ok || t.exception.class.is("System.AssertException") || t.exception.class.is("System.LimitException") {
			panic(cause)
		}
		f.scopes, f.run.depth = f.scopes[:scopes], depth
		how, exception = onward, t.exception
	}()
	return f.block(b), nil
}

// catcher finds the clause that takes an exception.
func (f *frame) catcher(t parser.ITryStatementContext, e *instance) (parser.ICatchClauseContext, string) {
	for _, c := range t.AllCatchClause() {
		name := c.QualifiedName().GetText()
		kind := f.run.program.find(f.class, name)
		if kind == nil {
			f.line = c.GetStart().GetLine()
			f.fail("Invalid type: %s", name)
		}
		if e.class.extends(kind) {
			return c, kind.name
		}
	}
	return nil, ""
}

func (c *class) extends(other *class) bool {
	for k := c; k != nil; k = k.super {
		if k == other {
			return true
		}
	}
	return false
}
