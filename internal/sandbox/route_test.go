package sandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRoute(t *testing.T) {
	t.Parallel()
	says := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, name) })
	}
	h := route(says("console"), says("desktop"), says("twilio"), says("bar"))
	for host, want := range map[string]string{
		"acme.lightning.force.com":          "console",
		"acme.lightning.force.com:443":      "console",
		"ACME.lightning.force.com":          "console",
		"acme.lightning.force.com.evil.com": "console",
		"flex.twilio.com":                   "desktop",
		"voice-js.roaming.twilio.com":       "twilio",
		"tsock.us1.twilio.com:443":          "twilio",
		"twilio.com.evil.com":               "404 page not found\n",
		"eviltwilio.com":                    "404 page not found\n",
		"update.googleapis.com":             "404 page not found\n",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, want, w.Body.String(), host)
	}
}

func TestTheBarIsPutIntoTheConsolePageOnly(t *testing.T) {
	t.Parallel()
	console := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/assets/console.js" {
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, "/* </head> */")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", "39")
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, "<html><head></head><body></body></html>")
	})
	h := route(console, http.NotFoundHandler(), http.NotFoundHandler(), http.NotFoundHandler())
	get := func(url string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
		return w
	}

	page := get("https://acme.lightning.force.com/lightning/page/home")
	require.Equal(t, http.StatusAccepted, page.Code)
	require.Empty(t, page.Header().Get("Content-Length"))
	require.Equal(t, `<html><head><script src="/customers/bar.js" defer></script></head><body></body></html>`, page.Body.String())
	require.Equal(t, "/* </head> */", get("https://acme.lightning.force.com/assets/console.js").Body.String())
	require.NotContains(t, get("https://acme.lightning.force.com.evil.com/").Body.String(), "bar.js")
}
