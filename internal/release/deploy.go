package release

import (
	"context"
	"errors"
	"strings"
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
		if err := s.serve(h, o.Artifact, visibility, files); err != nil {
			return err
		}
		if err := s.proved(o.Artifact, visibility); err != nil {
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

// proved looks whether what is served now is the artifact: somebody may have
// deployed other bytes under the same version in the same moment.
func (s *session) proved(a Artifact, visibility string) error {
	if s.plan != nil {
		return nil
	}
	h, err := s.findHosting()
	if err != nil {
		return err
	}
	there, err := s.settled(h, a, visibility)
	if err == nil && !there {
		return errors.New("release: somebody else has taken the files out of the environment again: run it again")
	}
	return err
}

// clip cuts a text to what Twilio takes.
func clip(text string, n int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	return string(r[:min(n, len(r))])
}
