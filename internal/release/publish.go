package release

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// Entry is one plugin of a release.
type Entry struct {
	Plugin     string `json:"plugin"`
	Version    string `json:"version"`
	URL        string `json:"url"`
	PluginSID  string `json:"plugin_sid"`
	VersionSID string `json:"version_sid"`
	Phase      int    `json:"phase"`
	Archived   bool   `json:"archived"`
}

// change is what is to be different in the next release: this plugin's version.
type change struct {
	verb            string // deploy, rollback or remove
	plugin, version string // SIDs; no version to take it out
	to              string // the version, in words
}

// firstPhase is when plugins of ours are started: Twilio's default.
const firstPhase = 3

// apply returns the plugins of the next release. Those of others stay as they are,
// where they are.
func (c change) apply(entries []Entry) []Entry {
	next := slices.Clone(entries)
	i := slices.IndexFunc(next, ours)
	switch {
	case c.to == "" && i >= 0:
		return slices.Delete(next, i, i+1)
	case c.to == "":
		return next
	case i >= 0:
		next[i].VersionSID, next[i].Version = c.version, c.to
		return next
	}
	return append(next, Entry{Plugin: Plugin, PluginSID: c.plugin, VersionSID: c.version, Version: c.to, Phase: firstPhase})
}

func ours(e Entry) bool { return e.Plugin == Plugin }

// version returns which version of this plugin is among others, or "".
func versionOf(entries []Entry) string {
	if i := slices.IndexFunc(entries, ours); i >= 0 {
		return entries[i].Version
	}
	return ""
}

func sameEntries(a, b []Entry) bool {
	return slices.EqualFunc(a, b, func(x, y Entry) bool { return x.VersionSID == y.VersionSID && x.Phase == y.Phase })
}

// Published is what became of a release.
type Published struct {
	From string `json:"from"` // the version before; empty for none
	To   string `json:"to"`   // the version now; empty for none
	// Already is whether it was so before.
	Already bool `json:"already"`
	// Superseded is the version that somebody else has released right afterwards,
	// and that was left alone.
	Superseded string  `json:"superseded,omitempty"`
	Others     []Entry `json:"others"`
}

// publish makes a configuration with the change and releases it. A configuration
// is whole, like a build: one made from an old release takes back what came in
// between. So after the release it is looked whether there was another one, and
// if so the change is made to that one too.
func (s *session) publish(c change) (*Published, error) {
	before, err := s.releases(1)
	if err != nil {
		return nil, err
	}
	base, err := s.entries(before)
	if err != nil {
		return nil, err
	}
	p := &Published{From: versionOf(base), To: c.to, Already: true}
	last := ""
	if len(before) > 0 {
		last = before[0].sid
	}
	for range rounds {
		want := c.apply(base)
		p.Others = slices.DeleteFunc(slices.Clone(want), ours)
		if sameEntries(want, base) {
			return p, nil
		}
		p.Already = false
		mine, err := s.release(c, p.From, want)
		if err != nil || s.plan != nil {
			return p, err
		}
		news, err := s.since(last)
		if err != nil {
			return nil, err
		}
		others := slices.DeleteFunc(slices.Clone(news), func(r released) bool { return r.sid == mine })
		if len(others) == 0 {
			return p, nil
		}
		theirs, err := s.entries(others[:1])
		if err != nil {
			return nil, err
		}
		if v := versionOf(theirs); news[0].sid != mine && v != versionOf(base) {
			p.Superseded = v
			if v == c.to {
				p.Superseded = ""
			}
			return p, nil
		}
		s.options.Progress("somebody else has released meanwhile: putting both together")
		active, err := s.entries(news[:1])
		if err != nil {
			return nil, err
		}
		if sameEntries(c.apply(theirs), active) {
			return p, nil
		}
		base, last = theirs, news[0].sid
	}
	return nil, errors.New("release: others keep releasing: run it again when they are done")
}

// release makes the configuration and releases it, and returns the release's SID.
func (s *session) release(c change, from string, want []Entry) (string, error) {
	cfg, err := s.configuration(c, from, want)
	if err != nil {
		return "", err
	}
	step := post(flexHost, "/v1/PluginService/Releases", "release the configuration to every agent")
	return ensure(s, step, func() (string, bool, error) {
		if cfg == "" {
			return "", false, nil
		}
		active, err := s.releases(1)
		if err != nil || len(active) == 0 {
			return "", false, err
		}
		return active[0].sid, active[0].configuration == cfg, nil
	}, func() (string, error) {
		made, err := s.flex.CreatePluginRelease(&flex.CreatePluginReleaseParams{ConfigurationId: &cfg})
		if err != nil {
			return "", err
		}
		return is(made.Sid), nil
	})
}

// configuration returns the SID of a configuration with these plugins.
func (s *session) configuration(c change, from string, want []Entry) (string, error) {
	name := clip(Plugin+" "+either(c.to, "removed"), maxName)
	note := s.note(c.verb, from, c.to)
	what := fmt.Sprintf("make a configuration of %d plugins, with %s %s", len(want), Plugin, c.to)
	if c.to == "" {
		what = fmt.Sprintf("make a configuration of %d plugins, without %s", len(want), Plugin)
	}
	step := post(flexHost, "/v1/PluginService/Configurations", what)
	return ensure(s, step, func() (string, bool, error) {
		if slices.ContainsFunc(want, func(e Entry) bool { return e.VersionSID == "" }) {
			return "", false, nil
		}
		recent, err := s.flex.ListPluginConfiguration(&flex.ListPluginConfigurationParams{Limit: ptr(recently)})
		if err != nil {
			return "", false, err
		}
		for _, one := range recent {
			if is(one.Name) != name || is(one.Description) != note || is(one.Archived) {
				continue
			}
			have, err := s.configured(is(one.Sid))
			if err != nil {
				return "", false, err
			}
			if sameEntries(have, want) {
				return is(one.Sid), true, nil
			}
		}
		return "", false, nil
	}, func() (string, error) {
		var plugins []any
		for _, e := range want {
			plugins = append(plugins, map[string]any{"plugin_version": e.VersionSID, "phase": e.Phase})
		}
		made, err := s.flex.CreatePluginConfiguration(&flex.CreatePluginConfigurationParams{Name: &name, Description: &note, Plugins: &plugins})
		if err != nil {
			return "", err
		}
		return is(made.Sid), nil
	})
}

// recently is how many configurations or releases are looked through.
const recently = 50

// configured returns the plugins of a configuration, in order.
func (s *session) configured(sid string) ([]Entry, error) {
	all, err := s.flex.ListConfiguredPlugin(sid, &flex.ListConfiguredPluginParams{PageSize: ptr(listPage)})
	if err != nil {
		return nil, clean(err)
	}
	var entries []Entry
	for _, one := range all {
		if is(one.PluginVersionSid) == "" {
			text, _ := json.Marshal(one)
			return nil, fmt.Errorf("release: configuration %s has a plugin that names no version: %s", sid, text)
		}
		entries = append(entries, Entry{
			Plugin: is(one.UniqueName), Version: is(one.Version), URL: is(one.PluginUrl), Phase: one.Phase,
			PluginSID: is(one.PluginSid), VersionSID: is(one.PluginVersionSid), Archived: is(one.PluginArchived) || is(one.PluginVersionArchived),
		})
	}
	return entries, nil
}
