package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Heap has a document's garbage collected, and that of its workers, and returns how
// many bytes of JavaScript are left. What else lives in its process is counted, too:
// that is documents of the same site.
func (v view) Heap(ctx context.Context) (int, error) {
	own, err := v.session(ctx)
	if err != nil {
		return 0, fmt.Errorf("browser: %s: %w", v.name, because(ctx, err))
	}
	run, cancel := bind(ctx, own)
	defer cancel()
	sum, err := Heap(run)
	if err != nil {
		return 0, fmt.Errorf("browser: %s: %w", v.name, because(ctx, err))
	}
	return sum, nil
}

// Heap is the same for the document of any session of chromedp's.
func Heap(session context.Context) (int, error) {
	sum, err := heap(session)
	if err != nil {
		return 0, err
	}
	infos, err := chromedp.Targets(session)
	if err != nil {
		return 0, err
	}
	document := chromedp.FromContext(session).Target.TargetID
	for _, info := range infos {
		if info.Type != "worker" || string(info.ParentFrameID) != string(document) {
			continue
		}
		worker, detach := chromedp.NewContext(session, chromedp.WithTargetID(info.TargetID), chromedp.WithDetachOnCancel())
		n, err := heap(worker)
		detach()
		if err != nil {
			return 0, fmt.Errorf("its worker: %w", err)
		}
		sum += n
	}
	return sum, nil
}

// heap collects the garbage of one thread and returns how much is left.
func heap(ctx context.Context) (int, error) {
	if _, err := chromedp.Call(ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		return 0, fmt.Errorf("collecting garbage: %w", err)
	}
	usage, err := chromedp.Call(ctx, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		return 0, fmt.Errorf("the size of the heap: %w", err)
	}
	return int(usage.UsedSize), nil
}
