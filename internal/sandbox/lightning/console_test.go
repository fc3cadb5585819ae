package lightning_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

const (
	origin  = "https://acme.lightning.force.com"
	adapter = "https://flex.example/agent-desktop"
)

func newConsole(t *testing.T, org lightning.Org) *lightning.Console {
	t.Helper()
	c, err := lightning.New(lightning.Config{Origin: origin, AdapterURL: adapter, Org: org})
	require.NoError(t, err)
	return c
}

// get asks the console for an address without the network in between.
func get(t *testing.T, c *lightning.Console, address string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	c.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	return string(b)
}

// verdict is the answer of /sandbox/cti as parent.js reads it.
type verdict struct {
	Silent, Lost, Here bool
	Response           *lightning.Answer
	Pop                map[string]any
}

// call sends what parent.js sends and waits for what becomes of it.
func call(t *testing.T, c *lightning.Console, method string, args map[string]any) verdict {
	t.Helper()
	message, err := json.Marshal(map[string]any{
		"methodName": method, "callId": 3, "apiVersion": 62, "apiType": "opencti", "isCallbackRegistered": true, "args": args,
	})
	require.NoError(t, err)
	w := httptest.NewRecorder()
	c.ServeHTTP(w, httptest.NewRequest(http.MethodPost, origin+"/sandbox/cti", bytes.NewReader(message)))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var v verdict
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &v))
	return v
}

func createRecords(t *testing.T, c *lightning.Console) verdict {
	t.Helper()
	return call(t, c, "runApex", map[string]any{
		"apexClass": "TwilioCaseController", "methodName": "createRecords", "methodParams": "phone=1&engagement=KD1&details=",
	})
}

// TestWire runs the page's scripts and the client library under Node, between two windows that behave like a browser's.
func TestWire(t *testing.T) {
	t.Parallel()
	tests, err := filepath.Glob("testdata/*.test.mjs")
	require.NoError(t, err)
	require.NotEmpty(t, tests)
	assets, err := filepath.Abs("assets")
	require.NoError(t, err)
	node := exec.CommandContext(t.Context(), "node", append([]string{"--test"}, tests...)...)
	node.Env = append(node.Environ(), "LIGHTNING_ASSETS="+assets)
	output, err := node.CombinedOutput()
	require.NoError(t, err, "%s", output)
}

var frameURL = regexp.MustCompile(`"frameURL":"([^"]*)"`)

func framed(t *testing.T, page string) *url.URL {
	t.Helper()
	found := frameURL.FindStringSubmatch(page)
	require.NotNil(t, found, page)
	var address string
	require.NoError(t, json.Unmarshal([]byte(`"`+found[1]+`"`), &address))
	u, err := url.Parse(address)
	require.NoError(t, err)
	return u
}

func TestThePageFramesTheAdapterAsLightningDoes(t *testing.T) {
	t.Parallel()
	c := newConsole(t, seeded())
	tests := map[string]struct{ address, wantOrigin string }{
		"the console":                    {origin + "/", origin},
		"the address of a record":        {origin + "/lightning/r/Case/500/view", origin},
		"a host that only looks right":   {origin + ".evil.com/", origin + ".evil.com"},
		"another host with another port": {"https://evil.example:8443/", "https://evil.example:8443"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response := get(t, c, tt.address)
			require.Equal(t, http.StatusOK, response.StatusCode)
			u := framed(t, body(t, response))
			require.Equal(t, adapter, u.Scheme+"://"+u.Host+u.Path)
			require.Regexp(t,
				`^mode=Lightning&ltn_app_id=06m\w{15}&isdtp=vw&sfdcIframeOrigin=`+regexp.QuoteMeta(url.QueryEscape(tt.wantOrigin))+`&clc=1&nonce=[0-9a-f]{64}$`,
				u.RawQuery)
		})
	}
}

func TestTheFrameOfAnAdapterWithItsOwnQuery(t *testing.T) {
	t.Parallel()
	c, err := lightning.New(lightning.Config{Origin: origin, AdapterURL: "https://flex.example/?a=1#top", Org: seeded()})
	require.NoError(t, err)
	u := framed(t, body(t, get(t, c, origin+"/")))
	require.True(t, strings.HasPrefix(u.RawQuery, "a=1&mode=Lightning&"), u.RawQuery)
	require.Equal(t, "top", u.Fragment)

	c.LoseQuery(true)
	require.Equal(t, "https://flex.example/?a=1#top", framed(t, body(t, get(t, c, origin+"/"))).String())
}

func TestNewRefusesWhatItCannotServe(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config lightning.Config
		want   string
	}{
		"an origin without a scheme": {
			lightning.Config{Origin: "acme.lightning.force.com", AdapterURL: adapter, Org: seeded()},
			`lightning: not an address with scheme and host: "acme.lightning.force.com"`,
		},
		"no adapter": {lightning.Config{Origin: origin, Org: seeded()}, `lightning: not an address with scheme and host: ""`},
		"no org":     {lightning.Config{Origin: origin, AdapterURL: adapter}, "lightning: no org"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := lightning.New(tt.config)
			require.EqualError(t, err, tt.want)
		})
	}
}

func TestEmbedFramesAnyAddress(t *testing.T) {
	t.Parallel()
	page := body(t, get(t, newConsole(t, seeded()), origin+"/embed?src="+url.QueryEscape("https://other.example/?x=1&y=2")))
	require.Contains(t, page, `src="https://other.example/?x=1&amp;y=2"`)
	require.NotContains(t, page, "console.js")
}

func TestTheLibraryIsServedUnderAnyVersion(t *testing.T) {
	t.Parallel()
	c := newConsole(t, seeded())
	for version, number := range map[string]string{"43.0": "43", "62.0": "62", "99.0": "99"} {
		response := get(t, c, origin+"/support/api/"+version+"/lightning/opencti_min.js")
		require.Equal(t, http.StatusOK, response.StatusCode)
		require.Equal(t, "text/javascript; charset=utf-8", response.Header.Get("Content-Type"))
		script := body(t, response)
		require.Contains(t, script, "var API_VERSION = "+number+";")
		require.NotContains(t, script, "__API_VERSION__")
	}
	for _, version := range []string{"62", "0.0", "62.1", "62.0x", "alert(1).0"} {
		response := get(t, c, origin+"/support/api/"+url.PathEscape(version)+"/lightning/opencti_min.js")
		require.Equal(t, http.StatusNotFound, response.StatusCode, version)
	}
}

func TestTheLibraryCanBeMissingByHost(t *testing.T) {
	t.Parallel()
	const path = "/support/api/62.0/lightning/opencti_min.js"
	c := newConsole(t, seeded())
	c.FailScript(lightning.ScriptLogin)
	c.FailScript(lightning.ScriptMissing, "acme.my.salesforce.com")
	c.FailScript(lightning.ScriptServed, "login.salesforce.com")

	login := get(t, c, origin+path)
	require.Equal(t, http.StatusFound, login.StatusCode)
	require.Equal(t, "/login", login.Header.Get("Location"))
	require.Contains(t, get(t, c, origin+"/login").Header.Get("Content-Type"), "text/html")
	require.Equal(t, http.StatusNotFound, get(t, c, "https://acme.my.salesforce.com"+path).StatusCode)
	require.Equal(t, http.StatusOK, get(t, c, "https://login.salesforce.com"+path).StatusCode)
	require.Equal(t, []string{"acme.lightning.force.com", "acme.my.salesforce.com", "login.salesforce.com"}, c.ScriptRequests())

	c.FailScript(lightning.ScriptServed)
	require.Equal(t, http.StatusOK, get(t, c, origin+path).StatusCode)
}

func TestAssetsAreServed(t *testing.T) {
	t.Parallel()
	c := newConsole(t, seeded())
	page := body(t, get(t, c, origin+"/"))
	for _, asset := range regexp.MustCompile(`"/sandbox/assets/[^"]+"`).FindAllString(page, -1) {
		require.Equal(t, http.StatusOK, get(t, c, origin+strings.Trim(asset, `"`)).StatusCode, asset)
	}
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}
