// Package peak reckons what many agents cost an org: calls, rows and storage of a day,
// and how many calls are under way at once in the busiest hour, by a simulation that
// gives the same figures each time.
//
// It knows of the plugin only what it does for a task; what it assumes of Salesforce is
// in [Org], each with its source.
package peak
