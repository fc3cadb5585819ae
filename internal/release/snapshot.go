package release

import (
	"context"
	"encoding/json"
	"time"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// Snapshot is everything about the plugin that an account says, read and not
// judged.
type Snapshot struct {
	Account       string
	UIVersion     string
	RuntimeDomain string
	PluginService bool
	Integrations  []string // of Flex's own, those that are on
	// Settings are those of this plugin; nil where there are none, and SettingsErr
	// says why they cannot be read.
	Settings    json.RawMessage
	SettingsErr error

	Registered bool // whether the account has the plugin at all
	Archived   bool
	Versions   []Version

	Released *Entry // in the active release; nil where it is not there
	Others   []Entry
	Since    time.Time
	By       string // who released it; empty where that is not recorded
	Verb     string // how

	Hosted map[string]Hosted // by path
	// ServiceKnown is whether Flex knows the service that the files are in.
	ServiceKnown bool
}

// Version is one version of the plugin that the account has.
type Version struct {
	Version  string    `json:"version"`
	URL      string    `json:"url"`
	Private  bool      `json:"private"`
	Archived bool      `json:"archived"`
	Created  time.Time `json:"created"`
}

// Hosted is a file that is served.
type Hosted struct {
	Bytes      int
	Digest     string // empty where flexcase did not upload it
	Visibility string
}

// Look reads the account. It changes nothing.
func (a *Account) Look(ctx context.Context) (Snapshot, error) {
	s := a.session(ctx)
	var shot Snapshot
	c, err := s.config()
	if err != nil {
		return shot, err
	}
	shot = Snapshot{
		Account: c.AccountSID, UIVersion: c.UIVersion, RuntimeDomain: c.RuntimeDomain, Integrations: c.integrations(),
		PluginService: c.PluginService == nil || *c.PluginService,
	}
	shot.Settings, shot.SettingsErr = child(c.UI, settingsPath)
	if err := s.lookAtPlugin(&shot); err != nil {
		return shot, err
	}
	return shot, s.lookAtHosting(&shot, c)
}

func (s *session) lookAtPlugin(shot *Snapshot) error {
	plugin, ok, err := s.findPlugin()
	if err != nil {
		return err
	}
	if ok {
		shot.Registered, shot.Archived = true, is(plugin.Archived)
		versions, err := s.flex.ListPluginVersion(is(plugin.Sid), &flex.ListPluginVersionParams{PageSize: ptr(listPage)})
		if err != nil {
			return clean(err)
		}
		for _, v := range versions {
			shot.Versions = append(shot.Versions, Version{is(v.Version), is(v.PluginUrl), is(v.Private), is(v.Archived), is(v.DateCreated)})
		}
	}
	active, err := s.releases(1)
	if err != nil {
		return err
	}
	entries, err := s.entries(active)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if ours(e) {
			shot.Released = &e
		} else {
			shot.Others = append(shot.Others, e)
		}
	}
	if len(active) == 0 {
		return nil
	}
	past, err := s.history(1)
	if err != nil {
		return err
	}
	shot.Since, shot.Verb, shot.By = past[0].since.at, past[0].verb, past[0].by
	return nil
}

func (s *session) lookAtHosting(shot *Snapshot, c flexConfig) error {
	h, err := s.findHosting()
	if err != nil {
		return err
	}
	for _, sid := range c.Services {
		shot.ServiceKnown = shot.ServiceKnown || sid == h.service && sid != ""
	}
	shot.Hosted = map[string]Hosted{}
	if h.build == nil || shot.Released == nil {
		return nil
	}
	for _, f := range []string{"bundle.js", "bundle.js.map"} {
		at := path(shot.Released.Version, f)
		file, ok, err := s.hosted(h, at)
		if err != nil {
			return err
		}
		if ok {
			shot.Hosted["https://"+is(h.environment.DomainName)+at] = Hosted{file.bytes, file.digest, file.visibility}
		}
	}
	return nil
}
