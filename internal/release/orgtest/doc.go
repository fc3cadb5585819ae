// Package orgtest stands in for the REST API of a Salesforce org, as far as it is
// asked whether the package is installed. It is strict: paths, methods, tokens,
// objects and fields that an org has not, and SOQL that it cannot read, are
// refused the way Salesforce refuses them. It knows nothing of who asks.
//
// See https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/
package orgtest
