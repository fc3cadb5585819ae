package apexrun

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"
	"github.com/octoberswimmer/apexfmt/parser"
)

// declarations turns the parse tree of one file into classes.
type declarations struct {
	file  string
	lines map[string]map[int]bool
	gated []error // what this API version refuses, wherever it is
}

func modifiers(list []parser.IModifierContext) map[string]bool {
	out := map[string]bool{}
	for _, m := range list {
		if a := m.Annotation(); a != nil {
			out["@"+strings.ToLower(a.QualifiedName().GetText())] = true
		} else {
			out[strings.ToLower(m.GetText())] = true
		}
	}
	return out
}

func (d *declarations) refuse(line int, text string) error {
	return &SourceError{File: d.file, Line: line, Text: text}
}

func (d *declarations) class(ctx parser.IClassDeclarationContext, mods map[string]bool, outer *class) (*class, error) {
	c := newClass(ctx.Id().GetText(), outer)
	c.file, c.modifiers = d.file, mods
	if mods["inheritedsharing"] {
		return nil, d.refuse(ctx.GetStart().GetLine(), "inherited sharing is not known to this interpreter")
	}
	if t := ctx.TypeRef(); t != nil {
		c.superName = t.GetText()
	}
	if list := ctx.TypeList(); list != nil {
		for _, t := range list.AllTypeRef() {
			c.interfaces = append(c.interfaces, t.GetText())
		}
	}
	for _, body := range ctx.ClassBody().AllClassBodyDeclaration() {
		if b := body.Block(); b != nil {
			if body.STATIC() == nil {
				return nil, d.refuse(b.GetStart().GetLine(), "instance initialiser blocks are not run by this interpreter")
			}
			c.statics = append(c.statics, b)
			d.note(b)
			continue
		}
		if m := body.MemberDeclaration(); m != nil {
			if err := d.member(c, m, modifiers(body.AllModifier())); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (d *declarations) member(c *class, m parser.IMemberDeclarationContext, mods map[string]bool) error {
	line := m.GetStart().GetLine()
	switch {
	case m.ClassDeclaration() != nil, m.InterfaceDeclaration() != nil, m.EnumDeclaration() != nil:
		return d.inner(c, m, mods)
	case m.FieldDeclaration() != nil:
		f := m.FieldDeclaration()
		for _, v := range f.VariableDeclarators().AllVariableDeclarator() {
			d.note(v)
			c.members = append(c.members, &member{name: v.Id().GetText(), kind: f.TypeRef().GetText(), static: mods["static"], final: mods["final"], value: v.Expression()})
		}
	case m.PropertyDeclaration() != nil:
		c.members = append(c.members, d.property(m.PropertyDeclaration(), mods))
	case m.MethodDeclaration() != nil:
		ctx := m.MethodDeclaration()
		x := &method{
			name: ctx.MethodId().GetText(), returns: "void", parameters: parameters(ctx.FormalParameters()),
			static: mods["static"] || mods["testmethod"], modifiers: mods, body: ctx.Block(), class: c, line: line,
		}
		if t := ctx.TypeRef(); t != nil {
			x.returns = t.GetText()
		}
		if mods["@future"] {
			return d.refuse(line, "future methods are not run by this interpreter: "+x.name)
		}
		if mods["webservice"] && (!x.static || !c.modifiers["global"] || c.outer != nil) {
			return d.refuse(line, "webservice methods must be static, in a global top-level class: "+x.name)
		}
		if (mods["@istest"] || mods["@testsetup"]) && !x.static {
			return d.refuse(line, "test methods must be static: "+x.name)
		}
		key := strings.ToLower(x.name)
		c.methods[key] = append(c.methods[key], x)
		d.note(ctx.Block())
	case m.ConstructorDeclaration() != nil:
		ctx := m.ConstructorDeclaration()
		c.creators = append(c.creators, &method{name: c.short, returns: "void", modifiers: mods, body: ctx.Block(), class: c, parameters: parameters(ctx.FormalParameters()), line: line})
		d.note(ctx.Block())
	default:
		return d.refuse(line, "declaration not known to this interpreter: "+m.GetText())
	}
	return nil
}

func (d *declarations) inner(c *class, m parser.IMemberDeclarationContext, mods map[string]bool) error {
	var in *class
	var err error
	switch {
	case m.ClassDeclaration() != nil:
		in, err = d.class(m.ClassDeclaration(), mods, c)
	case m.InterfaceDeclaration() != nil:
		in, err = d.contract(m.InterfaceDeclaration(), c)
	default:
		in = d.enum(m.EnumDeclaration(), c)
	}
	if err != nil {
		return err
	}
	c.inner[strings.ToLower(in.short)] = in
	return nil
}

func (d *declarations) contract(ctx parser.IInterfaceDeclarationContext, outer *class) (*class, error) {
	c := newClass(ctx.Id().GetText(), outer)
	c.file = d.file
	if list := ctx.TypeList(); list != nil {
		for _, t := range list.AllTypeRef() {
			c.interfaces = append(c.interfaces, t.GetText())
		}
	}
	return c, nil
}

func (d *declarations) enum(ctx parser.IEnumDeclarationContext, outer *class) *class {
	c := newClass(ctx.Id().GetText(), outer)
	c.file, c.isEnum = d.file, true
	if constants := ctx.EnumConstants(); constants != nil {
		for _, id := range constants.AllId() {
			c.enum = append(c.enum, id.GetText())
		}
	}
	return c
}

func (d *declarations) property(ctx parser.IPropertyDeclarationContext, mods map[string]bool) *member {
	p := &member{name: ctx.Id().GetText(), kind: ctx.TypeRef().GetText(), static: mods["static"]}
	for _, b := range ctx.AllPropertyBlock() {
		if g := b.Getter(); g != nil && g.Block() != nil {
			p.get = g.Block()
			d.note(p.get)
		}
		if s := b.Setter(); s != nil && s.Block() != nil {
			p.set = s.Block()
			d.note(p.set)
		}
	}
	return p
}

func parameters(ctx parser.IFormalParametersContext) []parameter {
	var out []parameter
	if list := ctx.FormalParameterList(); list != nil {
		for _, p := range list.AllFormalParameter() {
			out = append(out, parameter{p.Id().GetText(), p.TypeRef().GetText()})
		}
	}
	return out
}

// note marks the lines under a tree that hold statements, for coverage.
func (d *declarations) note(tree antlr.Tree) {
	if tree == nil {
		return
	}
	if w, ok := tree.(parser.IWithClauseContext); ok && w.SECURITY_ENFORCED() != nil {
		d.gated = append(d.gated, d.refuse(w.GetStart().GetLine(), "WITH SECURITY_ENFORCED is not allowed from API version 67.0 on; write WITH USER_MODE"))
	}
	if s, ok := tree.(parser.IStatementContext); ok && s.Block() == nil {
		if d.lines[d.file] == nil {
			d.lines[d.file] = map[int]bool{}
		}
		d.lines[d.file][s.GetStart().GetLine()] = true
	}
	for _, child := range tree.GetChildren() {
		d.note(child)
	}
}
