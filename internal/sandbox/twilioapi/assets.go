package twilioapi

import (
	"net/http"
	"strings"
)

type asset struct {
	SID          string `json:"sid"`
	AccountSID   string `json:"account_sid"`
	ServiceSID   string `json:"service_sid"`
	FriendlyName string `json:"friendly_name"`
	Created      string `json:"date_created"`
	Updated      string `json:"date_updated"`
	URL          string `json:"url"`
}

type assetVersion struct {
	SID        string `json:"sid"`
	AccountSID string `json:"account_sid"`
	ServiceSID string `json:"service_sid"`
	AssetSID   string `json:"asset_sid"`
	Path       string `json:"path"`
	Visibility string `json:"visibility"`
	Created    string `json:"date_created"`
	URL        string `json:"url"`

	kind string
}

// maxAsset is how large a public or protected asset may be.
const maxAsset = 25 << 20

func (a *API) asset(c *call) (*asset, *failure) {
	return by(a.assets, c.ids["ZH"], func(x *asset) string {
		if x.ServiceSID != c.ids["ZS"] {
			return ""
		}
		return x.SID
	})
}

func (a *API) listAssets(c *call) (int, any, *failure) {
	if _, wrong := a.service(c); wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "assets", within(a.assets, func(x *asset) bool { return x.ServiceSID == c.ids["ZS"] }))
}

func (a *API) createAsset(c *call) (int, any, *failure) {
	s, wrong := a.service(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	if wrong := c.limit("FriendlyName", 255); wrong != nil {
		return 0, nil, wrong
	}
	now, sid := stamp(a.tick()), a.sid("ZH")
	x := &asset{
		SID: sid, AccountSID: s.AccountSID, ServiceSID: s.SID, FriendlyName: c.get("FriendlyName"),
		Created: now, Updated: now, URL: self(c.url, sid),
	}
	a.assets = append(a.assets, x)
	return http.StatusCreated, x, nil
}

func (a *API) getAsset(c *call) (int, any, *failure) {
	x, wrong := a.asset(c)
	return http.StatusOK, x, wrong
}

func (a *API) listAssetVersions(c *call) (int, any, *failure) {
	if _, wrong := a.asset(c); wrong != nil {
		return 0, nil, wrong
	}
	return page(a, c, "asset_versions", within(a.versions, func(v *assetVersion) bool { return v.AssetSID == c.ids["ZH"] }))
}

func (a *API) createAssetVersion(c *call) (int, any, *failure) {
	x, wrong := a.asset(c)
	if wrong != nil {
		return 0, nil, wrong
	}
	path := c.get("Path")
	if !strings.HasPrefix(path, "/") || len(path) > 255 || strings.ContainsAny(path, " \"#%<>?[]^{|}\\") {
		return 0, nil, invalid("Path must begin with / and hold only what a URL may")
	}
	visibility := strings.ToLower(c.get("Visibility"))
	switch visibility {
	case "public", "private", "protected":
	default:
		return 0, nil, invalid("Visibility must be public, private or protected")
	}
	if len(c.file) == 0 || len(c.file) > maxAsset {
		return 0, nil, invalid("Content must be from 1 byte to 25 MB")
	}
	sid := a.sid("ZN")
	v := &assetVersion{
		SID: sid, AccountSID: x.AccountSID, ServiceSID: x.ServiceSID, AssetSID: x.SID, Path: path, Visibility: visibility,
		Created: stamp(a.tick()), URL: self(c.url, sid), kind: c.kind,
	}
	a.versions = append(a.versions, v)
	a.content[sid] = c.file
	return http.StatusCreated, v, nil
}
