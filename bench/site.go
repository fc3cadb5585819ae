package bench

import (
	"bytes"
	"embed"
	"io"
	"log"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
)

//go:embed page
var pages embed.FS

const (
	outerHost = "acme.lightning.force.com"
	flexHost  = "flex.twilio.com"
)

// site serves the bare page: two hosts at one address.
type site struct {
	*httptest.Server
	scripts map[string][]byte
}

// newSite serves the plugins' scripts at /<name>.js.
func newSite(scripts map[string][]byte) *site {
	s := &site{scripts: scripts}
	s.Server = httptest.NewUnstartedServer(s)
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // Chromium looks for captive portals with plain HTTP
	s.StartTLS()
	return s
}

func (s *site) addr() string { return s.Listener.Addr().String() }

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	var content []byte
	switch {
	case r.Host == outerHost && strings.HasPrefix(name, "support/api/"):
		library, _ := pages.ReadFile("page/opencti.js")
		content = bytes.ReplaceAll(library, []byte("__API_VERSION__"), []byte(strings.Split(name, "/")[2]))
	case r.Host == outerHost && name == "":
		name = "outer.html"
	case r.Host == flexHost && name == "":
		name = "desktop.html"
	}
	if script, ok := s.scripts[strings.TrimSuffix(name, ".js")]; ok {
		content = script
	} else if content == nil {
		content, _ = pages.ReadFile("page/" + name)
	}
	if content == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(content)
}
