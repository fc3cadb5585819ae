package release

import (
	"context"
	"fmt"
	"strings"

	"flexcaselog/internal/release/patience"
)

// DeployOptions say what is deployed, and how.
type DeployOptions struct {
	Artifact  Artifact
	Changelog string // what is new in it; a default where it is empty
	Public    bool   // whether anybody may download it; agents only, otherwise
	NoRelease bool   // whether it is only put there
	Smoked    bool   // whether it was run before
	Tool      string // the version of this program
}

// Limits of the Plugins API.
const (
	maxChangelog   = 1000
	maxDescription = 500
	maxName        = 100
)

// Deployed is what a deployment came to.
type Deployed struct {
	Account string `json:"account"`
	Version string `json:"version"`
	URL     string `json:"url"`
	Digest  string `json:"sha256"`
	// Changed is whether there was anything to do.
	Changed bool `json:"changed"`
	// Published is what became of the release; nil where none was wanted.
	Published *Published `json:"release,omitempty"`
	// Plan is what would be done, of a dry run.
	Plan *Plan `json:"plan,omitempty"`
}

// Deploy puts an artifact into the account and releases it to every agent. It
// errors, without harm, where the version is there with other bytes: a [*Refusal].
func (a *Account) Deploy(ctx context.Context, o DeployOptions) (Deployed, error) {
	return a.session(ctx).deploy(o)
}

// PlanDeploy returns what Deploy would do, and changes nothing.
func (a *Account) PlanDeploy(ctx context.Context, o DeployOptions) (Deployed, error) {
	s := a.session(ctx)
	s.plan = &Plan{Steps: []Step{}}
	d, err := s.deploy(o)
	d.Plan = s.plan
	return d, err
}

func (s *session) deploy(o DeployOptions) (Deployed, error) {
	d := Deployed{Account: s.credentials.AccountSID, Version: o.Artifact.Version, Digest: o.Artifact.Files[0].Digest()}
	if o.Changelog == "" {
		o.Changelog = Plugin + " " + o.Artifact.Version
	}
	if len([]rune(o.Changelog)) > maxChangelog {
		return d, refuse("the changelog has more than %d characters, which is all that Twilio keeps: shorten it", maxChangelog)
	}
	err := s.put(&d, o)
	d.Changed = s.changed
	return d, err
}

// put does it, and fills in what came of it on the way.
func (s *session) put(d *Deployed, o DeployOptions) error {
	h, err := s.ensureHosting()
	if err != nil {
		return err
	}
	d.URL = "https://" + either(is(h.environment.DomainName), "…") + path(o.Artifact.Version, o.Artifact.Files[0].Name)
	if err := s.admit(o.Artifact.Version, d.URL); err != nil {
		return err
	}
	visibility := protected
	if o.Public {
		visibility = public
	}
	there, err := s.settled(h, o.Artifact, visibility)
	if err != nil {
		return err
	}
	if !there {
		files, err := s.uploaded(h, o.Artifact, visibility)
		if err != nil {
			return err
		}
		if err := s.stay(h, o.Artifact, visibility, files); err != nil {
			return err
		}
	}
	if err := s.register(h.service, h.gone); err != nil {
		return err
	}
	plugin, err := s.ensurePlugin()
	if err != nil {
		return err
	}
	version, err := s.ensureVersion(is(plugin.Sid), o, d.URL)
	if err != nil {
		return err
	}
	if o.NoRelease {
		return nil
	}
	d.Published, err = s.publish(change{verb: "deploy", plugin: is(plugin.Sid), version: is(version.Sid), to: o.Artifact.Version})
	return err
}

// stay has the environment serve files until they stay. Somebody who deploys in
// the same moment takes them out with a build of before, and puts them back as
// soon as they see it; and whoever has served other bytes under the same version
// is given way to.
func (s *session) stay(h hosting, a Artifact, visibility string, files []assetVersion) error {
	for try := 1; try <= rounds; try++ {
		if err := s.serve(h, a, visibility, files); err != nil || s.plan != nil {
			return err
		}
		now, err := s.current(h)
		if err != nil {
			return err
		}
		if there, err := s.settled(now, a, visibility); err != nil || there {
			return err
		}
		if err := patience.Wait(s.ctx, try, 0); err != nil {
			return fmt.Errorf("release: %w", err)
		}
	}
	return errBusy
}

// clip cuts a text to what Twilio takes.
func clip(text string, n int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	return string(r[:min(n, len(r))])
}
