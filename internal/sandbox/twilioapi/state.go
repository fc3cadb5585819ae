package twilioapi

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// State returns the whole account in words, without the ids and times that
// differ from run to run: two accounts with the same State are the same to an
// administrator. Its last part is what agents get.
func (a *API) State() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var s strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", args...) }
	for _, x := range a.services {
		line("service %s %q", x.UniqueName, x.FriendlyName)
	}
	sids := string(a.configuration["serverless_service_sids"])
	for _, x := range a.services {
		sids = strings.ReplaceAll(sids, x.SID, x.UniqueName)
	}
	line("registered %s", sids)
	line("ui_attributes %s", a.configuration["ui_attributes"])
	for _, x := range a.assets {
		line("asset %s", x.FriendlyName)
		for _, v := range a.versions {
			if v.AssetSID == x.SID {
				line("  %s", a.file(v))
			}
		}
	}
	for _, b := range a.builds {
		line("build %s", a.files(b))
	}
	for _, d := range a.deployments {
		line("deployment plugin=%v", d.plugin)
	}
	for _, x := range a.configurations {
		line("configuration %q %q: %s", x.Name, x.Description, a.entries(x))
	}
	return s.String() + a.served()
}

// Served returns what agents get, in words: what is hosted, which versions there
// are, and what is released.
func (a *API) Served() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.served()
}

func (a *API) served() string {
	var s strings.Builder
	for _, e := range a.environments {
		for _, b := range a.builds {
			if e.BuildSID != nil && *e.BuildSID == b.SID {
				fmt.Fprintf(&s, "hosted by %s: %s\n", e.UniqueName, a.files(b))
			}
		}
	}
	for _, p := range a.plugins {
		fmt.Fprintf(&s, "plugin %s %q %q\n", p.UniqueName, p.FriendlyName, p.Description)
		for _, v := range a.versionsOf(p) {
			fmt.Fprintf(&s, "  version %s private=%v validated=%v %q by %q at %s\n", v.Version, v.Private, v.Validated, v.Changelog, v.cli, a.hosted(v.PluginURL))
		}
	}
	for i, r := range a.releases {
		x, _ := a.pluginConfiguration(r.ConfigurationSID)
		fmt.Fprintf(&s, "release %d: %s\n", i+1, a.entries(x))
	}
	return s.String()
}

// Released returns the active release: "name version phase", in order.
func (a *API) Released() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.releases) == 0 {
		return nil
	}
	x, _ := a.pluginConfiguration(a.releases[len(a.releases)-1].ConfigurationSID)
	return strings.Split(a.entries(x), ", ")
}

func (a *API) entries(x *configuration) string {
	var all []string
	for _, e := range x.plugins {
		p, _ := by(a.plugins, e.version.PluginSID, func(p *plugin) string { return p.SID })
		all = append(all, fmt.Sprintf("%s %s %d", p.UniqueName, e.version.Version, e.phase))
	}
	return strings.Join(all, ", ")
}

func (a *API) file(v *assetVersion) string {
	return fmt.Sprintf("%s %s %s %.4x", v.Path, v.Visibility, v.kind, sha256.Sum256(a.content[v.SID]))
}

// files says what is in a build. Which order they are in is nobody's concern.
func (a *API) files(b *build) string {
	var all []string
	for _, v := range b.Assets {
		all = append(all, a.file(v))
	}
	for _, f := range b.Functions {
		all = append(all, "function "+f.Path)
	}
	for _, d := range b.Dependencies {
		all = append(all, d.Name+"@"+d.Version)
	}
	slices.Sort(all)
	return fmt.Sprintf("[%s] %s %s", strings.Join(all, "; "), b.Runtime, b.Status)
}

// hosted replaces the random part of a host by the environment it belongs to, and
// says so where a URL leads to nothing.
func (a *API) hosted(u string) string {
	for _, e := range a.environments {
		path, ok := strings.CutPrefix(u, "https://"+e.DomainName)
		if !ok {
			continue
		}
		for _, b := range a.builds {
			if e.BuildSID == nil || *e.BuildSID != b.SID {
				continue
			}
			for _, v := range b.Assets {
				if v.Path == path {
					return fmt.Sprintf("%s in %s %.4x", path, e.UniqueName, sha256.Sum256(a.content[v.SID]))
				}
			}
		}
		return path + " NOT THERE"
	}
	return u
}
