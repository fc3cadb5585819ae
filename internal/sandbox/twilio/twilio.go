package twilio

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Config is what a Twilio starts with. The zero value works but for the Flex page.
type Config struct {
	// HostDir is the folder that flexhost.Prepare returns.
	HostDir string
	// Plugins are loaded by Flex's own plugin loader, in this order.
	Plugins []Plugin
	// UIAttributes go over the ui_attributes of the Flex Configuration.
	UIAttributes map[string]any
	// WorkerAttributes go over the worker's.
	WorkerAttributes map[string]any
	// Delay is how long after a request its event follows: 20 ms when zero, none when negative.
	Delay time.Duration
	// Log, which may be nil, is given a line for each message to or from Flex. It may be called from several goroutines.
	Log func(line string)
}

// Twilio is the stand-in. Its methods may be called at any time from any goroutine.
type Twilio struct {
	hostDir string
	log     func(string)
	post    postman
	router  *taskRouter
	voice   *voice
	bridge  hub
	sync    hub

	mu           sync.Mutex
	plugins      []Plugin
	uiAttributes map[string]any
	settings     map[string]any // over the rest of the Flex Configuration
	ringOut      bool
	partiesLate  bool
	unknown      []string
}

var _ http.Handler = (*Twilio)(nil)

// New returns a Twilio that serves at once. Close ends it.
func New(config Config) *Twilio {
	t := &Twilio{
		hostDir: config.HostDir, log: config.Log, plugins: slices.Clone(config.Plugins),
		uiAttributes: map[string]any{"version_compatibility": "yes", "version_message": ""},
	}
	if t.log == nil {
		t.log = func(string) {}
	}
	t.SetDelay(config.Delay)
	t.SetUIAttributes(config.UIAttributes)
	t.router = newTaskRouter(t.emit, config.WorkerAttributes)
	t.voice = &voice{log: t.log, patience: answerWithin, accepted: t.answered, hungUp: t.hungUp}
	return t
}

// Close drops every connection and ends every call.
func (t *Twilio) Close() {
	t.post.discard()
	t.voice.endAll()
	t.DropSockets()
}

// SetDelay changes how long after a request its event follows: 20 ms when zero, none when negative.
func (t *Twilio) SetDelay(delay time.Duration) {
	if delay == 0 {
		delay = defaultDelay
	}
	t.post.setDelay(max(delay, 0))
}

// Hold keeps TaskRouter's events back until Release, which then delivers them in order. Requests are answered meanwhile.
func (t *Twilio) Hold() { t.post.hold() }

// Release is the end of Hold.
func (t *Twilio) Release() { t.post.release() }

// DropSockets breaks all web sockets, as a failing network does. Flex connects again by itself.
func (t *Twilio) DropSockets() {
	t.bridge.drop()
	t.voice.sockets.drop()
	t.sync.drop()
}

// DropBridge breaks only TaskRouter's web sockets: calls go on.
func (t *Twilio) DropBridge() { t.bridge.drop() }

// Tabs is how many Flex tabs are listening to TaskRouter.
func (t *Twilio) Tabs() int { return t.bridge.size() }

// SetPlugins is what a Flex that starts from now on loads.
func (t *Twilio) SetPlugins(plugins ...Plugin) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.plugins = slices.Clone(plugins)
}

// SetUIAttributes changes the ui_attributes of the Flex Configuration, key by key, for a Flex that starts from now on; nil takes a
// key away.
func (t *Twilio) SetUIAttributes(attributes map[string]any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.Copy(t.uiAttributes, deepCopy(attributes))
	maps.DeleteFunc(t.uiAttributes, func(_ string, value any) bool { return value == nil })
}

// SetConfiguration changes the Flex Configuration itself, key by key, for a Flex that starts from now on; nil takes a change back.
func (t *Twilio) SetConfiguration(settings map[string]any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.settings == nil {
		t.settings = map[string]any{}
	}
	maps.Copy(t.settings, deepCopy(settings))
	maps.DeleteFunc(t.settings, func(_ string, value any) bool { return value == nil })
}

// SetFeature sets ui_attributes.custom_data.features.<name>, and takes away all other features; nil takes this one away too.
func (t *Twilio) SetFeature(name string, settings map[string]any) {
	features := map[string]any{}
	if settings != nil {
		features[name] = settings
	}
	t.SetUIAttributes(map[string]any{"custom_data": map[string]any{"features": features}})
}

// SetWorkerAttributes changes the worker's attributes, key by key, and tells every tab; nil takes a key away.
func (t *Twilio) SetWorkerAttributes(attributes map[string]any) {
	t.router.setWorkerAttributes(func(now map[string]any) map[string]any {
		maps.Copy(now, deepCopy(attributes))
		maps.DeleteFunc(now, func(_ string, value any) bool { return value == nil })
		return now
	})
}

// Unknown lists, once each, what Flex has asked for and nobody here knows. It should be empty.
func (t *Twilio) Unknown() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.unknown)
}

func (t *Twilio) noteUnknown(request string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.unknown, request) {
		t.unknown = append(t.unknown, request)
		t.log("unknown: " + request)
	}
}

// ServeHTTP answers a request to one of Twilio's hosts, web sockets included.
func (t *Twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := strings.ToLower(r.Host)
	if name, _, found := strings.Cut(host, ":"); found {
		host = name
	}
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		t.serveSocket(w, r, host)
		return
	}
	allowOrigin(w, r)
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	switch {
	case host == "flex.twilio.com":
		t.serveFlex(w, r)
	case host == "flex-api.twilio.com":
		t.serveFlexAPI(w, r)
	case host == "event-bridge.twilio.com" && r.Method == http.MethodPost:
		t.serveBridge(w, r)
	default:
		t.serveOther(w, r, host)
	}
}

func (t *Twilio) serveSocket(w http.ResponseWriter, r *http.Request, host string) {
	t.log("socket: " + host + r.URL.Path)
	switch {
	case host == "event-bridge.twilio.com":
		t.bridge.serve(w, r, t.greetBridge, func(*socket, []byte) {})
	case strings.HasPrefix(host, "voice-js.") || strings.HasPrefix(host, "chunderw"):
		t.voice.serve(w, r)
	case strings.HasPrefix(host, "tsock."):
		t.sync.serve(w, r, nil, t.receiveTwilsock)
	default:
		t.noteUnknown("socket " + host + r.URL.Path)
		w.WriteHeader(http.StatusNotFound)
	}
}

// allowOrigin lets the page at flex.twilio.com read the answers of the other hosts, whatever headers it sends.
func allowOrigin(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	origin := r.Header.Get("Origin")
	if origin == "" {
		origin = "*"
	}
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Allow-Credentials", "true")
	header.Set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS")
	if headers := r.Header.Get("Access-Control-Request-Headers"); headers != "" {
		header.Set("Access-Control-Allow-Headers", headers)
	}
	header.Set("Vary", "Origin")
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The tab has gone when this errors, and nobody is left to tell.
	_ = json.NewEncoder(w).Encode(body)
}
