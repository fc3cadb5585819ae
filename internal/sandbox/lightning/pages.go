package lightning

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"regexp"
	"strings"
)

//go:embed assets
var assets embed.FS

var pages = template.Must(template.ParseFS(assets, "assets/console.html", "assets/embed.html"))

// settings is what console.js reads from the page.
type settings struct {
	FrameURL      string `json:"frameURL"`
	AdapterOrigin string `json:"adapterOrigin"`
	PanelWidth    int    `json:"panelWidth"`
	PanelHeight   int    `json:"panelHeight"`
}

func (c *Console) serveConsole(w http.ResponseWriter, r *http.Request) {
	servePage(w, "console.html", map[string]any{
		"AppName":  c.config.AppName,
		"OrgName":  c.config.OrgName,
		"UserName": c.config.UserName,
		"Initials": initials(c.config.UserName),
		"Settings": settings{
			FrameURL:      c.frameURL(c.origin(r)),
			AdapterOrigin: c.adapterOrigin,
			PanelWidth:    c.config.PanelWidth,
			PanelHeight:   c.config.PanelHeight,
		},
	})
}

// serveEmbed frames the address in the query parameter src, or the adapter, and answers no call: a page that is not Salesforce.
func (c *Console) serveEmbed(w http.ResponseWriter, r *http.Request) {
	servePage(w, "embed.html", orElse(r.URL.Query().Get("src"), c.config.AdapterURL))
}

func servePage(w http.ResponseWriter, name string, data any) {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store") // the frame's nonce is new every time
	_, _ = w.Write(page.Bytes())
}

func serveLogin(w http.ResponseWriter, _ *http.Request) {
	page, _ := assets.ReadFile("assets/login.html")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(page)
}

func assetServer() http.Handler {
	files := http.FileServerFS(assets)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}

var versionForm = regexp.MustCompile(`^([1-9][0-9]{0,2})\.0$`)

// serveLibrary serves the client library under any version number, as every version is asked for by somebody.
func (c *Console) serveLibrary(w http.ResponseWriter, r *http.Request) {
	c.journal.script(r.Host)
	switch c.faults.script(r.Host) {
	case ScriptMissing:
		http.NotFound(w, r)
		return
	case ScriptLogin:
		http.Redirect(w, r, "/login", http.StatusFound)
		return
	}
	version := versionForm.FindStringSubmatch(r.PathValue("version"))
	if version == nil {
		http.NotFound(w, r)
		return
	}
	library, _ := assets.ReadFile("assets/opencti.js")
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-cache") // a fault that is switched on later must be seen
	_, _ = w.Write(bytes.ReplaceAll(library, []byte("__API_VERSION__"), []byte(version[1])))
}

func initials(name string) string {
	var letters string
	for _, word := range strings.Fields(name) {
		letters += string([]rune(word)[:1])
	}
	return letters
}
