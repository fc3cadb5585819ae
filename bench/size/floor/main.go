//go:build !js

package main

// It is for the browser only.
func main() {}
