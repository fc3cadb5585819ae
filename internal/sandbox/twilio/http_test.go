package twilio

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheConfigurationHasWhatFlexNeedsToStart(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{UIAttributes: map[string]any{"theme": "dark"}})
	configuration := func() map[string]any { return f.askJSON("GET", "flex-api.twilio.com", "/v1/Configuration", nil) }
	for _, key := range []string{
		"account_sid", "ui_attributes", "taskrouter_workspace_sid", "taskrouter_target_workflow_sid", "taskrouter_target_taskqueue_sid",
		"taskrouter_offline_activity_sid", "chat_service_instance_sid", "flex_service_instance_sid", "channel_configs",
	} {
		require.Contains(t, configuration(), key)
	}
	require.Contains(t, configuration()["outbound_call_flows"], "default")
	require.Equal(t, "dark", configuration()["ui_attributes"].(map[string]any)["theme"])

	f.SetFeature("caselog", map[string]any{"screen_pop": "select"})
	require.Equal(t, map[string]any{"features": map[string]any{"caselog": map[string]any{"screen_pop": "select"}}},
		configuration()["ui_attributes"].(map[string]any)["custom_data"])
	f.SetFeature("caselog", nil)
	require.Equal(t, map[string]any{"features": map[string]any{}}, configuration()["ui_attributes"].(map[string]any)["custom_data"])
	f.SetUIAttributes(map[string]any{"theme": nil, "custom_data": nil})
	require.NotContains(t, configuration()["ui_attributes"], "theme")
	require.NotContains(t, configuration()["ui_attributes"], "custom_data")
}

func TestTheSmallAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, host, path string
		status             int
		contains           string
		unknown            bool
	}{
		"the login is valid":                      {"POST", "flex-api.twilio.com", "/v1/Accounts/" + accountSID + "/Tokens/Info", 200, `"valid":true`, false},
		"nothing is being provisioned":            {"GET", "flex-api.twilio.com", "/v1/account/provision/status", 200, "inactive", false},
		"the session has no features":             {"GET", "flex.twilio.com", "/api/v1/Session", 200, `"features":[]`, false},
		"Twilio is well":                          {"GET", "status.twilio.com", "/api/v2/summary.json", 200, "none", false},
		"the country list is empty":               {"GET", "assets.flex.twilio.com", "/assets/countries.json", 200, "[]", false},
		"there are no fonts":                      {"GET", "assets.twilio.com", "/fonts.css", 404, "", false},
		"a ringtone is a sound, of nothing":       {"GET", "sdk.twilio.com", "/js/client/sounds/incoming.mp3", 200, "RIFF", false},
		"statistics go nowhere":                   {"POST", "eventgw.us1.twilio.com", "/v4/EndpointEvents", 404, "", false},
		"there is no icon":                        {"GET", "flex.twilio.com", "/favicon.ico", 204, "", false},
		"a host with its port is the same":        {"GET", "flex-api.twilio.com:443", "/v1/account/provision/status", 200, "inactive", false},
		"a preflight is let through":              {"OPTIONS", "flex-api.twilio.com", "/v1/Configuration", 204, "", false},
		"another host is unknown":                 {"GET", "video.twilio.com", "/v1/Rooms", 404, "{}", true},
		"another request of a known host is, too": {"GET", "flex-api.twilio.com", "/v1/Things", 404, "{}", true},
		"a plugin that is not there":              {"GET", "flex.twilio.com", "/plugins/v1/x/1.0.0/bundle.js", 404, "", false},
		"a page where there is no host":           {"GET", "flex.twilio.com", "/agent-desktop", 500, "no Flex page", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{HostDir: filepath.Join(t.TempDir(), "none")})
			response, text := f.ask(test.method, test.host, test.path, nil)
			require.Equal(t, test.status, response.StatusCode)
			require.Contains(t, string(text), test.contains)
			require.Equal(t, "https://flex.twilio.com", response.Header.Get("Access-Control-Allow-Origin"))
			require.Equal(t, test.unknown, len(f.Unknown()) == 1)
		})
	}
}

func TestASocketNobodyKnowsIsRefusedAndNoted(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.server.URL+"/x", nil)
	require.NoError(t, err)
	request.Host = "media.us1.twilio.com"
	request.Header.Set("Upgrade", "websocket")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	require.Equal(t, []string{"socket media.us1.twilio.com/x"}, f.Unknown())
}

func TestEveryViewIsThePage(t *testing.T) {
	t.Parallel()
	host := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(host, "index.html"), []byte("<title>Flex</title>"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(host, "host.js"), []byte("start()"), 0o644))
	f := newFlex(t, Config{HostDir: host})
	for path, content := range map[string]string{
		"/": "<title>Flex</title>", "/agent-desktop": "<title>Flex</title>", "/agent-desktop/WR1?iframe=1": "<title>Flex</title>",
		"/../../etc/passwd": "<title>Flex</title>", "/host.js": "start()",
	} {
		response, text := f.ask("GET", "flex.twilio.com", path, nil)
		require.Equal(t, content, string(text), path)
		require.NotEmpty(t, response.Header.Get("Last-Modified"), "without one Chromium does not keep the compiled script")
	}
}

func TestPlugins(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "bundle.js")
	require.NoError(t, os.WriteFile(file, []byte("one()"), 0o644))
	f := newFlex(t, Config{Plugins: []Plugin{
		{Name: "caselog", Version: "1.2.3", BundlePath: file, Integrity: true},
		{Name: "other", Version: "0.1.0", Bundle: []byte("other()"), Phase: 2},
	}})
	list := func() []map[string]any {
		response, text := f.ask("GET", "flex.twilio.com", "/plugins?roles=agent", nil)
		require.Equal(t, http.StatusOK, response.StatusCode, string(text))
		var plugins []map[string]any
		require.NoError(t, json.Unmarshal(text, &plugins))
		return plugins
	}
	plugins := list()
	require.Len(t, plugins, 2)
	sum := sha512.Sum384([]byte("one()"))
	require.Equal(t, map[string]any{
		"name": "caselog", "unique_name": "caselog", "version": "1.2.3", "phase": 3.0,
		"src":       "https://flex.twilio.com/plugins/v1/caselog/1.2.3/bundle.js",
		"integrity": "sha384-" + base64.StdEncoding.EncodeToString(sum[:]),
	}, plugins[0])
	require.EqualValues(t, 2, plugins[1]["phase"])

	response, text := f.ask("GET", "flex.twilio.com", "/plugins/v1/caselog/1.2.3/bundle.js", nil)
	require.Equal(t, "one()", string(text))
	require.Contains(t, response.Header.Get("Content-Type"), "javascript")
	require.NoError(t, os.WriteFile(file, []byte("two()"), 0o644))
	_, text = f.ask("GET", "flex.twilio.com", "/plugins/v1/caselog/1.2.3/bundle.js", nil)
	require.Equal(t, "two()", string(text), "a bundle that is built again is served again")

	require.NoError(t, os.Remove(file))
	for _, path := range []string{"/plugins", "/plugins/v1/caselog/1.2.3/bundle.js"} {
		response, text = f.ask("GET", "flex.twilio.com", path, nil)
		require.Equal(t, http.StatusInternalServerError, response.StatusCode)
		require.Contains(t, string(text), "plugin caselog")
	}
	f.SetPlugins()
	require.Empty(t, list())
}
