package twilioapi_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/twilioapi"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "c0ffeec0ffeec0ffeec0ffeec0ffee42"
	form    = "application/x-www-form-urlencoded"
)

func ask(t *testing.T, api *twilioapi.API, method, url, kind, body, password string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if password != "" {
		r.SetBasicAuth(account, password)
	}
	answer, err := api.Transport().RoundTrip(r)
	require.NoError(t, err)
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode, string(text)
}

// TestItIsStrict asks for what Twilio's documents do not have.
func TestItIsStrict(t *testing.T) {
	t.Parallel()
	const (
		flex       = "https://flex-api.twilio.com/v1"
		serverless = "https://serverless.twilio.com/v1"
		zs         = "/Services/ZS00000000000000000000000000000001"
	)
	for name, test := range map[string]struct {
		method, url, kind, body, password string
		status                            int
		want                              string
	}{
		"no credentials":                {"GET", flex + "/Configuration", "", "", "", 401, "Authentication Error"},
		"wrong credentials":             {"GET", flex + "/Configuration", "", "", "guess", 401, "Authentication Error"},
		"a host that there is not":      {"GET", "https://flexapi.twilio.com/v1/Configuration", "", "", token, 404, "there is no host"},
		"a path that there is not":      {"GET", flex + "/Configurations", "", "", token, 404, "was not found"},
		"a method that it has not":      {"DELETE", flex + "/Configuration", "", "", token, 405, "only [GET POST]"},
		"a path of another product":     {"GET", flex + "/Services", "", "", token, 404, "was not found"},
		"the upload at the other host":  {"POST", serverless + zs + "/Assets/ZH00000000000000000000000000000001/Versions", "multipart/form-data; boundary=x", "--x--", token, 405, "only [GET]"},
		"an id of another kind":         {"GET", serverless + "/Services/ZE00000000000000000000000000000001", "", "", token, 404, "was not found"},
		"an id that is too short":       {"GET", serverless + "/Services/ZS01", "", "", token, 404, "was not found"},
		"a parameter it does not know":  {"GET", serverless + "/Services?Limit=1", "", "", token, 400, "has no parameter Limit"},
		"a page of none":                {"GET", serverless + "/Services?PageSize=0", "", "", token, 400, "PageSize must be from 1 to 1000"},
		"a page of too many":            {"GET", serverless + "/Services?PageSize=1001", "", "", token, 400, "PageSize must be from 1 to 1000"},
		"a body in a GET":               {"GET", serverless + "/Services", form, "a=b", token, 400, "a GET has no body"},
		"a parameter that is missing":   {"POST", serverless + "/Services", form, "UniqueName=default", token, 400, "Missing required parameter FriendlyName"},
		"an unknown one in a body":      {"POST", serverless + "/Services", form, "UniqueName=a&FriendlyName=b&Name=c", token, 400, "has no parameter Name"},
		"one that is given twice":       {"POST", serverless + "/Services", form, "UniqueName=a&FriendlyName=b&FriendlyName=c", token, 400, "FriendlyName is given 2 times"},
		"one in the URL of a POST":      {"POST", serverless + "/Services?UniqueName=a", form, "FriendlyName=b", token, 400, "in its body, not in the URL"},
		"no boolean":                    {"POST", serverless + "/Services", form, "UniqueName=a&FriendlyName=b&UiEditable=yes", token, 400, "UiEditable must be true or false"},
		"JSON for a form":               {"POST", serverless + "/Services", "application/json", "{}", token, 415, "is not application/x-www-form-urlencoded"},
		"a form for JSON":               {"POST", flex + "/Configuration", form, "account_sid=" + account, token, 415, "is not application/json"},
		"a configuration of another":    {"POST", flex + "/Configuration", "application/json", `{"account_sid":"AC1"}`, token, 400, "account_sid must be that of the account"},
		"a property that there is not":  {"POST", flex + "/Configuration", "application/json", `{"account_sid":"` + account + `","ui_attribute":{}}`, token, 400, "no property ui_attribute"},
		"a plugin without a name":       {"POST", flex + "/PluginService/Plugins", form, "FriendlyName=x", token, 400, "Missing required parameter UniqueName"},
		"a release of nothing":          {"POST", flex + "/PluginService/Releases", form, "ConfigurationId=FJ1", token, 400, "there is no configuration FJ1"},
		"a configuration of strangers":  {"POST", flex + "/PluginService/Configurations", form, `Name=x&Plugins={"plugin_version":"FV1"}`, token, 400, "there is no version FV1"},
		"an entry with something else":  {"POST", flex + "/PluginService/Configurations", form, `Name=x&Plugins={"plugin_version":"FV1","enabled":true}`, token, 400, "is not an object with plugin_version and phase"},
		"a version of no plugin":        {"POST", flex + "/PluginService/Plugins/none/Versions", form, "Version=1.0.0&PluginUrl=https://a.b/c.js", token, 404, "was not found"},
		"an environment of no service":  {"POST", serverless + zs + "/Environments", form, "UniqueName=x", token, 404, "was not found"},
		"a deployment of something":     {"POST", serverless + zs + "/Environments/ZE00000000000000000000000000000001/Deployments", form, "Build=1", token, 400, "has no parameter Build"},
		"a build of what is not there":  {"POST", serverless + zs + "/Builds", form, "Runtime=node8", token, 404, "was not found"},
		"two words before the region":   {"GET", "https://flex-api.a.b.c.twilio.com/v1/Configuration", "", "", token, 404, "there is no host"},
		"a host that only ends like it": {"GET", "https://flex-api.twilio.com.evil.com/v1/Configuration", "", "", token, 404, "there is no host"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, text := ask(t, twilioapi.New(twilioapi.Options{AccountSID: account, AuthToken: token}), test.method, test.url, test.kind, test.body, test.password)
			require.Contains(t, text, test.want)
			require.Equal(t, test.status, status)
		})
	}
}

func TestAPageLeadsToTheNext(t *testing.T) {
	t.Parallel()
	api := twilioapi.New(twilioapi.Options{AccountSID: account, AuthToken: token, MaxPage: 1})
	for _, name := range []string{"one", "two"} {
		api.Host(name, "env", "/a.js")
	}
	_, text := ask(t, api, "GET", "https://serverless.twilio.com/v1/Services?PageSize=50", "", "", token)
	require.Contains(t, text, `"unique_name":"one"`)
	require.NotContains(t, text, `"unique_name":"two"`)
	require.Contains(t, text, `"next_page_url":"https://serverless.twilio.com/v1/Services?PageSize=1\u0026Page=1\u0026PageToken=PT1"`)
	_, text = ask(t, api, "GET", "https://serverless.twilio.com/v1/Services?PageSize=1&Page=1&PageToken=PT1", "", "", token)
	require.Contains(t, text, `"unique_name":"two"`)
	require.Contains(t, text, `"next_page_url":null`)
}
