// Package apexrun runs the subset of Apex that a small SFDX package is written in: its webservice methods and its tests, with no org.
//
// It must not hold rows, and must not know who keeps them: every record goes through the [Store] that it is given, so that Apex and
// the other ways into the same records obey the same rules.
//
// What it does not know it refuses with the file and the line, never by guessing; see README.md for what it is not.
//
// Inside the package an Apex exception unwinds the Go stack as a panic of type thrown, because the evaluator is a deep recursion over
// the parse tree and every level would otherwise pass the same error on; what the interpreter lacks unwinds as a fault. Both are turned
// into errors in one place, (*run).guard, and none leaves the package.
package apexrun
