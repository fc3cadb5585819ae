//go:build e2e

package lightning_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"flexcaselog/internal/sandbox/browser"
	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

const softphoneHost = "flex.example"

// softphone is a page that loads the client library as an adapter does, from the page above it, and keeps what it hears.
const softphone = `<!doctype html><title>Softphone</title>
<body style="margin:0;font:16px system-ui;display:grid;place-items:center;height:100vh;background:#f4f4f6;color:#444">
<p>The softphone is here.</p>
<script>
	window.dialled = []; window.navigated = [];
	window.ask = (method, args) => new Promise((resolve) => sforce.opencti[method]({ ...args, callback: resolve }));
	const script = document.createElement('script');
	script.src = location.ancestorOrigins[0] + '/support/api/62.0/lightning/opencti_min.js';
	script.onload = async () => {
		sforce.opencti.onClickToDial({ listener: (payload) => dialled.push(payload) });
		sforce.opencti.onNavigationChange({ listener: (payload) => navigated.push(payload) });
		window.ready = (await ask('enableClickToDial', { x: 1 })).success;
	};
	script.onerror = () => { window.ready = 'script failed'; };
	document.head.append(script);
</script>`

// desk is a console in Chromium with the softphone in its frame.
type desk struct {
	console *lightning.Console
	org     *memoryOrg
	browser *browser.Browser
	page    *browser.Page
	frame   *browser.Frame
}

func open(t *testing.T, address string, prepare func(*lightning.Console)) desk {
	t.Helper()
	org := seeded()
	console, err := lightning.New(lightning.Config{Origin: origin, AdapterURL: "https://" + softphoneHost + "/", Org: org})
	require.NoError(t, err)
	if prepare != nil {
		prepare(console)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host == softphoneHost {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, softphone)
			return
		}
		console.ServeHTTP(w, r)
	}))
	server.EnableHTTP2 = true                           // one connection for all calls, so that held ones do not use the browser's six up
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // Chromium's own errands come without TLS
	server.StartTLS()
	t.Cleanup(server.Close)
	b, err := browser.Start(t.Context(), browser.Options{Addr: server.Listener.Addr().String(), Certificate: server.Certificate()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	page, err := b.Open(within(t, time.Minute), address)
	require.NoError(t, err)
	return desk{console: console, org: org, browser: b, page: page, frame: page.Frame(softphoneHost)}
}

func TestE2EACallFromTheFrameToTheRecord(t *testing.T) {
	d := open(t, origin+"/", nil)
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))

	var id string
	require.NoError(t, d.frame.Eval(ctx, `ask('runApex', {apexClass: 'TwilioCaseController', methodName: 'createRecords',
		methodParams: 'phone=14155550123&engagement=KD1&details='}).then((a) => a.returnValue.runApex.Id)`, &id))
	require.Equal(t, caseID, id)
	require.NoError(t, d.frame.Eval(ctx, `ask('screenPop', {type: sforce.opencti.SCREENPOP_TYPE.SOBJECT, params: {recordId: '`+id+`'}})`, nil))
	require.Len(t, d.console.Pops(), 1)

	require.NoError(t, d.page.Wait(ctx, "the Case in a tab", `document.querySelector('.tab.front')?.textContent.includes('Call from Ada Lovelace')`))
	require.NoError(t, d.page.Wait(ctx, "its address", `location.pathname === '/lightning/r/Case/`+id+`/view'`))
	require.NoError(t, d.page.Wait(ctx, "two rows", `document.querySelectorAll('tr[data-record]').length === 2`))
	require.NoError(t, d.frame.Wait(ctx, "the navigation", `navigated.some((v) => v.recordId === '`+id+`' && v.objectType === 'Case')`))

	require.NoError(t, d.frame.Eval(ctx, `ask('saveLog', {value: {entityApiName: 'TwilioCallLog__c', Name: 'Ada Lovelace - Completed',
		Case__c: '`+id+`', Status__c: 'Completed', StartTime__c: '2026-11-22T13:08:01.000Z'}})`, nil))
	require.NoError(t, d.page.Wait(ctx, "the new row without a reload", `document.querySelectorAll('tr[data-record]').length === 3`))

	require.NoError(t, d.page.Click(ctx, lightning.Number("+14155550123")))
	require.NoError(t, d.frame.Wait(ctx, "the click", "dialled.length === 1"))
	var clicked map[string]any
	require.NoError(t, d.frame.Eval(ctx, "dialled[0]", &clicked))
	require.Equal(t, map[string]any{
		"number": "+14155550123", "recordId": contactID, "recordName": "Ada Lovelace", "objectType": "Contact", "contactId": contactID,
		"personAccount": false,
	}, clicked)
	require.NoError(t, d.frame.Eval(ctx, "ask('disableClickToDial', {x: 1})", nil))
	require.NoError(t, d.page.Wait(ctx, "a number that is only text", "!document.querySelector('"+lightning.AnyNumber+"') && document.querySelector('.phone')"))

	var view map[string]any
	require.NoError(t, d.frame.Eval(ctx, `ask('getAppViewInfo', {x: 1}).then((a) => a.returnValue)`, &view))
	require.Equal(t, map[string]any{
		"url": origin + "/lightning/r/Case/" + id + "/view", "recordId": id, "recordName": "Call from Ada Lovelace", "objectType": "Case",
	}, view)

	keep(t, d, "record")
	require.NoError(t, d.page.Click(ctx, ".tab .tab-name"))
	require.NoError(t, d.page.Wait(ctx, "the lists", "document.querySelectorAll('.home table').length === 2"))
	keep(t, d, "home")
}

// keep writes a screenshot into the folder that LIGHTNING_SCREENSHOTS names, for a person to look at.
func keep(t *testing.T, d desk, name string) {
	t.Helper()
	picture, err := d.page.Screenshot(within(t, time.Minute))
	require.NoError(t, err)
	if folder := os.Getenv("LIGHTNING_SCREENSHOTS"); folder != "" {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644))
	}
}

func TestE2EHidingThePanelKeepsTheFrame(t *testing.T) {
	d := open(t, origin+"/lightning/r/Case/"+caseID+"/view", nil)
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))
	require.NoError(t, d.frame.Eval(ctx, "window.born = 7", nil))

	require.NoError(t, d.page.Click(ctx, "#panel-minimize"))
	require.NoError(t, d.page.Wait(ctx, "no panel", "getComputedStyle(document.getElementById('panel')).visibility === 'hidden'"))
	require.NoError(t, d.frame.Eval(ctx, "ask('setSoftphonePanelVisibility', {visible: true})", nil))
	require.NoError(t, d.page.Wait(ctx, "the panel", "getComputedStyle(document.getElementById('panel')).visibility === 'visible'"))
	var born int
	require.NoError(t, d.frame.Eval(ctx, "window.born", &born))
	require.Equal(t, 7, born)
}

func TestE2EALoginPageInPlaceOfTheLibraryIsAnError(t *testing.T) {
	for name, fault := range map[string]lightning.ScriptFault{"a login page": lightning.ScriptLogin, "nothing": lightning.ScriptMissing} {
		t.Run(name, func(t *testing.T) {
			d := open(t, origin+"/", func(c *lightning.Console) { c.FailScript(fault) })
			require.NoError(t, d.frame.Wait(within(t, time.Minute), "the error event", "window.ready === 'script failed'"))
		})
	}
}

func TestE2EAPageAtAWrongHostIsRefusedByTheLibrary(t *testing.T) {
	d := open(t, origin+".evil.com/", nil)
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the API in spite of the failed start", "typeof window.sforce?.opencti === 'object'"))
	var host string
	require.NoError(t, d.frame.Eval(ctx, "new URLSearchParams(location.search).get('sfdcIframeOrigin')", &host))
	require.Equal(t, origin+".evil.com", host)
	require.NoError(t, d.frame.Eval(ctx, "void sforce.opencti.getAppViewInfo({callback() {}})", nil))
	require.Empty(t, d.console.Wire(), "every call is lost, silently")
}

func TestE2EALostQueryCanBeMadeGood(t *testing.T) {
	d := open(t, origin+"/", func(c *lightning.Console) { c.LoseQuery(true) })
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the API in spite of the failed start", "typeof window.sforce?.opencti === 'object'"))
	require.Empty(t, d.console.Wire())
	require.NoError(t, d.frame.Eval(ctx, `history.replaceState(null, '', '?mode=Lightning&sfdcIframeOrigin=' + encodeURIComponent(location.ancestorOrigins[0])),
		sforce.opencti.initialize(), ask('getAppViewInfo', {x: 1}).then((a) => a.success)`, nil))
	require.Len(t, d.console.Wire(), 1)
}

func TestE2EAPopThatIsNoRecordShowsWhatItWasAskedFor(t *testing.T) {
	d := open(t, origin+"/", nil)
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))
	require.NoError(t, d.frame.Eval(ctx, `ask('screenPop', {type: 'newRecord', params: {entityName: 'Contact'}})`, nil))
	require.NoError(t, d.page.Wait(ctx, "a tab for it", `document.querySelector('[data-pop=newRecord]')?.textContent.includes('Contact')`))
	require.NoError(t, d.frame.Eval(ctx, `ask('screenPop', {type: 'sobject', params: {recordId: '500000000000099AAA'}})`, nil))
	require.NoError(t, d.page.Wait(ctx, "a tab that says so", `document.querySelector('.tab.front')?.textContent.includes('cannot be shown')`))
}
