package opencti

import (
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// RefreshView has the Salesforce page show its active view as it is now, where that
// [Client.Shows] this record. Another view is left alone, which is no error. It blocks
// until the answer or the deadline, and errors as RunApex does.
//
// See refreshView() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_refreshview_lex.htm
func (c *Client) RefreshView(ctx span.Context, recordID string) error {
	const method = "refreshView"
	// One order: what is shown may be another record by the time of a second one.
	got, err := c.send(ctx, method, "callOn", recordID, lookTime.Milliseconds(), method, map[string]any{})
	if err != nil {
		return err
	}
	if elsewhere, _ := jscall.Bool(got, "elsewhere"); elsewhere {
		return nil
	}
	_, err = returnValue(method, got)
	return err
}
