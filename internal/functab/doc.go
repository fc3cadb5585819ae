// Package functab reads the table of functions that Go's linker leaves in a program's
// memory for the runtime, takes the source lines out of it, and finds them again for a
// stack that was printed without them. It knows the table of Go 1.26 for js/wasm and
// refuses all else; it does not know how the memory lies in a file.
//
// See runtime/symtab.go and runtime/runtime2.go, and cmd/link/internal/ld/pcln.go.
package functab
