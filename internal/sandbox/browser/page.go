package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Page is one tab. Its methods may be used by one goroutine at a time, but for
// Console, which any may call.
type Page struct {
	view
	browser *Browser
	ctx     context.Context
	cancel  func()
	console *console

	mu     sync.Mutex
	frames map[target.ID]context.Context // frames of other sites we are attached to
}

// Open opens a tab in a window of its own, where it stays visible, and goes to
// address. In a window the first call takes the tab the window came with.
func (b *Browser) Open(ctx context.Context, address string) (*Page, error) {
	return b.open(ctx, address)
}

// OpenTab opens a tab in the window of the page that is in front, which hides
// that page, and goes to address. See Page.Front.
func (b *Browser) OpenTab(ctx context.Context, address string) (*Page, error) {
	return b.open(ctx, address, chromedp.WithNewWindow(false))
}

func (b *Browser) open(ctx context.Context, address string, options ...chromedp.ContextOption) (*Page, error) {
	p := &Page{browser: b, console: &console{}, frames: map[target.ID]context.Context{}}
	b.mu.Lock()
	first := b.options.Window && !b.opened
	b.opened = true
	b.mu.Unlock()
	if first {
		p.ctx, p.cancel = b.ctx, func() {}
		if err := chromedp.Listen(p.ctx, p.console.listener("page")); err != nil {
			return nil, fmt.Errorf("browser: %w", err)
		}
	} else {
		options = append(options, chromedp.WithListener(p.console.listener("page")))
		p.ctx, p.cancel = chromedp.NewContext(b.ctx, options...)
		// The first run of a context decides how long its target lives: this
		// one must not be bounded by the caller's deadline.
		if err := chromedp.Do(p.ctx); err != nil {
			p.cancel()
			return nil, fmt.Errorf("browser: opening a tab: %w", err)
		}
	}
	p.view = view{page: p, name: "page", session: func(context.Context) (context.Context, error) { return p.ctx, nil }}
	if !b.options.Window {
		// A headless window keeps a part of its height for a bar nobody sees.
		size := chromedp.EmulateViewport(int64(b.options.Width), int64(b.options.Height))
		if err := p.do(ctx, "setting the size", size); err != nil {
			p.Close()
			return nil, err
		}
	}
	if err := p.Go(ctx, address); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Go goes to an address and waits for its load event.
func (p *Page) Go(ctx context.Context, address string) error {
	return p.do(ctx, "going to "+address, chromedp.Navigate(address))
}

// Reload loads the page again and waits for its load event.
func (p *Page) Reload(ctx context.Context) error {
	return p.do(ctx, "reloading", chromedp.Reload())
}

func (p *Page) do(ctx context.Context, what string, action chromedp.Action[chromedp.Void]) error {
	run, cancel := bind(ctx, p.ctx)
	defer cancel()
	if err := chromedp.Do(run, action); err != nil {
		return fmt.Errorf("browser: %s: %w", what, because(ctx, err))
	}
	return nil
}

// Screenshot is a PNG of what the tab shows, frames of other sites included. It
// errors for a tab that is hidden, which Chromium never draws.
func (p *Page) Screenshot(ctx context.Context) ([]byte, error) {
	visible, err := p.Visible(ctx)
	if err != nil {
		return nil, err
	}
	if !visible {
		return nil, errors.New("browser: screenshot: the tab is hidden")
	}
	run, cancel := bind(ctx, p.ctx)
	defer cancel()
	png, err := chromedp.Run(run, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, fmt.Errorf("browser: screenshot: %w", because(ctx, err))
	}
	return png, nil
}

// Console is everything the page and its frames have said so far. A frame is
// heard from the first use of it on, and then with what it said before.
func (p *Page) Console() []Line { return p.console.all() }

// Closed is closed when the tab is: by Close, or by a person.
func (p *Page) Closed() <-chan struct{} {
	gone, err := chromedp.Detached(p.ctx)
	if err != nil {
		return p.ctx.Done()
	}
	return gone
}

// Close closes the tab and notes what its frames may have stored, for Wipe.
func (p *Page) Close() {
	p.noteStorage(p.ctx)
	p.mu.Lock()
	for _, ctx := range p.frames {
		p.noteStorage(ctx)
	}
	p.mu.Unlock()
	p.cancel()
}

// noteStorage asks one target under which keys it stores. A target that is gone
// has no answer, and then its page was noted when it went elsewhere or is being
// thrown away with the profile.
func (p *Page) noteStorage(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return
	}
	var walk func(*page.FrameTree)
	walk = func(t *page.FrameTree) {
		res, err := chromedp.Call(ctx, storage.GetStorageKey, storage.GetStorageKeyParams{FrameID: t.Frame.ID})
		if err == nil {
			p.browser.mu.Lock()
			p.browser.visited[string(res.StorageKey)] = struct{}{}
			p.browser.mu.Unlock()
		}
		for _, child := range t.ChildFrames {
			walk(child)
		}
	}
	walk(tree.FrameTree)
}

// errNoFrame means the page has no frame of that host at the moment.
var errNoFrame = errors.New("no such frame in the page")

// Frame is the frame of another site in the page, whichever document it holds:
// it stays good when the frame is loaded again or put in anew.
func (p *Page) Frame(host string) *Frame {
	f := &Frame{host: host}
	f.view = view{page: p, name: host, session: func(ctx context.Context) (context.Context, error) {
		return p.attach(ctx, host)
	}}
	return f
}

// Frame is a frame of another site. See Page.Frame.
type Frame struct {
	view
	host string
}

// attach returns the session of the frame of that host, making it at first use.
// Frames of other sites are targets of their own: Chromium isolates sites.
func (p *Page) attach(ctx context.Context, host string) (context.Context, error) {
	run, cancel := bind(ctx, p.ctx)
	defer cancel()
	infos, err := chromedp.Targets(run)
	if err != nil {
		return nil, err
	}
	own := chromedp.FromContext(p.ctx).Target.TargetID
	for _, info := range infos {
		if info.Type != "iframe" || string(info.ParentFrameID) != string(own) {
			continue
		}
		if u, err := url.Parse(info.URL); err != nil || u.Host != host {
			continue
		}
		return p.session(info.TargetID, host)
	}
	return nil, errNoFrame
}

func (p *Page) session(id target.ID, host string) (context.Context, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ctx, ok := p.frames[id]; ok {
		gone, err := chromedp.Detached(ctx)
		if err == nil {
			select {
			case <-gone:
			default:
				return ctx, nil
			}
		}
	}
	ctx, cancel := chromedp.NewContext(p.ctx, chromedp.WithTargetID(id),
		chromedp.WithDetachOnCancel(), chromedp.WithListener(p.console.listener(host)))
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, err
	}
	p.frames[id] = ctx
	return ctx, nil
}
