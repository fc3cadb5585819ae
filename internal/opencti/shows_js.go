package opencti

import (
	"time"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// lookTime is how long the page may take to say what it shows. It changes while the
// agent works, so a later answer is of no use.
const lookTime = time.Second

// Shows reports whether the Salesforce page says that it shows this record. What the page
// refuses to tell, or does not tell in a second, is not so. It blocks until the answer.
//
// See getAppViewInfo() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_getappviewinfo_lex.htm
func (c *Client) Shows(ctx span.Context, recordID string) bool {
	ctx, stop := span.WithTimeout(ctx, lookTime) // the page's own thread may be busy, too
	defer stop()
	got, err := c.send(ctx, methodAppView, "shows", recordID, lookTime.Milliseconds())
	if err != nil {
		return false
	}
	there, err := jscall.Bool(got)
	return err == nil && there
}
