package opencti

import (
	"flexcaselog/internal/span"
	"testing"
)

func TestShowPanel(t *testing.T) {
	sends(t, "setSoftphonePanelVisibility", `{"visible":true}`, func(ctx span.Context, c *Client) error { return c.ShowPanel(ctx) })
}
