package lightning

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config says which page is served. Origin, AdapterURL and Org are required.
type Config struct {
	Origin      string // where the page is: https://acme.lightning.force.com
	AdapterURL  string // what the utility bar frames: the call centre's reqAdapterUrl
	Org         Org
	AppName     string           // empty means Acme Service Console
	OrgName     string           // empty means Acme
	UserName    string           // empty means Sam Agent
	PanelWidth  int              // of the softphone, in pixels; 0 means 480
	PanelHeight int              // 0 means 720; the page never lets it be taller than there is room
	Now         func() time.Time // nil means time.Now
}

// Console is the page's host as an [http.Handler]: the page, its scripts, the client library and the way from the wire to the org.
// It answers for any host name, so that the same page can be framed by a host that only looks right. All methods are safe for
// concurrent use. Make it with [New].
type Console struct {
	config        Config
	adapterOrigin string
	mux           *http.ServeMux

	faults  faults
	journal journal
}

// New returns the handler. It errors when a URL of the configuration has no scheme and host, or there is no org.
func New(c Config) (*Console, error) {
	origin, err := originOf(c.Origin)
	if err != nil {
		return nil, err
	}
	adapterOrigin, err := originOf(c.AdapterURL)
	if err != nil {
		return nil, err
	}
	if c.Org == nil {
		return nil, fmt.Errorf("lightning: no org")
	}
	c.Origin = origin
	c.AppName = orElse(c.AppName, "Acme Service Console")
	c.OrgName = orElse(c.OrgName, "Acme")
	c.UserName = orElse(c.UserName, "Sam Agent")
	c.PanelWidth = orElse(c.PanelWidth, 480)
	c.PanelHeight = orElse(c.PanelHeight, 720)
	if c.Now == nil {
		c.Now = time.Now
	}
	console := &Console{config: c, adapterOrigin: adapterOrigin, mux: http.NewServeMux()}
	console.routes()
	return console, nil
}

var _ http.Handler = (*Console)(nil)

// ServeHTTP implements [http.Handler].
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.mux.ServeHTTP(w, r) }

func (c *Console) routes() {
	c.mux.HandleFunc("GET /{$}", c.serveConsole)
	c.mux.HandleFunc("GET /lightning/", c.serveConsole)
	c.mux.HandleFunc("GET /embed", c.serveEmbed)
	c.mux.HandleFunc("GET /login", serveLogin)
	c.mux.HandleFunc("GET /support/api/{version}/lightning/opencti_min.js", c.serveLibrary)
	c.mux.HandleFunc("GET /sandbox/home", c.serveHome)
	c.mux.HandleFunc("GET /sandbox/record", c.serveRecord)
	c.mux.HandleFunc("POST /sandbox/cti", c.serveCall)
	c.mux.Handle("GET /sandbox/assets/", http.StripPrefix("/sandbox", assetServer()))
}

// origin is what the page of this request has in its address bar, which is not the configured one where a wrong host is tried.
func (c *Console) origin(r *http.Request) string {
	scheme, _, _ := strings.Cut(c.config.Origin, "://")
	return scheme + "://" + r.Host
}

// frameURL is what the utility bar opens: the adapter's address and what Lightning appends to it.
// See the sfdcIframeOrigin parameter in the Open CTI developer guide; the others are as a user of an org reported them.
func (c *Console) frameURL(origin string) string {
	address, fragment, _ := strings.Cut(c.config.AdapterURL, "#")
	if c.faults.queryIsLost() {
		return c.config.AdapterURL
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address += separator + "mode=Lightning&ltn_app_id=06m5e000000Sandbox&isdtp=vw&sfdcIframeOrigin=" + url.QueryEscape(origin) +
		"&clc=1&nonce=" + nonce()
	if fragment != "" {
		address += "#" + fragment
	}
	return address
}

func nonce() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never errors: see crypto/rand
	return hex.EncodeToString(b[:])
}

func originOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme == "" {
		return "", fmt.Errorf("lightning: not an address with scheme and host: %q", address)
	}
	return u.Scheme + "://" + u.Host, nil
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
