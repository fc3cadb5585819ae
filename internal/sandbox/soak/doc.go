// Package soak has the plugin log thousands of tasks in one browser while
// Salesforce is unreliable, and judges the org and the memory afterwards.
//
// The console, the wire, the client library and the org are the sandbox's. Flex is
// not: its real desktop takes seconds for a task. A page of the same origin has as
// much of Flex as the plugin asks of it. What the plugin is made of is not known
// here.
package soak
