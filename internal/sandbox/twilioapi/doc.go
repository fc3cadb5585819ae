// Package twilioapi stands in for the parts of Twilio's REST API that a Flex
// plugin is deployed with: Serverless, its upload host, the Flex Configuration
// and the Flex Plugins API. It answers as Twilio's published documents say, and
// is strict where they are: an unknown path, method or parameter, a missing one,
// a body of the wrong type and wrong credentials are refused. It breaks on
// request, at any request. It knows nothing of the command that is tested
// against it.
//
// See https://github.com/twilio/twilio-oai (twilio_flex_v1.json and
// twilio_serverless_v1.json). The upload is in neither; it is as Twilio's own
// plugin builder does it, see
// https://github.com/twilio-labs/serverless-toolkit and
// https://www.twilio.com/docs/serverless/api/resource/asset-version.
package twilioapi
