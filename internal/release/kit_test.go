package release_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/sandbox/twilioapi"
)

const (
	accountSID = "AC0123456789abcdef0123456789abcdef"
	authToken  = "c0ffeec0ffeec0ffeec0ffeec0ffee42"
	keySID     = "SKfedcba9876543210fedcba9876543210"
	keySecret  = "Tr0ub4dorAndThreeMoreWordsOfIt00"
)

// secrets are what must be seen nowhere.
var secrets = []string{
	authToken, keySecret,
	base64.StdEncoding.EncodeToString([]byte(accountSID + ":" + authToken)),
	base64.StdEncoding.EncodeToString([]byte(keySID + ":" + keySecret)),
}

// newAPI is an account of Twilio's as the tests of this package have it: pages are
// short, and a build takes a while.
func newAPI() *twilioapi.API {
	return twilioapi.New(twilioapi.Options{
		AccountSID: accountSID, AuthToken: authToken, APIKey: keySID, APISecret: keySecret, MaxPage: 3, BuildPolls: 2,
	})
}

// desk is an administrator at work in an account, with everything that was said
// to them.
type desk struct {
	*release.Account
	mu   sync.Mutex
	said strings.Builder
}

func (d *desk) hear(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.said.WriteString(what + "\n")
}

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

var byToken = map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken}

func sit(t *testing.T, api *twilioapi.API, o release.Options) *desk {
	t.Helper()
	c, err := release.FromEnv(env(byToken))
	require.NoError(t, err)
	d := &desk{}
	if o.Transport == nil {
		o.Transport = api.Transport()
	}
	o.Progress, o.By = d.hear, "alice"
	d.Account = release.Open(c, o)
	return d
}

// keeps fails the test where a text holds a secret.
func keeps(t *testing.T, texts ...any) {
	t.Helper()
	for _, text := range texts {
		verbs := []string{"%v", "%+v", "%#v"}
		if _, plain := text.(string); plain {
			verbs = verbs[:1]
		}
		for _, verb := range verbs {
			shown := fmt.Sprintf(verb, text)
			for _, s := range secrets {
				require.False(t, strings.Contains(shown, s), "a secret shows")
			}
		}
	}
}

func artifact(version, text string) release.Artifact {
	return release.Artifact{Version: version, Files: []release.File{
		{Name: "bundle.js", Type: "application/javascript", Content: []byte(text)},
		{Name: "bundle.js.map", Type: "application/json", Content: []byte(`{"version":3}`)},
	}}
}

// script is the bundle of a version.
func script(version string) string { return "/* flex-caselog " + version + " */" }

func deploy(version string) release.DeployOptions {
	return release.DeployOptions{Artifact: artifact(version, script(version)), Changelog: "what is new in " + version, Smoked: true, Tool: "0.1.0"}
}

// put deploys versions, one after the other.
func put(t *testing.T, api *twilioapi.API, versions ...string) {
	t.Helper()
	for _, v := range versions {
		_, err := sit(t, api, release.Options{}).Deploy(context.Background(), deploy(v))
		require.NoError(t, err)
	}
}

// others puts another team's work into an account: plugins that start in other
// phases, and files and a function in our environment.
func others(api *twilioapi.API) {
	api.Host("default", release.Plugin, "/plugins/theirs/1.0.0/bundle.js", "/logo.svg")
	api.Release(
		twilioapi.Entry{Plugin: "first-of-all", Version: "4.0.0", Phase: 1},
		twilioapi.Entry{Plugin: "their-panel", Version: "1.2.3", Phase: 3},
	)
}
