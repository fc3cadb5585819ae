// Package flexbridge is Twilio Flex, typed: what happens to tasks, what the
// admin has set, where to write a line. It reads and checks every field that the
// loader in web/ hands over, and knows nothing of Salesforce or of cases.
package flexbridge
