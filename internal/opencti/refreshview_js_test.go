package opencti

import (
	"testing"

	"flexcaselog/internal/span"
)

func TestRefreshView(t *testing.T) {
	sends(t, "refreshView", `{}`, func(ctx span.Context, c *Client) error { return c.RefreshView(ctx) })
}
