// Package softphone keeps Salesforce's side of the telephone in step with Flex: its
// panel opens when the agent is offered a task, and the numbers on its pages can be
// clicked while, and only while, the agent can make a call. It knows no browser.
package softphone
