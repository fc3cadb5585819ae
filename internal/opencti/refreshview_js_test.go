package opencti

import (
	"flexcaselog/internal/span"
	"testing"
)

func TestRefreshView(t *testing.T) {
	sends(t, "refreshView", `{}`, func(ctx span.Context, c *Client) error { return c.RefreshView(ctx) })
}
