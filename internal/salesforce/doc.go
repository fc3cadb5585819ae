// Package salesforce is the contract with the org: the class, object and field
// names of the package in apex/, and how what the plugin wants is put into them.
// It calls Open CTI through an interface and knows nothing of the browser, so
// every field that is sent is tested natively.
package salesforce
