package release

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	serverless "github.com/twilio/twilio-go/rest/serverless/v1"
)

// build is what an environment serves. The SDK leaves its parts untyped.
type build struct {
	sid, status, runtime string
	assets               []assetVersion
	functions            []functionVersion
	dependencies         json.RawMessage
}

type assetVersion struct {
	SID        string `json:"sid"`
	AssetSID   string `json:"asset_sid"`
	Path       string `json:"path"`
	Visibility string `json:"visibility"`
}

type functionVersion struct {
	SID  string `json:"sid"`
	Path string `json:"path"`
}

func parseBuild(b serverless.ServerlessV1Build) (*build, error) {
	parsed := &build{sid: is(b.Sid), status: is(b.Status), runtime: is(b.Runtime)}
	for _, part := range []struct {
		from *[]any
		to   any
	}{{b.AssetVersions, &parsed.assets}, {b.FunctionVersions, &parsed.functions}, {b.Dependencies, &parsed.dependencies}} {
		text, err := json.Marshal(is(part.from))
		if err == nil {
			err = json.Unmarshal(text, part.to)
		}
		if err != nil {
			return nil, fmt.Errorf("release: build %s: %w", parsed.sid, err)
		}
	}
	return parsed, nil
}

func (s *session) fetchBuild(service, sid string) (*build, error) {
	b, err := s.serverless.FetchBuild(service, sid)
	if err != nil {
		return nil, clean(err)
	}
	return parseBuild(*b)
}

// same tells whether two builds serve the same.
func (b *build) same(other *build) bool {
	sids := func(b *build) []string {
		var all []string
		for _, v := range b.assets {
			all = append(all, v.SID)
		}
		for _, f := range b.functions {
			all = append(all, f.SID)
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(sids(b), sids(other))
}

// with returns what is to be served: everything that is there, and more.
func (b *build) with(more []assetVersion) *build {
	next := &build{}
	if b != nil {
		*next = build{assets: slices.Clone(b.assets), functions: b.functions, dependencies: b.dependencies, runtime: b.runtime}
	}
	for _, v := range more {
		if !slices.ContainsFunc(next.assets, func(have assetVersion) bool { return have.Path == v.Path }) {
			next.assets = append(next.assets, v)
		}
	}
	return next
}

// The status of a build.
const (
	completed = "completed"
	failed    = "failed"
)

const (
	pollEvery = 2 * time.Second
	buildTime = 5 * time.Minute
)

// built returns a build that serves what is wanted, once it is complete.
func (s *session) built(service string, want *build) (*build, error) {
	what := fmt.Sprintf("build the service with %d assets and %d functions", len(want.assets), len(want.functions))
	step := post(serverlessHost, fmt.Sprintf("/v1/Services/%s/Builds", or(service, "ZS")), what)
	made, err := ensure(s, step, func() (*build, bool, error) {
		if service == "" || slices.ContainsFunc(want.assets, func(v assetVersion) bool { return v.SID == "" }) {
			return nil, false, nil
		}
		return s.findBuild(service, want)
	}, func() (*build, error) { return s.createBuild(service, want) })
	if err != nil || made == nil {
		return &build{}, err
	}
	ctx, cancel := context.WithTimeout(s.ctx, buildTime)
	defer cancel()
	for made.status != completed {
		if made.status == failed {
			return nil, fmt.Errorf("release: Twilio could not build the service: see build %s in the Console under Functions and Assets", made.sid)
		}
		select {
		case <-ctx.Done():
			if err := s.ctx.Err(); err != nil {
				return nil, fmt.Errorf("release: waiting for build %s: %w", made.sid, err)
			}
			return nil, fmt.Errorf("release: build %s is still not ready after %s: run it again later, it goes on from here", made.sid, buildTime)
		case <-time.After(pollEvery):
		}
		now, err := s.serverless.FetchBuildStatus(service, made.sid)
		if err != nil {
			return nil, clean(err)
		}
		if status := is(now.Status); status != made.status {
			made.status = status
			s.options.Progress("the build is " + status)
		}
	}
	return made, nil
}

// findBuild returns a build that serves what is wanted, of those that were made
// and perhaps never deployed.
func (s *session) findBuild(service string, want *build) (*build, bool, error) {
	all, err := s.serverless.ListBuild(service, &serverless.ListBuildParams{PageSize: ptr(listPage)})
	if err != nil {
		return nil, false, err
	}
	for _, one := range all {
		b, err := parseBuild(one)
		if err != nil {
			return nil, false, err
		}
		if b.status != failed && b.same(want) {
			return b, true, nil
		}
	}
	return nil, false, nil
}

func (s *session) createBuild(service string, want *build) (*build, error) {
	params := &serverless.CreateBuildParams{Runtime: ptr("latest")}
	var assets, functions []string
	for _, v := range want.assets {
		assets = append(assets, v.SID)
	}
	params.AssetVersions = &assets
	if len(want.functions) > 0 {
		for _, f := range want.functions {
			functions = append(functions, f.SID)
		}
		// Somebody's functions run on what they were written for.
		params.FunctionVersions, params.Runtime = &functions, &want.runtime
	}
	if text := string(want.dependencies); text != "" && text != "null" && text != "[]" {
		params.Dependencies = &text
	}
	made, err := s.serverless.CreateBuild(service, params)
	if err != nil {
		return nil, err
	}
	return parseBuild(*made)
}
