//go:build e2e

package browser_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"flexcaselog/internal/sandbox/browser"

	"github.com/stretchr/testify/require"
)

const (
	outer = "https://acme.lightning.force.com/"
	inner = "flex.twilio.com"
)

// site is two origins on one port: a page that frames another, as the sandbox has.
func site() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.Host == inner {
			fmt.Fprint(w, `<!doctype html><body style="margin:0;background:#00f">
				<div style="height:30px"></div><button id="b" style="width:90px;height:40px">press</button>
				<button id="late" disabled>late</button>
				<script>
					console.log('frame: hello', 7);
					window.born = Math.random(); window.clicks = 0; window.trusted = false;
					b.onclick = (e) => { clicks++; trusted = e.isTrusted; late.disabled = false; };
				</script>`)
			return
		}
		fmt.Fprint(w, `<!doctype html><body style="margin:0;background:#0f0">
			<iframe id="f" src="https://flex.twilio.com/" style="position:absolute;left:200px;top:150px;width:400px;height:300px;border:5px solid #000"></iframe>
			<script>console.warn('page: hello')</script>`)
	})
}

// start gives a browser of its own to each test, with temporary files in a
// folder of the test, so that what is left over shows.
func start(t *testing.T) *browser.Browser {
	t.Helper()
	srv := httptest.NewTLSServer(site())
	t.Cleanup(srv.Close)
	b, err := browser.Start(t.Context(), browser.Options{Addr: srv.Listener.Addr().String(), Certificate: srv.Certificate()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestE2EAFrameOfAnotherSiteIsClickedLikeByAPersonAndSurvivesReload(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	p, err := b.Open(ctx, outer)
	require.NoError(t, err)
	f := p.Frame(inner)

	require.NoError(t, f.Wait(ctx, "the button", "document.querySelector('#b')"))
	require.True(t, f.Has(ctx, "#b"))
	require.False(t, f.Has(ctx, "#nothing"))
	require.NoError(t, f.Click(ctx, "#b"))
	require.NoError(t, f.Wait(ctx, "a trusted click", "clicks === 1 && trusted"))
	require.NoError(t, f.ClickNth(ctx, "button", 1), "what was disabled has been enabled")
	text, err := f.Text(ctx, "#b")
	require.NoError(t, err)
	require.Equal(t, "press", text)

	var born, again float64
	require.NoError(t, f.Eval(ctx, "born", &born))
	require.NoError(t, p.Eval(ctx, "void (f.src = f.src)", nil))
	require.NoError(t, f.Wait(ctx, "the new document", fmt.Sprintf("born !== %v && document.readyState === 'complete'", born)))
	require.NoError(t, f.Eval(ctx, "born", &again))
	require.NotEqual(t, born, again)
	require.NoError(t, p.Eval(ctx, "void f.replaceWith(Object.assign(f.cloneNode(), { id: 'f' }))", nil))
	require.NoError(t, f.Wait(ctx, "the document of the frame put in anew", fmt.Sprintf("born !== %v && window.clicks === 0", again)))
	require.NoError(t, f.Click(ctx, "#b"))
	require.NoError(t, f.Wait(ctx, "the click in it", "clicks === 1"))
}

func TestE2EACoveredButtonIsNotClicked(t *testing.T) {
	b := start(t)
	p, err := b.Open(within(t, time.Minute), outer)
	require.NoError(t, err)
	f := p.Frame(inner)
	require.NoError(t, f.Wait(within(t, time.Minute), "the button", "window.b"))
	require.NoError(t, p.Eval(t.Context(), `void document.body.insertAdjacentHTML('beforeend', '<p style="position:absolute;inset:0;margin:0">over')`, nil))

	short, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	err = f.Click(short, "#b")
	require.ErrorContains(t, err, "P of the page lies over it")
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestE2EConsoleHoldsPageAndFrame(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	p, err := b.Open(ctx, outer)
	require.NoError(t, err)
	f := p.Frame(inner)
	require.NoError(t, f.Wait(ctx, "its script", "window.born"))
	require.NoError(t, f.Eval(ctx, "void setTimeout(() => { throw new Error('oh dear') })", nil))

	require.Eventually(t, func() bool {
		all := fmt.Sprint(p.Console())
		return strings.Contains(all, "[page] warning: page: hello") &&
			strings.Contains(all, "[flex.twilio.com] log: frame: hello 7") &&
			strings.Contains(all, "[flex.twilio.com] exception: Uncaught Error: oh dear")
	}, 10*time.Second, 20*time.Millisecond, "%v", p.Console())
}

func TestE2EScreenshotShowsTheFrame(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	p, err := b.Open(ctx, outer)
	require.NoError(t, err)
	require.NoError(t, p.Frame(inner).Wait(ctx, "its script", "window.born"))

	require.Eventually(t, func() bool {
		shot, err := p.Screenshot(ctx)
		require.NoError(t, err)
		img, err := png.Decode(bytes.NewReader(shot))
		require.NoError(t, err)
		require.Equal(t, image.Pt(1440, 900), img.Bounds().Size())
		_, green, _, _ := img.At(20, 20).RGBA()
		_, _, blue, _ := img.At(400, 400).RGBA()
		return green == 0xffff && blue == 0xffff
	}, 10*time.Second, 50*time.Millisecond)
}

func TestE2EWipeEmptiesEveryPartition(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	store := `(async () => {
		localStorage.x = sessionStorage.x = '1';
		document.cookie = 'x=1; secure; samesite=none; partitioned';
		await new Promise((ok, no) => { const r = indexedDB.open('x'); r.onsuccess = () => { r.result.close(); ok(); }; r.onerror = no; });
	})()`
	kept := `(async () => [localStorage.x ?? '', sessionStorage.x ?? '', document.cookie, (await indexedDB.databases()).length])()`

	for _, wipe := range []bool{false, true} {
		p, err := b.Open(ctx, outer)
		require.NoError(t, err)
		f := p.Frame(inner)
		require.NoError(t, f.Wait(ctx, "its script", "window.born"))
		require.NoError(t, f.Eval(ctx, store, nil))
		p.Close()
		if wipe {
			require.NoError(t, b.Wipe(ctx))
		}

		p, err = b.Open(ctx, outer)
		require.NoError(t, err)
		f = p.Frame(inner)
		require.NoError(t, f.Wait(ctx, "its script", "window.born"))
		var got []any
		require.NoError(t, f.Eval(ctx, kept, &got))
		if wipe {
			require.Equal(t, []any{"", "", "", 0.0}, got)
		} else {
			require.Equal(t, []any{"1", "", "x=1", 1.0}, got)
		}
		p.Close()
	}
}

func TestE2EMicrophoneAndNotificationsAreGrantedToTheFrame(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	p, err := b.Open(ctx, outer)
	require.NoError(t, err)
	var state []string
	ask := "Promise.all(['microphone', 'notifications'].map(async (name) => (await navigator.permissions.query({ name })).state))"
	require.NoError(t, p.Eval(ctx, ask, &state))
	require.Equal(t, []string{"granted", "granted"}, state)
}

func TestE2ENothingIsLeftBehind(t *testing.T) {
	for name, end := range map[string]func(*browser.Browser, func()){
		"closed":        func(b *browser.Browser, _ func()) { _ = b.Close() },
		"context ended": func(b *browser.Browser, cancel func()) { cancel(); <-b.Done(); _ = b.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			tmp := t.TempDir()
			t.Setenv("TMPDIR", tmp)
			srv := httptest.NewTLSServer(site())
			defer srv.Close()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			b, err := browser.Start(ctx, browser.Options{Addr: srv.Listener.Addr().String(), Certificate: srv.Certificate()})
			require.NoError(t, err)
			profiles, err := filepath.Glob(filepath.Join(tmp, "chromedp-runner*"))
			require.NoError(t, err)
			require.Len(t, profiles, 1)
			if runtime.GOOS == "linux" { // elsewhere there is no /proc, and the profile is proof enough
				require.NotEmpty(t, users(t, profiles[0]))
			}

			end(b, cancel)
			require.NoDirExists(t, profiles[0])
			require.Empty(t, users(t, profiles[0]))
		})
	}
}

// users lists processes that name a folder on their command line.
func users(t *testing.T, dir string) []string {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	var found []string
	for _, f := range lines {
		if text, err := os.ReadFile(f); err == nil && bytes.Contains(text, []byte(dir)) {
			found = append(found, f)
		}
	}
	return found
}
