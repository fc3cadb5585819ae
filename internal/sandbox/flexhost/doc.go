// Package flexhost makes the page that flex.twilio.com would serve: the real Flex UI of npm, pinned, bundled with React into one
// script. It knows nothing of the Twilio back ends that the page talks to; internal/sandbox/twilio stands in for those.
//
// The result is made on the machine that uses it and is never committed or passed on: a dependency of Flex UI is under Twilio's
// terms of service, https://www.twilio.com/en-us/legal/tos.
package flexhost
