package bench

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"flexcaselog/internal/sandbox/browser"
)

// chrome is a Chromium with an empty profile. It is started for measuring, so
// unlike the sandbox's it has no flag that would change what takes how long.
type chrome struct {
	ctx  context.Context
	stop func()
}

func startChrome(ctx context.Context, addr string, certificate *x509.Certificate) (*chrome, error) {
	program, err := browser.Find()
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	alloc, freeAlloc := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(program), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("headless", "new"), chromedp.WindowSize(1200, 900),
		chromedp.Flag("host-resolver-rules", "MAP * "+addr+" , EXCLUDE 127.0.0.1"),
		chromedp.Flag("ignore-certificate-errors-spki-list", browser.SPKI(certificate)),
		chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-background-timer-throttling", true), chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("site-per-process", true), chromedp.Flag("password-store", "basic"),
	)
	quiet := func(string, ...any) {}
	root, cancel := chromedp.NewContext(alloc, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	c := &chrome{ctx: root, stop: func() { cancel(); freeAlloc() }}
	if err := chromedp.Do(root); err != nil {
		c.stop()
		return nil, fmt.Errorf("bench: %s: %w", program, err)
	}
	return c, nil
}

// rest is how long a browser or a page may have to come to rest, so that the next one is
// not measured beside it.
const rest = 500 * time.Millisecond

func (c *chrome) close() {
	c.stop()
	time.Sleep(rest)
}

// document is a page, or a frame of another site in one.
type document struct {
	ctx  context.Context
	stop func()
}

func (c *chrome) open(address string) (*document, error) {
	ctx, cancel := chromedp.NewContext(c.ctx)
	d := &document{ctx, cancel}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		cancel()
		return nil, fmt.Errorf("bench: %s: %w", address, err)
	}
	return d, nil
}

const patience = 2 * time.Minute

// frame waits for the frame of that host and returns it.
func (d *document) frame(host string) (*document, error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		infos, err := chromedp.Targets(d.ctx)
		if err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		own := chromedp.FromContext(d.ctx).Target.TargetID
		for _, info := range infos {
			if info.Type != "iframe" || string(info.ParentFrameID) != string(own) {
				continue
			}
			if u, err := url.Parse(info.URL); err != nil || u.Host != host {
				continue
			}
			ctx, cancel := chromedp.NewContext(d.ctx, chromedp.WithTargetID(info.TargetID), chromedp.WithDetachOnCancel())
			if err := chromedp.Do(ctx); err != nil {
				cancel()
				return nil, fmt.Errorf("bench: %w", err)
			}
			return &document{ctx, cancel}, nil
		}
	}
	return nil, fmt.Errorf("bench: no frame of %s", host)
}

// eval evaluates an expression, waits if it is a promise, and decodes its value.
func (d *document) eval(expression string, out any) error {
	wrapped := "(async () => JSON.stringify((await (" + expression + ")) ?? null))()"
	text, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](wrapped, chromedp.EvalAwaitPromise))
	if err != nil {
		return fmt.Errorf("bench: %.80s: %w", expression, err)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal([]byte(text), out)
}

var errSlow = errors.New("bench: it did not happen in time")

// until waits until an expression is true; a document that is being replaced is not.
func (d *document) until(expression string) error {
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var ok bool
		if last = d.eval("!!("+expression+")", &ok); last == nil && ok {
			return nil
		}
	}
	return fmt.Errorf("%w: %s (last: %w)", errSlow, expression, last)
}

// slow has the document's main thread take so many times as long for everything.
func (d *document) slow(times float64) error {
	_, err := chromedp.Call(d.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
	return err
}
