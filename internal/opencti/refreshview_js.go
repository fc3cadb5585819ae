package opencti

import (
	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// RefreshView has the Salesforce page show its active view as it is now, where the page
// says that this is the view of the record; where it is another's, or nobody can tell,
// that is left alone, which is no error. It blocks until the answer or the deadline,
// and errors as RunApex does.
//
// See refreshView() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_refreshview_lex.htm
func (c *Client) RefreshView(ctx span.Context, recordID string) error {
	const (
		method = "refreshView"
		common = 15 // characters at the beginning of the two ids that a record has
	)
	if !isRecordID(recordID) {
		return &ArgumentError{method, "recordID", "is no record ID"}
	}
	got, err := c.send(ctx, method, "callOn", recordID[:min(len(recordID), common)], method, map[string]any{})
	if err != nil {
		return err
	}
	if elsewhere, _ := jscall.Bool(got, "elsewhere"); elsewhere {
		return nil
	}
	answer, err := jscall.Get(got, "answer")
	if err != nil {
		return err
	}
	_, err = returnValue(method, answer)
	return err
}
