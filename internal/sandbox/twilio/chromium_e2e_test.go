//go:build e2e

package twilio_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/flexhost"
	"flexcaselog/internal/sandbox/twilio"
)

// flexHost shares its one installation of Flex UI with all other end-to-end tests.
func flexHost(t *testing.T) string {
	t.Helper()
	dir, err := flexhost.Prepare(t.Context(), "../../../.cache/flexhost", func(sentence string) { t.Log(sentence) })
	require.NoError(t, err)
	return dir
}

// serveTLS serves on loopback and returns the address and the hash by which Chromium is to trust it.
func serveTLS(t *testing.T, handler http.Handler) (address, spki string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}}
	// Chromium first tries each connection without TLS, and the server would tell of every try.
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	sum := sha256.Sum256(public)
	return server.Listener.Addr().String(), base64.StdEncoding.EncodeToString(sum[:])
}

// chromium starts a browser whose every host is at the address. It has a fresh profile, and none of chromedp's default flags: some
// of them change how storage and frames behave.
func chromium(t *testing.T, address, spki string) context.Context {
	t.Helper()
	allocator, cancel := chromedp.NewExecAllocator(t.Context(),
		chromedp.Flag("headless", "new"),
		chromedp.Flag("user-data-dir", t.TempDir()),
		chromedp.Flag("host-resolver-rules", "MAP * "+address+" , EXCLUDE 127.0.0.1"),
		chromedp.Flag("ignore-certificate-errors-spki-list", spki),
		chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("no-first-run", true),
		chromedp.Flag("no-default-browser-check", true),
		chromedp.WindowSize(1280, 800),
	)
	t.Cleanup(cancel)
	ctx, cancelTab := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		// Waits for the browser to end, so that its profile can be removed.
		_ = chromedp.Cancel(ctx)
		cancelTab()
	})
	require.NoError(t, chromedp.Do(ctx)) // Starts it.
	const origin = "https://flex.twilio.com"
	// Without the first a bar that asks for it lies over the Accept button.
	for _, permission := range []string{"notifications", "microphone"} {
		_, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: permission}, Setting: browser.PermissionSettingGranted, Origin: origin,
		})
		require.NoError(t, err)
	}
	return ctx
}

// patience bounds everything that is waited for. It says nothing about speed: each desk has a browser of its own, which compiles all of
// Flex, and the machine may be busy with something else.
const patience = 2 * time.Minute

// desk is a Flex desktop that is up, and the Twilio behind it.
type desk struct {
	*testing.T
	*twilio.Twilio
	tab context.Context
}

func openDesk(t *testing.T, plugins ...twilio.Plugin) desk {
	t.Helper()
	stand := twilio.New(twilio.Config{
		HostDir: flexHost(t), Plugins: plugins, Log: func(line string) { t.Log(time.Now().Format("05.000"), line) },
	})
	t.Cleanup(stand.Close)
	address, spki := serveTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.Host, ".twilio.com") && !strings.HasSuffix(r.Host, ".twiliocdn.com") {
			http.NotFound(w, r) // Chromium asks its maker about this and that.
			return
		}
		stand.ServeHTTP(w, r)
	}))
	d := desk{T: t, Twilio: stand, tab: chromium(t, address, spki)}
	d.run(chromedp.Navigate(twilio.DesktopURL))
	d.isUp(1)
	return d
}

// openTab is the same agent's second tab, in the same browser.
func (d desk) openTab() desk {
	d.Helper()
	tab, cancel := chromedp.NewContext(d.tab)
	d.Cleanup(cancel)
	require.NoError(d, chromedp.Do(tab)) // Opens it, for as long as tab lasts, not just the first action's context.
	second := desk{T: d.T, Twilio: d.Twilio, tab: tab}
	second.run(chromedp.Navigate(twilio.DesktopURL))
	second.isUp(2)
	return second
}

// isUp waits until Flex can do all that is asked of it here.
func (d desk) isUp(tabs int) {
	d.Helper()
	d.listens(tabs)
	if d.HasVoice() {
		d.waitFor(twilio.HasMicrophone)
	}
}

// listens waits until Flex has started and that many of its tabs listen for tasks.
func (d desk) listens(tabs int) {
	d.Helper()
	d.run(chromedp.WaitVisible(twilio.Desktop))
	d.comes("tabs that listen", func() bool { return d.Tabs() == tabs })
}

// comes waits until something is so.
func (d desk) comes(what string, so func() bool) {
	d.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			d.screenshot("failed")
			require.Fail(d, "it does not come", what)
		}
	}
}

func (d desk) run(actions ...chromedp.Action[chromedp.Void]) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		d.screenshot("failed")
		require.NoError(d, err)
	}
}

// click waits for Flex's button to be there and enabled.
func (d desk) click(selector string) {
	d.Helper()
	d.run(chromedp.WaitVisible(selector), chromedp.WaitEnabled(selector), chromedp.Click(selector))
}

// press is click for a button that may be covered: the bar "Connection lost" lies over the head of the canvas while it shows.
func (d desk) press(selector string) {
	d.Helper()
	d.run(chromedp.WaitVisible(selector), chromedp.WaitEnabled(selector))
	d.text("document.querySelector(" + strconv.Quote(selector) + ").click(), ''")
}

// clickOf selects the one task and clicks a button of it, and begins anew as long as there is none: a Flex that has just started may
// drop the selection again.
func (d desk) clickOf(selector string) {
	d.Helper()
	script := `((task, button) => button && !button.disabled ? (button.click(), "clicked") : (task?.click(), "selected"))(
		document.querySelector(` + strconv.Quote(twilio.TaskItem) + `), document.querySelector(` + strconv.Quote(selector) + `))`
	for deadline := time.Now().Add(patience); d.text(script) != "clicked"; time.Sleep(time.Second) {
		require.True(d, time.Now().Before(deadline), selector)
	}
}

// text is what JavaScript comes to, or its promise.
func (d desk) text(expression string) string {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.tab, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	require.NoError(d, err)
	return text
}

func (d desk) becomes(sid string, status twilio.Status) {
	d.Helper()
	d.comes("the reservation as "+string(status), func() bool {
		reservation, ok := d.Reservation(sid)
		return ok && reservation.Status == status
	})
}

// screenshot is kept by go test -artifacts.
func (d desk) screenshot(name string) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.tab, 10*time.Second) // Chromium does not draw a tab that lies behind another.
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	require.NoError(d, err)
	require.NoError(d, os.WriteFile(filepath.Join(d.ArtifactDir(), name+".png"), png, 0o644))
}
