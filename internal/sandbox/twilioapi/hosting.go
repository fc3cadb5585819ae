package twilioapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

type service struct {
	SID          string `json:"sid"`
	AccountSID   string `json:"account_sid"`
	UniqueName   string `json:"unique_name"`
	FriendlyName string `json:"friendly_name"`
	DomainBase   string `json:"domain_base"`
	UIEditable   bool   `json:"ui_editable"`
	Credentials  bool   `json:"include_credentials"`
	Created      string `json:"date_created"`
	Updated      string `json:"date_updated"`
	URL          string `json:"url"`
}

type environment struct {
	SID          string  `json:"sid"`
	AccountSID   string  `json:"account_sid"`
	ServiceSID   string  `json:"service_sid"`
	BuildSID     *string `json:"build_sid"`
	UniqueName   string  `json:"unique_name"`
	DomainSuffix string  `json:"domain_suffix"`
	DomainName   string  `json:"domain_name"`
	Created      string  `json:"date_created"`
	Updated      string  `json:"date_updated"`
	URL          string  `json:"url"`
}

type functionVersion struct {
	SID        string `json:"sid"`
	AccountSID string `json:"account_sid"`
	ServiceSID string `json:"service_sid"`
	Path       string `json:"path"`
	Visibility string `json:"visibility"`
	Created    string `json:"date_created"`
}

type build struct {
	SID          string             `json:"sid"`
	AccountSID   string             `json:"account_sid"`
	ServiceSID   string             `json:"service_sid"`
	Status       string             `json:"status"`
	Assets       []*assetVersion    `json:"asset_versions"`
	Functions    []*functionVersion `json:"function_versions"`
	Dependencies []dependency       `json:"dependencies"`
	Runtime      string             `json:"runtime"`
	Created      string             `json:"date_created"`
	Updated      string             `json:"date_updated"`
	URL          string             `json:"url"`

	polls int
}

type dependency struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type deployment struct {
	SID            string `json:"sid"`
	AccountSID     string `json:"account_sid"`
	ServiceSID     string `json:"service_sid"`
	EnvironmentSID string `json:"environment_sid"`
	BuildSID       string `json:"build_sid"`
	Created        string `json:"date_created"`
	Updated        string `json:"date_updated"`
	URL            string `json:"url"`

	plugin bool
}

// by returns the thing with an id.
func by[T any](all []*T, sid string, id func(*T) string) (*T, *failure) {
	for _, item := range all {
		if id(item) == sid {
			return item, nil
		}
	}
	return nil, notFound(sid)
}

func (a *API) service(c *call) (*service, *failure) {
	return by(a.services, c.ids["ZS"], func(s *service) string { return s.SID })
}

func (a *API) environment(c *call) (*environment, *failure) {
	return by(a.environments, c.ids["ZE"], func(e *environment) string {
		if e.ServiceSID != c.ids["ZS"] {
			return ""
		}
		return e.SID
	})
}

func (a *API) listServices(c *call) (int, any, *failure) { return page(a, c, "services", a.services) }

func (a *API) createService(c *call) (int, any, *failure) {
	for _, s := range a.services {
		if s.UniqueName == c.get("UniqueName") {
			return 0, nil, conflict("Service with unique name %s exists", s.UniqueName)
		}
	}
	editable, wrong := c.flag("UiEditable", false)
	if wrong != nil {
		return 0, nil, wrong
	}
	credentials, wrong := c.flag("IncludeCredentials", true)
	if wrong != nil {
		return 0, nil, wrong
	}
	now, sid := stamp(a.tick()), a.sid("ZS")
	s := &service{
		SID: sid, AccountSID: a.options.AccountSID, UniqueName: c.get("UniqueName"), FriendlyName: c.get("FriendlyName"),
		DomainBase: fmt.Sprintf("%s-%04d", c.get("UniqueName"), a.next), UIEditable: editable, Credentials: credentials,
		Created: now, Updated: now, URL: self(c.url, sid),
	}
	a.services = append(a.services, s)
	return http.StatusCreated, s, nil
}

func (a *API) getService(c *call) (int, any, *failure) {
	s, wrong := a.service(c)
	return http.StatusOK, s, wrong
}

func (a *API) listEnvironments(c *call) (int, any, *failure) {
	if _, wrong := a.service(c); wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "environments", within(a.environments, func(e *environment) bool { return e.ServiceSID == c.ids["ZS"] }))
}

func (a *API) createEnvironment(c *call) (int, any, *failure) {
	s, wrong := a.service(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	suffix := c.get("DomainSuffix")
	if len(suffix) > 16 || strings.Trim(suffix, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return 0, nil, invalid("DomainSuffix must be at most 16 letters, digits and hyphens")
	}
	for _, e := range a.environments {
		if e.ServiceSID == s.SID && (e.UniqueName == c.get("UniqueName") || e.DomainSuffix == suffix) {
			return 0, nil, conflict("Environment with this unique name or domain suffix exists")
		}
	}
	domain := s.DomainBase
	if suffix != "" {
		domain += "-" + suffix
	}
	now, sid := stamp(a.tick()), a.sid("ZE")
	e := &environment{
		SID: sid, AccountSID: s.AccountSID, ServiceSID: s.SID, UniqueName: c.get("UniqueName"), DomainSuffix: suffix,
		DomainName: domain + ".twil.io", Created: now, Updated: now, URL: self(c.url, sid),
	}
	a.environments = append(a.environments, e)
	return http.StatusCreated, e, nil
}

func (a *API) getEnvironment(c *call) (int, any, *failure) {
	e, wrong := a.environment(c)
	return http.StatusOK, e, wrong
}

func (a *API) listBuilds(c *call) (int, any, *failure) {
	if _, wrong := a.service(c); wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "builds", within(a.builds, func(b *build) bool { return b.ServiceSID == c.ids["ZS"] }))
}

func (a *API) createBuild(c *call) (int, any, *failure) {
	s, wrong := a.service(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	now, sid := stamp(a.tick()), a.sid("ZB")
	b := &build{
		SID: sid, AccountSID: s.AccountSID, ServiceSID: s.SID, Status: "building", Runtime: "node22",
		Assets: []*assetVersion{}, Functions: []*functionVersion{}, Dependencies: []dependency{},
		Created: now, Updated: now, URL: self(c.url, sid),
	}
	switch v := c.get("Runtime"); v {
	case "", "latest":
	case "node18", "node20", "node22":
		b.Runtime = v
	default:
		return 0, nil, invalid("Runtime %s is not supported", v)
	}
	if v := c.get("Dependencies"); v != "" {
		if err := json.Unmarshal([]byte(v), &b.Dependencies); err != nil {
			return 0, nil, invalid("Dependencies is not a JSON list of name and version")
		}
	}
	paths := map[string]bool{}
	for _, sid := range c.values["AssetVersions"] {
		v, wrong := by(a.versions, sid, func(v *assetVersion) string { return v.SID })
		if wrong != nil || v.ServiceSID != s.SID {
			return 0, nil, invalid("Asset version %s is not in this service", sid)
		}
		if paths[v.Path] {
			return 0, nil, invalid("two files have the path %s", v.Path)
		}
		paths[v.Path] = true
		b.Assets = append(b.Assets, v)
	}
	for _, sid := range c.values["FunctionVersions"] {
		v, wrong := by(a.functions, sid, func(v *functionVersion) string { return v.SID })
		if wrong != nil || v.ServiceSID != s.SID {
			return 0, nil, invalid("Function version %s is not in this service", sid)
		}
		b.Functions = append(b.Functions, v)
	}
	if len(b.Assets)+len(b.Functions) == 0 {
		return 0, nil, invalid("a build needs a function version or an asset version")
	}
	a.builds = append(a.builds, b)
	return http.StatusCreated, b, nil
}

// built returns a build, one look nearer to its end.
func (a *API) built(c *call) (*build, *failure) {
	b, wrong := by(a.builds, c.ids["ZB"], func(b *build) string { return b.SID })
	if wrong != nil || b.ServiceSID != c.ids["ZS"] {
		return nil, notFound(c.url.Path)
	}
	if b.Status == "building" {
		if b.polls++; b.polls > a.options.BuildPolls {
			b.Status = "completed"
		}
	}
	return b, nil
}

func (a *API) getBuild(c *call) (int, any, *failure) {
	b, wrong := a.built(c)
	return http.StatusOK, b, wrong
}

func (a *API) getBuildStatus(c *call) (int, any, *failure) {
	b, wrong := a.built(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	return http.StatusOK, map[string]any{
		"sid": b.SID, "account_sid": b.AccountSID, "service_sid": b.ServiceSID, "status": b.Status, "url": self(c.url),
	}, nil
}

func (a *API) listDeployments(c *call) (int, any, *failure) {
	if _, wrong := a.environment(c); wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "deployments", within(a.deployments, func(d *deployment) bool { return d.EnvironmentSID == c.ids["ZE"] }))
}

func (a *API) createDeployment(c *call) (int, any, *failure) {
	e, wrong := a.environment(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	if !isSID("ZB", c.get("BuildSid")) {
		return 0, nil, invalid("BuildSid is not the SID of a build")
	}
	plugin, wrong := c.flag("IsPlugin", false)
	if wrong != nil {
		return 0, nil, wrong
	}
	b, wrong := by(a.builds, c.get("BuildSid"), func(b *build) string { return b.SID })
	if wrong != nil || b.ServiceSID != e.ServiceSID {
		return 0, nil, invalid("Build %s is not in this service", c.get("BuildSid"))
	}
	if b.Status != "completed" {
		return 0, nil, invalid("Build %s is %s and cannot be deployed", b.SID, b.Status)
	}
	now, sid := stamp(a.tick()), a.sid("ZD")
	d := &deployment{
		SID: sid, AccountSID: e.AccountSID, ServiceSID: e.ServiceSID, EnvironmentSID: e.SID, BuildSID: b.SID,
		Created: now, Updated: now, URL: self(c.url, sid), plugin: plugin,
	}
	a.deployments = append(a.deployments, d)
	e.BuildSID, e.Updated = &b.SID, now
	return http.StatusCreated, d, nil
}

func within[T any](all []*T, in func(*T) bool) []*T {
	return slices.DeleteFunc(slices.Clone(all), func(item *T) bool { return !in(item) })
}
