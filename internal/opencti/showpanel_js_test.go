package opencti

import (
	"context"
	"testing"
)

func TestShowPanel(t *testing.T) {
	sends(t, "setSoftphonePanelVisibility", `{"visible":true}`, func(ctx context.Context, c *Client) error { return c.ShowPanel(ctx) })
}
