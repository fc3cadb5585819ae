// Package jscall is the edge between Go and JavaScript: callbacks, calls that
// are answered later, and getters that check types.
//
// It must not know what it is used for: no Flex, no Salesforce, no storage.
//
// Three rules hold for every callback made here. It recovers at its own edge,
// since a panic that crosses a JavaScript frame leaves the Go runtime sick and
// cannot be recovered outside. It returns undefined. And it must not block:
// while it runs, the thread that the program is on stands still, and nothing that
// it could wait for can come. That thread is a worker's, or the page's own where
// it has none for us. So a callback copies out, hands on (to a buffered channel or
// [Edge.Go]) and returns.
//
// Properties of JavaScript's objects are read with [Get] and its kin, never with
// safejs's own Get, Index or Length: a getter that throws there ends the
// Go program, since syscall/js catches what a call throws and nothing else.
//
// Errors that come from JavaScript are always turned into a [*ThrownError] by
// this package, because reading the text of a raw one can itself panic: a
// script may throw a string, or undefined.
package jscall
