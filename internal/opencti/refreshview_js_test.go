package opencti

import (
	"context"
	"testing"
)

func TestRefreshView(t *testing.T) {
	sends(t, "refreshView", `{}`, func(ctx context.Context, c *Client) error { return c.RefreshView(ctx) })
}
