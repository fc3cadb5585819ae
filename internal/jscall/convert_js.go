package jscall

import (
	"slices"
	"syscall/js"

	"github.com/hack-pad/safejs"
)

// The page's own functions, looked up once. Each use of one is a crossing of the border
// less than to look for it, and there are hundreds for a task.
var (
	reflectGet = builtin("Reflect", "get")
	reflectSet = builtin("Reflect", "set")
	jsonParse  = builtin("JSON", "parse")
	isArrayOf  = builtin("Array", "isArray")
)

func builtin(object, name string) js.Value { return js.Global().Get(object).Get(name) }

// names are the property names that have been used, as the page's strings. There are
// some dozens in the program; more come from objects that anybody may have made, and
// are not kept.
var names = map[string]js.Value{}

const maxNames = 128

func nameOf(name string) js.Value {
	v, ok := names[name]
	if !ok {
		v = js.ValueOf(name)
		if len(names) < maxNames {
			names[name] = v
		}
	}
	return v
}

// arguments makes one value of the page's of each map and list. syscall/js would set
// property by property, each of them a few crossings; a text that the page parses is
// two. What it can't make is left as it is, for syscall/js to refuse.
func arguments(args []any) []any {
	var out []any
	for i, arg := range args {
		switch arg.(type) {
		case map[string]any, []any:
			if v, ok := build(arg); ok {
				if out == nil {
					out = slices.Clone(args)
				}
				out[i] = v
			}
		}
	}
	if out == nil {
		return args
	}
	return out
}

// place is where in an object a value of the page's belongs.
type place struct {
	path  []any
	value js.Value
}

func build(x any) (v safejs.Value, ok bool) {
	var places []place
	text, ok := appendJSON(make([]byte, 0, 512), x, nil, func(path []any, x any) bool {
		p := place{path: slices.Clone(path)}
		switch x := x.(type) {
		case safejs.Value:
			p.value = safejs.Unsafe(x)
		case safejs.Func:
			p.value = safejs.Unsafe(x.Value())
		case float64: // not a number, or infinite
			p.value = js.ValueOf(x)
		default:
			return false
		}
		places = append(places, p)
		return true
	})
	if !ok {
		return v, false
	}
	made := jsonParse.Invoke(string(text)) // JSON of our own, fresh from the page: nothing here can throw
	for _, p := range places {
		at := made
		for i, step := range p.path {
			last := i == len(p.path)-1
			switch step := step.(type) {
			case string:
				if last {
					at.Set(step, p.value)
				} else {
					at = at.Get(step)
				}
			case int:
				if last {
					at.SetIndex(step, p.value)
				} else {
					at = at.Index(step)
				}
			}
		}
	}
	return safejs.Safe(made), true
}
