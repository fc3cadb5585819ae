// Package browser is the Chromium the sandbox looks at itself with: found,
// started with a fresh profile, steered over the DevTools protocol, and gone
// without a trace afterwards. It knows nothing of Flex or of Salesforce.
package browser
