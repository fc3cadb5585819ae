package apexrun

import (
	"strconv"
	"strings"

	"github.com/antlr4-go/antlr/v4"
	"github.com/octoberswimmer/apexfmt/parser"
)

// superRef is what the word super stands for.
type superRef struct{}

func (f *frame) all(l parser.IExpressionListContext) arguments {
	if l == nil {
		return nil
	}
	var values arguments
	for _, e := range l.AllExpression() {
		values = append(values, f.eval(e))
	}
	return values
}

// sign is the text of an operator, which may be several tokens: < =.
func sign(e antlr.ParserRuleContext) string {
	var out strings.Builder
	for _, c := range e.GetChildren() {
		if t, ok := c.(antlr.TerminalNode); ok {
			out.WriteString(t.GetText())
		}
	}
	return out.String()
}

func (f *frame) eval(e parser.IExpressionContext) any {
	switch x := e.(type) {
	case *parser.PrimaryExpressionContext:
		return f.primary(x.Primary())
	case *parser.SubExpressionContext:
		return f.eval(x.Expression())
	case *parser.DotExpressionContext:
		return f.dot(x)
	case *parser.MethodCallExpressionContext:
		return f.callHere(x.MethodCall())
	case *parser.NewInstanceExpressionContext:
		return f.create(x.Creator())
	case *parser.CastExpressionContext:
		return f.cast(f.eval(x.Expression()), x.TypeRef().GetText())
	case *parser.ArrayExpressionContext:
		return f.index(f.eval(x.Expression(0)), f.eval(x.Expression(1)))
	case *parser.InstanceOfExpressionContext:
		return f.isA(f.eval(x.Expression()), x.TypeRef().GetText())
	case *parser.AssignExpressionContext:
		return f.assignment(x)
	case *parser.CondExpressionContext:
		if f.truth(x.Expression(0)) {
			return f.eval(x.Expression(1))
		}
		return f.eval(x.Expression(2))
	}
	return f.operation(e)
}

func (f *frame) assignment(x *parser.AssignExpressionContext) any {
	op := sign(x)
	if op == "=" {
		v := f.eval(x.Expression(1))
		f.assign(x.Expression(0), v)
		return v
	}
	// The old value comes first: s += next() reads s before next changes it.
	old := f.eval(x.Expression(0))
	v := f.arithmetic(strings.TrimSuffix(op, "="), old, f.eval(x.Expression(1)))
	f.assign(x.Expression(0), v)
	return v
}

func (f *frame) primary(p parser.IPrimaryContext) any {
	switch x := p.(type) {
	case *parser.ThisPrimaryContext:
		return f.this
	case *parser.SuperPrimaryContext:
		return superRef{}
	case *parser.LiteralPrimaryContext:
		return f.literal(x.Literal())
	case *parser.IdPrimaryContext:
		if v, ok := f.named(x.GetText()); ok {
			return v
		}
		if t, ok := f.typeNamed(x.GetText()); ok {
			return t
		}
		f.fail("Variable does not exist: %s", x.GetText())
	case *parser.TypeRefPrimaryContext:
		t, ok := f.typeNamed(x.TypeRef().GetText())
		if !ok {
			f.fail("Invalid type: %s", x.TypeRef().GetText())
		}
		return t
	case *parser.SoqlPrimaryContext:
		return f.query(x.SoqlLiteral().Query())
	case *parser.SoslPrimaryContext:
		return f.search(x.SoslLiteral())
	}
	f.fail("expression not known to this interpreter: %s", p.GetText())
	return nil
}

func (f *frame) literal(l parser.ILiteralContext) any {
	text := l.GetText()
	switch {
	case l.NULL() != nil:
		return nil
	case l.StringLiteral() != nil:
		s, ok := unquote(text)
		if !ok {
			f.fail("Illegal string literal: %s", text)
		}
		return s
	case l.BooleanLiteral() != nil:
		return strings.EqualFold(text, "true")
	case l.NumberLiteral() != nil:
		if number, isDouble := strings.CutSuffix(strings.ToLower(text), "d"); isDouble {
			n, err := strconv.ParseFloat(number, 64)
			if err != nil {
				f.fail("Illegal number: %s", text)
			}
			return n
		}
		d, ok := parseDecimal(text)
		if !ok {
			f.fail("Illegal number: %s", text)
		}
		return d
	}
	bits := 32
	if l.LongLiteral() != nil {
		bits = 64
	}
	n, err := strconv.ParseInt(strings.TrimRight(text, "lL"), 10, bits)
	if err != nil {
		f.fail("Illegal integer: %s", text)
	}
	if bits == 64 {
		return long(n)
	}
	return n
}

func (f *frame) dot(x *parser.DotExpressionContext) any {
	left := f.eval(x.Expression())
	if left == nil {
		if x.QUESTIONDOT() != nil {
			return nil
		}
		f.throwNull()
	}
	mc := x.DotMethodCall()
	if l, ok := left.(*list); ok && l.fromQuery && mc == nil {
		left = f.onlyRow(l)
	}
	if mc == nil {
		return f.read(left, x.AnyId().GetText())
	}
	name := mc.AnyId().GetText()
	args := f.all(mc.ExpressionList())
	f.line = x.GetStart().GetLine()
	return f.call(left, name, args)
}

func (f *frame) index(l, i any) any {
	items, at := f.at(l, i)
	return items.items[at]
}

// at checks an index into a list.
func (f *frame) at(l, i any) (*list, int64) {
	items, ok := l.(*list)
	if l == nil {
		f.throwNull()
	}
	if !ok {
		f.fail("Expression must be a list type: %s", kindOf(l))
	}
	n, ok := i.(int64)
	if !ok {
		f.fail("Illegal index: %s", kindOf(i))
	}
	if n < 0 || n >= int64(len(items.items)) {
		f.throw("ListException", "List index out of bounds: %d", n)
	}
	return items, n
}
