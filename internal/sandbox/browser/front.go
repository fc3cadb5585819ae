package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Front brings the tab before the others of its window, whose pages and frames become hidden by that: see Visible.
func (p *Page) Front(ctx context.Context) error {
	run, cancel := bind(ctx, p.ctx)
	defer cancel()
	if _, err := chromedp.Call(run, page.BringToFront, cdp.Empty{}); err != nil {
		return fmt.Errorf("browser: bringing to the front: %w", because(ctx, err))
	}
	return p.Wait(ctx, "the tab in front", "document.visibilityState === 'visible'")
}

// Visible says whether a document is shown, as it is told itself: document.visibilityState.
func (v view) Visible(ctx context.Context) (bool, error) {
	var visible bool
	err := v.Eval(ctx, "document.visibilityState === 'visible'", &visible)
	return visible, err
}
