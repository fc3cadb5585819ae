package sandbox

import (
	"net"
	"net/http"
	"strings"
)

// The host names of the two desktops, and of a page that would like to be one.
const (
	ConsoleHost = "acme.lightning.force.com"
	EvilHost    = "acme.lightning.force.com.evil.com"
	FlexHost    = "flex.twilio.com"
)

// route hands a request to the part that plays its host. A host nobody plays
// gets 404, so that Chromium's own errands end quickly.
func route(console, desktop, twilio, bar http.Handler) http.Handler {
	withBar := addBar(console)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostName(r.Host)
		switch {
		case host == ConsoleHost && strings.HasPrefix(r.URL.Path, barPath):
			bar.ServeHTTP(w, r)
		case host == ConsoleHost:
			withBar.ServeHTTP(w, r)
		case host == EvilHost:
			console.ServeHTTP(w, r)
		case host == FlexHost:
			desktop.ServeHTTP(w, r)
		case strings.HasSuffix(host, ".twilio.com"):
			twilio.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

func hostName(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		hostport = host
	}
	return strings.ToLower(hostport)
}
