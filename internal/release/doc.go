// Package release brings the plugin into a Twilio account and takes it out
// again, and leaves the account as Twilio's own command line would: what one of
// the two has done the other can go on with. It knows nothing of how the plugin
// is built, nor of the terminal.
//
// Every change is made the same way: look, and make what is not there. So a run
// that was broken off anywhere is taken up by running it again, two runs at once
// end as one would, and a dry run is the looking alone.
//
// See https://www.twilio.com/docs/flex/developer/plugins/api and
// https://www.twilio.com/docs/serverless/api
package release
