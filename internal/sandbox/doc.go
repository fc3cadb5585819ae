// Package sandbox is a contact centre on one machine: the real Flex UI, stand-ins
// for the Twilio back ends it talks to, a Lightning console that frames it, and
// an org that runs the shipped Apex and keeps its rows in SQL. One process, one
// loopback port; nothing of it reaches the internet once Flex UI is in the cache.
//
// The parts know nothing of each other: org, lightning, twilio, flexhost and
// browser. This package puts them together and knows nothing of the plugin but
// the path of its bundle.
package sandbox
