package browser

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// closeLimit is how long Chromium gets to write its files and end by itself.
const closeLimit = 10 * time.Second

// Options says how Chromium is started.
type Options struct {
	Addr        string            // host:port on the loopback that every host name is sent to
	Certificate *x509.Certificate // the one certificate that is believed without an authority
	Window      bool              // a window on the screen instead of headless
	Width       int               // of the window; 0 means 1440
	Height      int               // of the window; 0 means 900
	Program     string            // Chromium; empty means Find
}

// Browser is one Chromium process with a profile of its own. Close it.
type Browser struct {
	ctx     context.Context // chromedp's, of the first tab and so of the process
	stop    func()
	options Options
	once    sync.Once
	mu      sync.Mutex
	opened  bool                // the first tab has been handed out
	visited map[string]struct{} // storage keys of everything that was closed
}

// Start starts Chromium. It errors when there is none or it does not come up.
// The process and its profile are gone after Close, after ctx ends, and, on
// Linux, after this program was killed.
func Start(ctx context.Context, o Options) (*Browser, error) {
	if o.Width == 0 || o.Height == 0 {
		o.Width, o.Height = 1440, 900
	}
	program := o.Program
	if program == "" {
		var err error
		if program, err = Find(); err != nil {
			return nil, err
		}
	}
	alloc, freeAlloc := chromedp.NewExecAllocator(ctx, o.flags(program)...)
	// Protocol surprises are no business of the person at the terminal.
	quiet := func(string, ...any) {}
	root, cancel := chromedp.NewContext(alloc, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	b := &Browser{ctx: root, options: o, visited: map[string]struct{}{}}
	b.stop = func() {
		cancel()
		freeAlloc()
	}
	if err := b.begin(); err != nil {
		b.stop()
		return nil, fmt.Errorf("browser: %s: %w", program, err)
	}
	return b, nil
}

func (b *Browser) begin() error {
	if err := chromedp.Do(b.ctx); err != nil {
		return err
	}
	// Flex asks for both; an unanswered question lies over its buttons.
	for _, name := range []string{"notifications", "microphone"} {
		_, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name},
			Setting:    browser.PermissionSettingGranted,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// flags is the whole command line besides the profile and the pipe, which
// chromedp adds. Flags that change how storage is partitioned (Playwright's
// defaults do) must not be among them: Flex dies of them in a cross-site frame.
func (o Options) flags(program string) []chromedp.ExecAllocatorOption {
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program),
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.WindowSize(o.Width, o.Height),
		// Every name there is leads to the sandbox and so none to the internet.
		chromedp.Flag("host-resolver-rules", "MAP * "+o.Addr+" , EXCLUDE 127.0.0.1"),
		// Not --ignore-certificate-errors: with that Chromium caches nothing, and
		// each start of Flex compiles 17 MB of script again.
		chromedp.Flag("ignore-certificate-errors-spki-list", SPKI(o.Certificate)),
		chromedp.Flag("site-per-process", true),
		chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-breakpad", true),
		chromedp.Flag("metrics-recording-only", true),
		chromedp.Flag("password-store", "basic"),
		chromedp.Flag("use-mock-keychain", true),
		// A page that another covers keeps its timers: tests open several.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		// /dev/shm is 64 MB in most containers, less than Flex needs.
		chromedp.Flag("disable-dev-shm-usage", true),
	}
	if o.Window {
		// Without it a bar over the page warns of the two flags about names and
		// certificates above, which here are the point.
		return append(opts, chromedp.Flag("test-type", true))
	}
	return append(opts, chromedp.Flag("headless", "new"), chromedp.Flag("hide-scrollbars", true))
}

// SPKI is what Chromium wants to know a certificate's key by.
func SPKI(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Done is closed when Chromium has ended, for instance because its last window
// was closed, and when the context given to Start has.
func (b *Browser) Done() <-chan struct{} { return b.ctx.Done() }

// Wipe deletes what the pages closed so far stored, in every partition, and all
// cookies, but not the code cache. Session storage went with its page.
func (b *Browser) Wipe(ctx context.Context) error {
	run, cancel := bind(ctx, b.ctx)
	defer cancel()
	b.mu.Lock()
	defer b.mu.Unlock()
	for key := range b.visited {
		_, err := chromedp.Call(run, storage.ClearDataForStorageKey, storage.ClearDataForStorageKeyParams{
			StorageKey:   key,
			StorageTypes: "local_storage,indexeddb,cache_storage,service_workers,file_systems,storage_buckets",
		})
		if err != nil {
			return fmt.Errorf("browser: wiping %s: %w", key, err)
		}
		delete(b.visited, key)
	}
	if _, err := chromedp.CallBrowser(run, storage.ClearCookies, storage.ClearCookiesParams{}); err != nil {
		return fmt.Errorf("browser: wiping cookies: %w", err)
	}
	return nil
}

// Close ends Chromium and removes its profile. It may be called more than once.
func (b *Browser) Close() error {
	var err error
	b.once.Do(func() {
		if b.ctx.Err() == nil {
			limited, cancel := context.WithTimeout(b.ctx, closeLimit)
			defer cancel()
			err = chromedp.Cancel(limited)
		}
		b.stop()
	})
	// A browser that went away while it was told to did what it was told.
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// bind returns a context for chromedp, which wants its own, that also ends when
// the caller's does.
func bind(caller, own context.Context) (context.Context, context.CancelFunc) {
	run, cancel := context.WithCancelCause(own)
	stop := context.AfterFunc(caller, func() { cancel(context.Cause(caller)) })
	return run, func() {
		stop()
		cancel(nil)
	}
}
