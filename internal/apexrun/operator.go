package apexrun

import (
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

func (f *frame) operation(e parser.IExpressionContext) any {
	switch x := e.(type) {
	case *parser.PostOpExpressionContext:
		old := f.eval(x.Expression())
		step := int64(1)
		if x.DEC() != nil {
			step = -1
		}
		f.assign(x.Expression(), f.arithmetic("+", old, step))
		return old
	case *parser.PreOpExpressionContext:
		v := f.eval(x.Expression())
		switch {
		case x.SUB() != nil:
			return f.arithmetic("-", int64(0), v)
		case x.INC() != nil:
			v = f.arithmetic("+", v, int64(1))
			f.assign(x.Expression(), v)
		case x.DEC() != nil:
			v = f.arithmetic("-", v, int64(1))
			f.assign(x.Expression(), v)
		}
		return v
	case *parser.NegExpressionContext:
		if x.TILDE() != nil {
			f.fail("operator not known to this interpreter: ~")
		}
		return !f.truth(x.Expression())
	case *parser.Arth1ExpressionContext:
		return f.arithmetic(sign(x), f.eval(x.Expression(0)), f.eval(x.Expression(1)))
	case *parser.Arth2ExpressionContext:
		return f.arithmetic(sign(x), f.eval(x.Expression(0)), f.eval(x.Expression(1)))
	case *parser.CmpExpressionContext:
		return f.ordered(sign(x), f.eval(x.Expression(0)), f.eval(x.Expression(1)))
	case *parser.EqualityExpressionContext:
		return f.same(sign(x), f.eval(x.Expression(0)), f.eval(x.Expression(1)))
	case *parser.LogAndExpressionContext:
		return f.truth(x.Expression(0)) && f.truth(x.Expression(1))
	case *parser.LogOrExpressionContext:
		return f.truth(x.Expression(0)) || f.truth(x.Expression(1))
	case *parser.CoalExpressionContext:
		if v := f.eval(x.Expression(0)); v != nil {
			return v
		}
		return f.eval(x.Expression(1))
	}
	f.fail("expression not known to this interpreter: %s", e.GetText())
	return nil
}

func (f *frame) same(op string, a, b any) bool {
	switch op {
	case "==":
		return equal(f.row(a, b), f.row(b, a), true)
	case "!=", "<>":
		return !equal(f.row(a, b), f.row(b, a), true)
	case "===":
		return identical(a, b)
	}
	return !identical(a, b)
}

// identical is ===: the same object, or for plain values the same value.
func identical(a, b any) bool {
	switch a.(type) {
	case *list, *set, *mapping, *sobject, *instance:
		return a == b
	}
	return equal(a, b, false)
}

// row lets a query stand for its only row beside a record.
func (f *frame) row(v, beside any) any {
	if l, ok := v.(*list); ok && l.fromQuery {
		if _, record := beside.(*sobject); record {
			return f.onlyRow(l)
		}
	}
	return v
}

func (f *frame) ordered(op string, a, b any) bool {
	if a == nil || b == nil {
		f.throwNull()
	}
	if isNumber(a) {
		if !isNumber(b) {
			f.fail("Comparison arguments must be compatible types: %s, %s", kindOf(a), kindOf(b))
		}
	} else if kindOf(a) != kindOf(b) {
		f.fail("Comparison arguments must be compatible types: %s, %s", kindOf(a), kindOf(b))
	}
	c := compare(a, b)
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	}
	return c >= 0
}

func (f *frame) arithmetic(op string, a, b any) any {
	if op == "+" {
		_, left := a.(string)
		_, right := b.(string)
		if left || right {
			return render(a) + render(b)
		}
	}
	if a == nil || b == nil {
		f.throwNull()
	}
	if isNumber(a) && isNumber(b) {
		if !strings.Contains("+-*/", op) {
			f.fail("operator not known to this interpreter: %s", op)
		}
		return f.arithmeticOf(op, a, b)
	}
	f.fail("Arithmetic expressions must use numeric arguments: %s %s %s", kindOf(a), op, kindOf(b))
	return nil
}
