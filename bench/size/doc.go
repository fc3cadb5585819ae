// Package size says where the bytes of the program in the browser are: each linked
// package and what it costs, what an import would add, what the compiler's
// settings do, and how far all of it is from the smallest program there can be.
package size
