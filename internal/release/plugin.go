package release

import (
	"fmt"
	"net/http"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

const description = "Opens a Salesforce Case for every conversation and logs its stages"

// findPlugin returns the plugin, and false where the account has none.
func (s *session) findPlugin() (flex.FlexV1Plugin, bool, error) {
	found, err := s.flex.FetchPlugin(Plugin, nil)
	if status(err) == http.StatusNotFound {
		return flex.FlexV1Plugin{}, false, nil
	}
	if err != nil {
		return flex.FlexV1Plugin{}, false, clean(err)
	}
	return *found, true, nil
}

func (s *session) findVersion(plugin, version string) (flex.FlexV1PluginVersion, bool, error) {
	if plugin == "" {
		return flex.FlexV1PluginVersion{}, false, nil
	}
	found, err := s.flex.FetchPluginVersion(plugin, version, nil)
	if status(err) == http.StatusNotFound {
		return flex.FlexV1PluginVersion{}, false, nil
	}
	if err != nil {
		return flex.FlexV1PluginVersion{}, false, clean(err)
	}
	return *found, true, nil
}

// admit refuses, before anything is changed, a version that can never be released.
func (s *session) admit(version, url string) error {
	p, ok, err := s.findPlugin()
	if err != nil || !ok {
		return err
	}
	if is(p.Archived) {
		return refuse("the plugin %s is archived in this account, and Twilio takes no archived plugin back: ask Twilio's support to restore it", Plugin)
	}
	v, ok, err := s.findVersion(is(p.Sid), version)
	if err != nil || !ok {
		return err
	}
	return admitVersion(v, url)
}

func admitVersion(v flex.FlexV1PluginVersion, url string) error {
	switch {
	case is(v.Archived):
		return refuse("version %s is archived in this account: give this one a version of its own with --version", is(v.Version))
	case is(v.PluginUrl) != url:
		return refuse("version %s is registered already, at another address (%s): give this one a version of its own with --version", is(v.Version), is(v.PluginUrl))
	}
	return nil
}

// ensurePlugin returns the plugin, and registers it where it is not there.
func (s *session) ensurePlugin() (flex.FlexV1Plugin, error) {
	step := post(flexHost, "/v1/PluginService/Plugins", fmt.Sprintf("register the plugin %q", Plugin))
	return ensure(s, step, s.findPlugin, func() (flex.FlexV1Plugin, error) {
		made, err := s.flex.CreatePlugin(&flex.CreatePluginParams{UniqueName: ptr(Plugin), FriendlyName: ptr(Plugin), Description: ptr(description)})
		return is(made), err
	})
}

// ensureVersion returns a version of the plugin that is at a URL.
func (s *session) ensureVersion(plugin string, o DeployOptions, url string) (flex.FlexV1PluginVersion, error) {
	version := o.Artifact.Version
	step := post(flexHost, fmt.Sprintf("/v1/PluginService/Plugins/%s/Versions", or(plugin, "FP")), fmt.Sprintf("register version %s", version))
	v, err := ensure(s, step, func() (flex.FlexV1PluginVersion, bool, error) {
		return s.findVersion(plugin, version)
	}, func() (flex.FlexV1PluginVersion, error) {
		params := &flex.CreatePluginVersionParams{
			Version: &version, PluginUrl: &url, Private: ptr(!o.Public), Changelog: &o.Changelog, CliVersion: ptr("flexcase/" + o.Tool),
		}
		if o.Smoked {
			params.ValidateStatus = ptr("success")
		}
		made, err := s.flex.CreatePluginVersion(plugin, params)
		return is(made), err
	})
	if err != nil || s.plan != nil && is(v.Sid) == "" {
		return v, err
	}
	return v, admitVersion(v, url)
}
