package twilioapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Options are what an account starts with.
type Options struct {
	AccountSID, AuthToken string
	// APIKey and APISecret are a second way in, if they are not empty.
	APIKey, APISecret string
	// MaxPage caps what a page of a list holds, so that a few things make many
	// pages. Zero: as many as are asked for.
	MaxPage int
	// BuildPolls is how often a build is still "building" when it is asked for.
	BuildPolls int
}

// API is one account. The zero value is not usable; see [New]. Its methods may be
// called from any goroutine.
type API struct {
	options Options

	mu      sync.Mutex
	next    int // numbers what is made
	now     time.Time
	journal []Request
	faults  []Fault
	late    []late
	watch   func(n int)
	content map[string][]byte // what was uploaded, by asset version

	configuration map[string]json.RawMessage
	frame         string // Content-Security-Policy of flex.twilio.com

	services     []*service
	environments []*environment
	assets       []*asset
	versions     []*assetVersion
	functions    []*functionVersion
	builds       []*build
	deployments  []*deployment

	plugins        []*plugin
	pluginVersions []*pluginVersion
	configurations []*configuration
	releases       []*release
}

// New returns an account with Flex in it and no plugin.
func New(o Options) *API {
	a := &API{options: o, content: map[string][]byte{}, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	a.configuration = map[string]json.RawMessage{
		"account_sid":             quote(o.AccountSID),
		"status":                  quote("ok"),
		"ui_version":              quote("2.17.1"),
		"plugin_service_enabled":  json.RawMessage("true"),
		"serverless_service_sids": json.RawMessage("null"),
		"runtime_domain":          quote("acme"),
		"integrations":            json.RawMessage("[]"),
		"ui_attributes":           json.RawMessage(`{"theme":{"isLight":true},"custom_data":{"features":{"other_team":{"limit":9007199254740993}}}}`),
		"attributes":              json.RawMessage(`{}`),
		"url":                     quote("https://flex-api.twilio.com/v1/Configuration"),
	}
	return a
}

// Request is one request that came.
type Request struct {
	Method, Host, Path, Query string
	Status                    int // of the answer, 0 where there was none
}

// Journal returns the requests so far.
func (a *API) Journal() []Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Request(nil), a.journal...)
}

// Watch has every request announced before it is answered, by its number from 1.
func (a *API) Watch(f func(n int)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.watch = f
}

// sid makes the next id of a kind: two letters and 32 hex digits.
func (a *API) sid(kind string) string {
	a.next++
	return fmt.Sprintf("%s%032x", kind, a.next)
}

// tick is the time of what is made next: no two things are made at once.
func (a *API) tick() time.Time {
	a.now = a.now.Add(time.Minute)
	return a.now
}

func quote(s string) json.RawMessage {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can always be written
	}
	return b
}

// failure is an answer of Twilio's that is an error.
type failure struct {
	Status  int    `json:"status"`
	Code    int    `json:"code"`
	Message string `json:"message"`
	More    string `json:"more_info"`
}

func fail(status, code int, format string, args ...any) *failure {
	return &failure{status, code, fmt.Sprintf(format, args...), fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code)}
}

func notFound(path string) *failure {
	return fail(http.StatusNotFound, 20404, "The requested resource %s was not found", path)
}

func conflict(format string, args ...any) *failure {
	return fail(http.StatusConflict, 20409, format, args...)
}

func invalid(format string, args ...any) *failure {
	return fail(http.StatusBadRequest, 20001, format, args...)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
