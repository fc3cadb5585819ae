package release

import (
	"context"
	"strings"
)

// Rollback releases an earlier version again, with the other plugins as they are
// now. Where no version is named it is the one before the newest change of this
// plugin's; called again, it does not go back further. It errors where there is no
// such version, or its files are gone: a [*Refusal].
func (a *Account) Rollback(ctx context.Context, to string) (*Published, error) {
	return a.session(ctx).rollback(to)
}

// Remove takes the plugin out of the release. Its versions and files stay.
func (a *Account) Remove(ctx context.Context) (*Published, error) {
	return a.session(ctx).publish(change{verb: "remove"})
}

func (s *session) rollback(to string) (*Published, error) {
	past, err := s.history(enough)
	if err != nil {
		return nil, err
	}
	if len(past) == 0 {
		return nil, refuse("nothing was ever released in this account: there is nothing to go back to")
	}
	if to == "" {
		if past[0].verb == "rollback" {
			p := &Published{To: past[0].version, Already: true}
			if len(past) > 1 {
				p.From = past[1].version
			}
			return p, nil
		}
		for _, earlier := range past[1:] {
			if earlier.version != "" {
				to = earlier.version
				break
			}
		}
		if to == "" {
			return nil, refuse("there is no version before %s: take the plugin out with `flexcase remove`", either(past[0].version, "this"))
		}
	}
	plugin, ok, err := s.findPlugin()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, refuse("this account has no plugin %s: deploy it with `flexcase deploy`", Plugin)
	}
	version, ok, err := s.findVersion(is(plugin.Sid), to)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, refuse("there is no version %s in this account: `flexcase status` lists those there are", to)
	case is(version.Archived):
		return nil, refuse("version %s is archived in this account: choose another with --to", to)
	}
	if err := s.reachable(is(version.PluginUrl), to); err != nil {
		return nil, err
	}
	return s.publish(change{verb: "rollback", plugin: is(plugin.Sid), version: is(version.Sid), to: to})
}

// reachable refuses a version whose file is no longer served. A file that is kept
// elsewhere is its owner's concern.
func (s *session) reachable(url, version string) error {
	h, err := s.findHosting()
	if err != nil {
		return err
	}
	at, here := strings.CutPrefix(url, "https://"+is(h.environment.DomainName))
	if !here || is(h.environment.DomainName) == "" {
		return nil
	}
	if _, ok, err := s.hosted(h, at); err != nil || ok {
		return err
	}
	return refuse("the file of version %s is no longer served: deploy that version again from its tag", version)
}

// era is a time in which one version of the plugin was released.
type era struct {
	version string // empty where it was not in the release
	since   released
	verb    string // what began it, where flexcase did
	by      string
}

// history returns the newest eras of this plugin, the present one first.
func (s *session) history(n int) ([]era, error) {
	all, err := s.releases(recently)
	if err != nil {
		return nil, err
	}
	var eras []era
	for i, r := range all {
		entries, err := s.configured(r.configuration)
		if err != nil {
			return nil, err
		}
		version := versionOf(entries)
		if i == 0 || eras[len(eras)-1].version != version {
			if len(eras) == n {
				break
			}
			eras = append(eras, era{version: version})
		}
		eras[len(eras)-1].since = r // the oldest release of it began it
	}
	for i := range eras {
		c, err := s.flex.FetchPluginConfiguration(eras[i].since.configuration, nil)
		if err != nil {
			return nil, clean(err)
		}
		eras[i].verb, eras[i].by, _ = readNote(is(c.Description))
	}
	return eras, nil
}

// enough is how many eras a rollback looks back.
const enough = 5
