package jscall

import "syscall/js"

// The page's own functions, looked up once. Each use of one is a crossing of the border
// less than to look for it, and there are hundreds for a task.
var (
	reflectGet = builtin("Reflect", "get")
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
