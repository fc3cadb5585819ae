package main

import (
	"syscall/js"

	"github.com/hack-pad/safejs"
)

func main() {
	v, err := safejs.Global().Get("page")
	if err != nil {
		println(err.Error())
	}
	callback := js.FuncOf(func(js.Value, []js.Value) any { return nil })
	if _, err := v.Call("listen", callback); err != nil {
		println(err.Error())
	}
	select {}
}
