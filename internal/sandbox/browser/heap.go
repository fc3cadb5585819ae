package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Heap has a document's garbage collected and returns how many bytes of
// JavaScript are left. What else lives in its process is counted, too: that is
// documents of the same site.
func (v view) Heap(ctx context.Context) (int, error) {
	own, err := v.session(ctx)
	if err != nil {
		return 0, fmt.Errorf("browser: %s: %w", v.name, because(ctx, err))
	}
	run, cancel := bind(ctx, own)
	defer cancel()
	if _, err := chromedp.Call(run, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		return 0, fmt.Errorf("browser: %s: collecting garbage: %w", v.name, because(ctx, err))
	}
	usage, err := chromedp.Call(run, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		return 0, fmt.Errorf("browser: %s: the size of the heap: %w", v.name, because(ctx, err))
	}
	return int(usage.UsedSize), nil
}
