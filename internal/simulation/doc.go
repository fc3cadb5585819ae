// Package simulation plays whole working days against the real loop and the
// real state machine, with everything around them made up: Flex and its agents,
// the page that loads the plugin, its storage, its tabs, and an org in which
// calls get lost, come late, or are refused.
//
// All of it follows from one number, the seed, and runs on a virtual clock, so a
// day that went wrong can be played again and made smaller until only what
// matters is left. There is nothing here but tests; see README.md.
package simulation
