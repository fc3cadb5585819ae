// Package twilio stands in for the Twilio back ends that the real Flex UI talks to, so that a whole Flex desktop runs on one
// machine with no account. It knows nothing of Salesforce, of the plugin under test, or of browsers.
//
// One handler is given every request whose host is one of Twilio's:
//
//	flex.twilio.com                the page (internal/sandbox/flexhost), the session, the plugin list and the plugins   pages.go
//	flex-api.twilio.com            the Configuration and the login                                                      configuration.go
//	event-bridge.twilio.com        TaskRouter and Interactions: Flex's requests, and the events that follow             bridge.go, routes.go
//	voice-js.roaming.twilio.com    voice signalling; the audio is a real WebRTC call with silence in it                 voice.go, leg.go
//	tsock.us1.twilio.com           Twilsock, under Sync and Conversations                                               twilsock.go, sync.go
//
// What happens to a call or a conversation between accepting and the end is in transfer.go, conference.go, outbound.go and
// interactions.go; what happens to the worker in worker.go.
//
// The one worker may have any number of Flex tabs open. Tests and the sandbox play the customer, the supervisor and the network
// with the methods of Twilio (calls.go); the agent plays themselves, with Flex's own buttons (buttons.go). What Flex asks for and
// nobody here knows is answered as harmlessly as was found possible and listed by Unknown.
package twilio
