package twilioapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
)

// The limits of the Plugins API.
// See https://www.twilio.com/docs/flex/developer/plugins/api
const (
	maxPlugins     = 25
	maxDescription = 500
	maxChangelog   = 1000
	maxName        = 100
)

type plugin struct {
	SID          string `json:"sid"`
	AccountSID   string `json:"account_sid"`
	UniqueName   string `json:"unique_name"`
	FriendlyName string `json:"friendly_name"`
	Description  string `json:"description"`
	Archived     bool   `json:"archived"`
	Created      string `json:"date_created"`
	Updated      string `json:"date_updated"`
	URL          string `json:"url"`
}

type pluginVersion struct {
	SID        string `json:"sid"`
	PluginSID  string `json:"plugin_sid"`
	AccountSID string `json:"account_sid"`
	Version    string `json:"version"`
	PluginURL  string `json:"plugin_url"`
	Changelog  string `json:"changelog"`
	Private    bool   `json:"private"`
	Archived   bool   `json:"archived"`
	Validated  bool   `json:"validated"`
	Created    string `json:"date_created"`
	URL        string `json:"url"`

	cli string
}

type configuration struct {
	SID         string `json:"sid"`
	AccountSID  string `json:"account_sid"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Archived    bool   `json:"archived"`
	Created     string `json:"date_created"`
	URL         string `json:"url"`

	plugins []configured
}

type configured struct {
	version *pluginVersion
	phase   int
}

type release struct {
	SID              string `json:"sid"`
	AccountSID       string `json:"account_sid"`
	ConfigurationSID string `json:"configuration_sid"`
	Created          string `json:"date_created"`
	URL              string `json:"url"`
}

// plugin finds the one that is meant, by its SID or its name.
func (a *API) plugin(c *call) (*plugin, *failure) {
	for _, p := range a.plugins {
		if p.SID == c.ids["FP"] || p.UniqueName == c.ids["FP"] {
			return p, nil
		}
	}
	return nil, notFound(c.url.Path)
}

func (a *API) listPlugins(c *call) (int, any, *failure) {
	return page(a, c, "plugins", newest(a.plugins))
}

func (a *API) createPlugin(c *call) (int, any, *failure) {
	for _, p := range a.plugins {
		if p.UniqueName == c.get("UniqueName") {
			return 0, nil, conflict("Plugin with unique name %s exists", p.UniqueName)
		}
	}
	if wrong := c.limit("Description", maxDescription); wrong != nil {
		return 0, nil, wrong
	}
	now, sid := stamp(a.tick()), a.sid("FP")
	p := &plugin{
		SID: sid, AccountSID: a.options.AccountSID, UniqueName: c.get("UniqueName"), FriendlyName: c.get("FriendlyName"),
		Description: c.get("Description"), Created: now, Updated: now, URL: self(c.url, sid),
	}
	a.plugins = append(a.plugins, p)
	return http.StatusCreated, p, nil
}

func (a *API) getPlugin(c *call) (int, any, *failure) {
	p, wrong := a.plugin(c)
	return http.StatusOK, p, wrong
}

func (a *API) versionsOf(p *plugin) []*pluginVersion {
	return within(a.pluginVersions, func(v *pluginVersion) bool { return v.PluginSID == p.SID })
}

func (a *API) listPluginVersions(c *call) (int, any, *failure) {
	p, wrong := a.plugin(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "plugin_versions", newest(a.versionsOf(p)))
}

func (a *API) getPluginVersion(c *call) (int, any, *failure) {
	p, wrong := a.plugin(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	for _, v := range a.versionsOf(p) {
		if v.SID == c.ids["FV"] || v.Version == c.ids["FV"] {
			return http.StatusOK, v, nil
		}
	}
	return 0, nil, notFound(c.url.Path)
}

func (a *API) createPluginVersion(c *call) (int, any, *failure) {
	p, wrong := a.plugin(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	for _, v := range a.versionsOf(p) {
		if v.Version == c.get("Version") {
			return 0, nil, conflict("Version %s of this plugin exists", v.Version)
		}
	}
	if wrong := c.limit("Changelog", maxChangelog); wrong != nil {
		return 0, nil, wrong
	}
	u, err := url.Parse(c.get("PluginUrl"))
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return 0, nil, invalid("PluginUrl is not a URL")
	}
	private, wrong := c.flag("Private", true)
	if wrong != nil {
		return 0, nil, wrong
	}
	switch c.get("ValidateStatus") {
	case "", "success", "failure":
	default:
		return 0, nil, invalid("ValidateStatus must be success or failure")
	}
	now, sid := stamp(a.tick()), a.sid("FV")
	v := &pluginVersion{
		SID: sid, PluginSID: p.SID, AccountSID: p.AccountSID, Version: c.get("Version"), PluginURL: c.get("PluginUrl"),
		Changelog: c.get("Changelog"), Private: private, Validated: c.get("ValidateStatus") == "success",
		Created: now, URL: self(c.url, sid), cli: c.get("CliVersion"),
	}
	a.pluginVersions = append(a.pluginVersions, v)
	return http.StatusCreated, v, nil
}

func (a *API) listConfigurations(c *call) (int, any, *failure) {
	return page(a, c, "configurations", newest(a.configurations))
}

func (a *API) createConfiguration(c *call) (int, any, *failure) {
	for name, n := range map[string]int{"Name": maxName, "Description": maxDescription} {
		if wrong := c.limit(name, n); wrong != nil {
			return 0, nil, wrong
		}
	}
	entries, seen := []configured{}, map[string]bool{}
	for _, text := range c.values["Plugins"] {
		entry := struct {
			Version string `json:"plugin_version"`
			Phase   *int   `json:"phase"`
		}{}
		d := json.NewDecoder(bytes.NewReader([]byte(text)))
		d.DisallowUnknownFields()
		if err := d.Decode(&entry); err != nil {
			return 0, nil, invalid("Plugins: %s is not an object with plugin_version and phase", text)
		}
		v, wrong := by(a.pluginVersions, entry.Version, func(v *pluginVersion) string { return v.SID })
		if wrong != nil || v.Archived {
			return 0, nil, invalid("Plugins: there is no version %s, or it is archived", entry.Version)
		}
		if seen[v.PluginSID] {
			return 0, nil, invalid("Plugins: plugin %s is there twice", v.PluginSID)
		}
		seen[v.PluginSID] = true
		phase := 3
		if entry.Phase != nil {
			phase = *entry.Phase
		}
		entries = append(entries, configured{v, phase})
	}
	if len(entries) > maxPlugins {
		return 0, nil, invalid("Plugins: at most %d", maxPlugins)
	}
	now, sid := stamp(a.tick()), a.sid("FJ")
	x := &configuration{
		SID: sid, AccountSID: a.options.AccountSID, Name: c.get("Name"), Description: c.get("Description"),
		Created: now, URL: self(c.url, sid), plugins: entries,
	}
	a.configurations = append(a.configurations, x)
	return http.StatusCreated, x, nil
}

func (a *API) pluginConfiguration(sid string) (*configuration, *failure) {
	return by(a.configurations, sid, func(x *configuration) string { return x.SID })
}

func (a *API) getPluginConfiguration(c *call) (int, any, *failure) {
	x, wrong := a.pluginConfiguration(c.ids["FJ"])
	return http.StatusOK, x, wrong
}

func (a *API) listConfigured(c *call) (int, any, *failure) {
	x, wrong := a.pluginConfiguration(c.ids["FJ"])
	if wrong != nil {
		return 0, nil, wrong
	}
	entries := []map[string]any{}
	for _, e := range x.plugins {
		p, wrong := by(a.plugins, e.version.PluginSID, func(p *plugin) string { return p.SID })
		if wrong != nil {
			return 0, nil, wrong
		}
		entries = append(entries, map[string]any{
			"account_sid": x.AccountSID, "configuration_sid": x.SID, "plugin_sid": p.SID, "plugin_version_sid": e.version.SID,
			"phase": e.phase, "plugin_url": e.version.PluginURL, "unique_name": p.UniqueName, "friendly_name": p.FriendlyName,
			"description": p.Description, "plugin_archived": p.Archived, "version": e.version.Version,
			"changelog": e.version.Changelog, "plugin_version_archived": e.version.Archived, "private": e.version.Private,
			"date_created": x.Created, "url": self(c.url, p.SID),
		})
	}
	return page(a, c, "plugins", entries)
}

func (a *API) listReleases(c *call) (int, any, *failure) {
	return page(a, c, "releases", newest(a.releases))
}

func (a *API) createRelease(c *call) (int, any, *failure) {
	x, wrong := a.pluginConfiguration(c.get("ConfigurationId"))
	if wrong != nil {
		return 0, nil, invalid("there is no configuration %s", c.get("ConfigurationId"))
	}
	sid := a.sid("FK")
	r := &release{SID: sid, AccountSID: x.AccountSID, ConfigurationSID: x.SID, Created: stamp(a.tick()), URL: self(c.url, sid)}
	a.releases = append(a.releases, r)
	return http.StatusCreated, r, nil
}
