// Package arrows holds the test that keeps the packages' imports as
// docs/architecture.md draws them. It has no code of its own.
package arrows
