package opencti

import "flexcaselog/internal/span"

// SearchAndScreenPop has Salesforce search for a text and show what it finds, as
// the softphone layout says for calls of this type: the one record that matches,
// a list of several, or a new record. Defaults, which may be nil, are the values
// of a new record's fields: strings, numbers, booleans or nil. It blocks until the
// answer or the deadline, and errors as RunApex does.
//
// See searchAndScreenPop() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_searchandscreenpop_lex.htm
func (c *Client) SearchAndScreenPop(ctx span.Context, search string, callType CallType, defaults map[string]any) error {
	const method = "searchAndScreenPop"
	if search == "" || callType == "" {
		return &ArgumentError{method, "the search or the call type", "is missing"}
	}
	if err := checkValues(method, defaults); err != nil {
		return err
	}
	args := map[string]any{"searchParams": search, "callType": string(callType), "deferred": false}
	if len(defaults) > 0 {
		sent, err := plainFields(method, defaults)
		if err != nil {
			return err
		}
		args["defaultFieldValues"] = sent
	}
	_, err := c.call(ctx, method, args)
	return err
}
