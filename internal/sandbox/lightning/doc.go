// Package lightning is the Salesforce page of the sandbox: a console at https://acme.lightning.force.com that frames Flex in its utility
// bar, speaks the Open CTI wire with whatever client library runs in the frame, and serves a client library of its own.
//
// It must not know how a Case is made or a log is kept: that is behind [Org]. Nothing here is Salesforce's; both ends of the wire are
// written from what it looks like, and the client library has the original's faults.
//
// The page's scripts are in assets/: parent.js is the wire, methods.js what a page answers by itself, the others what is seen.
// Every call passes through the Go side, which writes it down and can be told to misbehave: see [Console.Mute], [Console.Hold] and
// their neighbours.
package lightning
