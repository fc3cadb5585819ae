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
	h := route(says("console"), says("twilio"))
	for host, want := range map[string]string{
		"acme.lightning.force.com":          "console",
		"acme.lightning.force.com:443":      "console",
		"ACME.lightning.force.com":          "console",
		"acme.lightning.force.com.evil.com": "console",
		"flex.twilio.com":                   "twilio",
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
