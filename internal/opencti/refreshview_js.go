package opencti

import "flexcaselog/internal/span"

// RefreshView has the Salesforce page show its active view as it is now. It
// blocks until the answer or the deadline, and errors as RunApex does.
//
// See refreshView() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_refreshview_lex.htm
func (c *Client) RefreshView(ctx span.Context) error {
	_, err := c.call(ctx, "refreshView", map[string]any{})
	return err
}
