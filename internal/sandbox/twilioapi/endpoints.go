package twilioapi

import (
	"net/http"
	"slices"
	"strings"
)

// The products, by the first word of their hosts.
const (
	flexAPI    = "flex-api"
	serverless = "serverless"
	upload     = "serverless-upload"
	flexUI     = "flex"
)

// endpoint is one line of Twilio's documents. A parameter that ends in "!" is
// required, one that ends in "*" may be given more than once.
type endpoint struct {
	product, method, path string
	params                string
	do                    func(*API, *call) (int, any, *failure)
}

const paging = "PageSize Page PageToken"

var endpoints = []endpoint{
	{flexAPI, "GET", "/v1/Configuration", "UiVersion", (*API).getConfiguration},
	{flexAPI, "POST", "/v1/Configuration", "json", (*API).setConfiguration},
	{flexAPI, "GET", "/v1/PluginService/Plugins", paging, (*API).listPlugins},
	{flexAPI, "POST", "/v1/PluginService/Plugins", "UniqueName! FriendlyName Description", (*API).createPlugin},
	{flexAPI, "GET", "/v1/PluginService/Plugins/{FP}", "", (*API).getPlugin},
	{flexAPI, "GET", "/v1/PluginService/Plugins/{FP}/Versions", paging, (*API).listPluginVersions},
	{flexAPI, "POST", "/v1/PluginService/Plugins/{FP}/Versions", "Version! PluginUrl! Changelog Private CliVersion ValidateStatus", (*API).createPluginVersion},
	{flexAPI, "GET", "/v1/PluginService/Plugins/{FP}/Versions/{FV}", "", (*API).getPluginVersion},
	{flexAPI, "GET", "/v1/PluginService/Configurations", paging, (*API).listConfigurations},
	{flexAPI, "POST", "/v1/PluginService/Configurations", "Name! Plugins* Description", (*API).createConfiguration},
	{flexAPI, "GET", "/v1/PluginService/Configurations/{FJ}", "", (*API).getPluginConfiguration},
	{flexAPI, "GET", "/v1/PluginService/Configurations/{FJ}/Plugins", paging, (*API).listConfigured},
	{flexAPI, "GET", "/v1/PluginService/Releases", paging, (*API).listReleases},
	{flexAPI, "POST", "/v1/PluginService/Releases", "ConfigurationId!", (*API).createRelease},

	{serverless, "GET", "/v1/Services", paging, (*API).listServices},
	{serverless, "POST", "/v1/Services", "UniqueName! FriendlyName! IncludeCredentials UiEditable", (*API).createService},
	{serverless, "GET", "/v1/Services/{ZS}", "", (*API).getService},
	{serverless, "GET", "/v1/Services/{ZS}/Environments", paging, (*API).listEnvironments},
	{serverless, "POST", "/v1/Services/{ZS}/Environments", "UniqueName! DomainSuffix", (*API).createEnvironment},
	{serverless, "GET", "/v1/Services/{ZS}/Environments/{ZE}", "", (*API).getEnvironment},
	{serverless, "GET", "/v1/Services/{ZS}/Assets", paging, (*API).listAssets},
	{serverless, "POST", "/v1/Services/{ZS}/Assets", "FriendlyName!", (*API).createAsset},
	{serverless, "GET", "/v1/Services/{ZS}/Assets/{ZH}", "", (*API).getAsset},
	{serverless, "GET", "/v1/Services/{ZS}/Assets/{ZH}/Versions", paging, (*API).listAssetVersions},
	{upload, "POST", "/v1/Services/{ZS}/Assets/{ZH}/Versions", "multipart Path! Visibility! Content!", (*API).createAssetVersion},
	{serverless, "GET", "/v1/Services/{ZS}/Builds", paging, (*API).listBuilds},
	{serverless, "POST", "/v1/Services/{ZS}/Builds", "AssetVersions* FunctionVersions* Dependencies Runtime", (*API).createBuild},
	{serverless, "GET", "/v1/Services/{ZS}/Builds/{ZB}", "", (*API).getBuild},
	{serverless, "GET", "/v1/Services/{ZS}/Builds/{ZB}/Status", "", (*API).getBuildStatus},
	{serverless, "GET", "/v1/Services/{ZS}/Environments/{ZE}/Deployments", paging, (*API).listDeployments},
	{serverless, "POST", "/v1/Services/{ZS}/Environments/{ZE}/Deployments", "BuildSid IsPlugin", (*API).createDeployment},

	{flexUI, "GET", "/{domain}", "", (*API).getDesktop},
}

// find returns what a request is for, with the ids in its path.
func find(r *http.Request) (*endpoint, map[string]string, *failure) {
	product, wrong := productOf(r.URL.Hostname())
	if wrong != nil {
		return nil, nil, wrong
	}
	var other []string // methods that the path has
	for i := range endpoints {
		e := &endpoints[i]
		if e.product != product {
			continue
		}
		ids, ok := e.match(r.URL.Path)
		if !ok {
			continue
		}
		if e.method == r.Method {
			return e, ids, nil
		}
		other = append(other, e.method)
	}
	if len(other) > 0 {
		return nil, nil, fail(http.StatusMethodNotAllowed, 20004, "Method %s is not allowed on %s, only %v", r.Method, r.URL.Path, other)
	}
	return nil, nil, notFound(r.URL.Path)
}

// productOf reads a host as Twilio's are: <product>[.<edge>[.<region>]].twilio.com.
func productOf(host string) (string, *failure) {
	rest, ok := strings.CutSuffix(host, ".twilio.com")
	words := strings.Split(rest, ".")
	products := []string{flexAPI, serverless, upload, flexUI}
	// An edge alone is not enough: with one there is a region.
	if !ok || len(words) > 3 || !slices.Contains(products, words[0]) || slices.Contains(words, "") {
		return "", fail(http.StatusNotFound, 20404, "there is no host %s", host)
	}
	return words[0], nil
}

func (e *endpoint) match(path string) (map[string]string, bool) {
	want, got := strings.Split(e.path, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	ids := map[string]string{}
	for i, w := range want {
		name, isID := strings.CutPrefix(w, "{")
		switch {
		case !isID && w != got[i]:
			return nil, false
		case isID:
			name = strings.TrimSuffix(name, "}")
			if got[i] == "" || !fits(name, got[i]) {
				return nil, false
			}
			ids[name] = got[i]
		}
	}
	return ids, true
}

// fits tells whether an id is of a kind. Plugins and their versions may also be
// named by what people call them.
func fits(kind, id string) bool {
	if kind == "FP" || kind == "FV" || kind == "domain" {
		return true
	}
	return isSID(kind, id)
}

func isSID(kind, id string) bool {
	digits, ok := strings.CutPrefix(id, kind)
	return ok && len(digits) == 32 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}
