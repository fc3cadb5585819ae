package apexrun

import (
	"slices"
	"strings"

	"github.com/octoberswimmer/apexfmt/parser"
)

// class is one class, interface or enum of the source, or an exception of the platform. It is never changed after loading.
type class struct {
	name       string // with the outer class: Outer.Inner
	short      string
	file       string
	outer      *class
	super      *class
	superName  string
	interfaces []string
	modifiers  map[string]bool
	members    []*member
	methods    map[string][]*method
	creators   []*method
	inner      map[string]*class
	enum       []string
	isEnum     bool
	statics    []parser.IBlockContext
}

// member is a field or a property.
type member struct {
	name, kind    string
	static, final bool
	value         parser.IExpressionContext
	get, set      parser.IBlockContext
}

type parameter struct{ name, kind string }

type method struct {
	name, returns string
	parameters    []parameter
	static        bool
	modifiers     map[string]bool
	body          parser.IBlockContext
	class         *class
	line          int
}

func newClass(short string, outer *class) *class {
	c := &class{short: short, name: short, outer: outer, modifiers: map[string]bool{}, methods: map[string][]*method{}, inner: map[string]*class{}}
	if outer != nil {
		c.name, c.file = outer.name+"."+short, outer.file
	}
	return c
}

// is tells whether c is the class of that name, or extends or implements it.
func (c *class) is(name string) bool {
	for k := c; k != nil; k = k.super {
		if strings.EqualFold(k.name, name) || strings.EqualFold(k.short, name) {
			return true
		}
		if slices.ContainsFunc(k.interfaces, func(i string) bool { return strings.EqualFold(i, name) }) {
			return true
		}
	}
	return false
}

// member finds a field or property of the class or of one it extends.
func (c *class) member(name string) (*member, *class) {
	for ; c != nil; c = c.super {
		for _, m := range c.members {
			if strings.EqualFold(m.name, name) {
				return m, c
			}
		}
	}
	return nil, nil
}

func (c *class) hasMethod(name string) bool {
	for ; c != nil; c = c.super {
		if len(c.methods[strings.ToLower(name)]) > 0 {
			return true
		}
	}
	return false
}

// platformExceptions are the exception types that a program may name without declaring them.
var platformExceptions = []string{
	"Exception", "AssertException", "AuraHandledException", "CalloutException", "DmlException", "EmailException",
	"IllegalArgumentException", "InvalidParameterValueException", "JSONException", "LimitException", "ListException", "MathException",
	"NullPointerException", "QueryException", "SearchException", "SecurityException", "SerializationException", "SObjectException",
	"StringException", "TypeException",
}

func platformClasses() map[string]*class {
	classes := map[string]*class{}
	root := newClass("Exception", nil)
	for _, name := range platformExceptions {
		c := newClass(name, nil)
		if name == root.short {
			c = root
		} else {
			c.super = root
		}
		c.name = "System." + name
		classes[strings.ToLower(name)] = c
	}
	return classes
}

// find resolves a class name as seen from inside of another class: inner classes of the surroundings first, then the top level.
func (p *Program) find(from *class, name string) *class {
	parts := strings.Split(strings.ToLower(name), ".")
	if parts[0] == "system" && len(parts) > 1 {
		parts = parts[1:]
	}
	var c *class
	for around := from; around != nil && c == nil; around = around.outer {
		for k := around; k != nil && c == nil; k = k.super {
			c = k.inner[parts[0]]
		}
	}
	if c == nil {
		c = p.classes[parts[0]]
	}
	for _, part := range parts[1:] {
		if c == nil {
			return nil
		}
		c = c.inner[part]
	}
	return c
}
