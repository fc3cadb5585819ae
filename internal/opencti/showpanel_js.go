package opencti

import "flexcaselog/internal/span"

// ShowPanel opens the softphone in the utility bar, where Flex is. It blocks until
// the answer or the deadline, and errors as RunApex does.
//
// See setSoftphonePanelVisibility() for Lightning Experience in the Open CTI
// Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_setsoftphonepanelvisibility_lex.htm
func (c *Client) ShowPanel(ctx span.Context) error {
	_, err := c.call(ctx, "setSoftphonePanelVisibility", map[string]any{"visible": true})
	return err
}
