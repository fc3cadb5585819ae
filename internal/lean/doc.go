// Package lean does for short lists and for ASCII what the standard library does
// for everything, and so without Unicode's tables and a general sort: 20 kB less to
// download.
package lean
