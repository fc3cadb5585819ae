// Package gate holds what can be counted and so is the same on every machine, busy or
// not: bytes, crossings of the border between the program and the page, allocations,
// and what the program holds of the page. Its tests run with all others.
//
// A budget that is broken is not raised without a reason beside it.
package gate
