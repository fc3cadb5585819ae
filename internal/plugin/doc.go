// Package plugin runs one agent's desk: what happens in Flex comes in, calls to
// Salesforce go out, and their results come back in.
//
// One goroutine owns all state and takes one letter at a time from one inbox;
// each call to Salesforce is a goroutine that ends with a letter. It knows no
// browser and neither of the vendors' APIs, only the ports it declares, so it
// runs natively, under the race detector and testing/synctest.
package plugin
