//go:build !js

// Command plugin is the program inside the Flex plugin. It runs in a browser
// only; `make build` compiles it into dist/bundle.js.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "plugin: this program runs inside Twilio Flex; build it with: make build")
	os.Exit(2)
}
