package release

import (
	"errors"
	"fmt"
	"slices"

	serverless "github.com/twilio/twilio-go/rest/serverless/v1"
)

// rounds is how often something is put right that somebody else has changed in
// the meantime.
const rounds = 5

var errBusy = errors.New("release: others keep deploying into the same environment: run it again when they are done")

// serve has the environment serve files besides what it serves. Builds are whole:
// one that was made from an old one takes back what came in between. So after
// each deployment it is looked whether there was another one, and if so what that
// one brought is put together with this.
func (s *session) serve(h hosting, a Artifact, visibility string, files []assetVersion) error {
	env := is(h.environment.Sid)
	step := post(serverlessHost, fmt.Sprintf("/v1/Services/%s/Environments/%s/Deployments", or(h.service, "ZS"), or(env, "ZE")), "deploy the build, as a plugin")
	// In this order: what is deployed between the two is seen at least once.
	before, err := s.deployments(h)
	if err != nil {
		return err
	}
	if h, err = s.current(h); err != nil {
		return err
	}
	if there, err := s.settled(h, a, visibility); err != nil || there {
		return err
	}
	for range rounds {
		want, err := s.built(h.service, h.build.with(files))
		if err != nil {
			return err
		}
		mine, err := ensure(s, step, func() (string, bool, error) {
			if env == "" {
				return "", false, nil
			}
			now, err := s.serverless.FetchEnvironment(h.service, env)
			if err != nil {
				return "", false, err
			}
			return "", want.sid != "" && is(now.BuildSid) == want.sid, nil
		}, func() (string, error) {
			made, err := s.serverless.CreateDeployment(h.service, env, &serverless.CreateDeploymentParams{BuildSid: &want.sid, IsPlugin: ptr(true)})
			if err != nil {
				return "", err
			}
			return is(made.Sid), nil
		})
		if err != nil || s.plan != nil {
			return err
		}
		complete, err := s.gather(&h, before, mine, want, files)
		if err != nil || complete {
			return err
		}
		s.options.Progress("somebody else has deployed meanwhile: putting both together")
	}
	return errBusy
}

// gather tells whether what is served has everything that was deployed since. If
// not, h's build has, afterwards.
func (s *session) gather(h *hosting, before map[string]string, mine string, want *build, files []assetVersion) (bool, error) {
	now, err := s.deployments(*h)
	if err != nil {
		return false, err
	}
	all := want
	for sid, buildSID := range now {
		if _, old := before[sid]; old || sid == mine || buildSID == want.sid {
			continue
		}
		other, err := s.fetchBuild(h.service, buildSID)
		if err != nil {
			return false, err
		}
		if err := s.giveWay(*h, other, files); err != nil {
			return false, err
		}
		all = all.with(other.assets)
	}
	served, err := s.current(*h)
	if err != nil {
		return false, err
	}
	h.build = served.build.with(all.assets)
	return len(h.build.assets) == len(served.build.assets), nil
}

// current returns the hosting with what the environment serves now.
func (s *session) current(h hosting) (hosting, error) {
	sid := is(h.environment.Sid)
	if sid == "" {
		return h, nil
	}
	now, err := s.serverless.FetchEnvironment(h.service, sid)
	if err != nil {
		return h, clean(err)
	}
	h.environment, h.build = *now, nil
	if b := is(now.BuildSid); b != "" {
		h.build, err = s.fetchBuild(h.service, b)
	}
	return h, err
}

// giveWay puts back what somebody else has deployed in the same moment under the
// same version with other bytes, and refuses to go on: agents may run theirs.
func (s *session) giveWay(h hosting, other *build, files []assetVersion) error {
	for _, mine := range files {
		i := slices.IndexFunc(other.assets, func(v assetVersion) bool { return v.Path == mine.Path && v.SID != mine.SID })
		if i < 0 {
			continue
		}
		theirs, err := s.serverless.FetchAsset(h.service, other.assets[i].AssetSID)
		if err != nil {
			return clean(err)
		}
		own, err := s.serverless.FetchAsset(h.service, mine.AssetSID)
		if err != nil {
			return clean(err)
		}
		if is(theirs.FriendlyName) == is(own.FriendlyName) {
			continue // the same bytes, uploaded twice
		}
		if _, err := s.serverless.CreateDeployment(h.service, is(h.environment.Sid), &serverless.CreateDeploymentParams{BuildSid: &other.sid, IsPlugin: ptr(true)}); err != nil {
			return clean(err)
		}
		return refuse("somebody else has just deployed other bytes as %s, and they stay: give these a version of their own with --version", mine.Path)
	}
	return nil
}

// deployments returns the builds that were deployed, by deployment.
func (s *session) deployments(h hosting) (map[string]string, error) {
	all := map[string]string{}
	if is(h.environment.Sid) == "" {
		return all, nil
	}
	list, err := s.serverless.ListDeployment(h.service, is(h.environment.Sid), &serverless.ListDeploymentParams{PageSize: ptr(listPage)})
	if err != nil {
		return nil, clean(err)
	}
	for _, d := range list {
		all[is(d.Sid)] = is(d.BuildSid)
	}
	return all, nil
}
