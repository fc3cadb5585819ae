// Package doctor looks whether everything is in place that a call needs to become a
// Case: in the Twilio account, in the Salesforce org, and in this tree. It only
// reads, and says of everything that is wrong what mends it. It knows nothing of
// the terminal.
package doctor
