// Package bundle makes dist/bundle.js: the Go program, compiled to WebAssembly
// and packed, and the loader in web/, in one classic script. It knows nothing of
// Twilio's deployment or of the sandbox, which only use the file.
package bundle
