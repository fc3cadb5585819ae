// Package opencti is a typed client of sforce.opencti, Salesforce's softphone
// API for Lightning Experience: it loads the library, proves that it is alive,
// and calls it with deadlines, since the library has none.
//
// It mirrors Open CTI's own names and must not know Flex, cases or call logs,
// nor does anything outside it know how Open CTI is reached.
//
// Each method is a small file of its own: it builds the arguments, calls
// Client.call and reads the returnValue.
//
// See the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_methods_intro_lightning.htm
package opencti
