package opencti

import (
	"testing"

	"flexcaselog/internal/span"
)

func TestShowPanel(t *testing.T) {
	sends(t, "setSoftphonePanelVisibility", `{"visible":true}`, func(ctx span.Context, c *Client) error { return c.ShowPanel(ctx) })
}
