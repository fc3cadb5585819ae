package release

import (
	"fmt"
	"strings"

	serverless "github.com/twilio/twilio-go/rest/serverless/v1"
)

// The visibilities of an asset, as they are written to Twilio. It answers in lower
// case.
const (
	public    = "Public"
	protected = "Protected"
)

// hosted is one file that is there already.
type hosted struct {
	version    string // SID of the asset version
	visibility string
	bytes      int
	digest     string // empty where it is not known
}

// hosted returns what the environment serves at a path, and false for nothing.
func (s *session) hosted(h hosting, path string) (hosted, bool, error) {
	if h.build == nil {
		return hosted{}, false, nil
	}
	for _, v := range h.build.assets {
		if v.Path != path {
			continue
		}
		asset, err := s.serverless.FetchAsset(h.service, v.AssetSID)
		if err != nil {
			return hosted{}, false, clean(err)
		}
		bytes, digest, _ := readLabel(is(asset.FriendlyName))
		return hosted{version: v.SID, visibility: v.Visibility, bytes: bytes, digest: digest}, true, nil
	}
	return hosted{}, false, nil
}

// settled returns whether the files of a version are served already. It refuses to
// go on where others are.
func (s *session) settled(h hosting, a Artifact, visibility string) (bool, error) {
	there := 0
	for _, f := range a.Files {
		have, ok, err := s.hosted(h, path(a.Version, f.Name))
		switch {
		case err != nil:
			return false, err
		case !ok:
		case have.digest == "":
			return false, refuse("version %s is there already, and was not put there by flexcase, so its bytes cannot be compared with these: give these a version of their own with --version", a.Version)
		case have.digest != f.Digest():
			return false, refuse("version %s is there already, with another %s (sha256 %.12s…, this is %.12s…): agents may run it, so give these bytes a version of their own with --version", a.Version, f.Name, have.digest, f.Digest())
		case !strings.EqualFold(have.visibility, visibility):
			return false, refuse("version %s is there already, and is %s: that cannot be changed, give these bytes a version of their own with --version", a.Version, have.visibility)
		default:
			there++
		}
	}
	return there == len(a.Files), nil
}

// uploaded returns the asset versions of an artifact's files, and uploads those
// that are not there.
func (s *session) uploaded(h hosting, a Artifact, visibility string) ([]assetVersion, error) {
	var all []assetVersion
	for _, f := range a.Files {
		at := path(a.Version, f.Name)
		asset, err := s.asset(h.service, label(a.Version, f))
		if err != nil {
			return nil, err
		}
		step := post(uploadHost, fmt.Sprintf("/v1/Services/%s/Assets/%s/Versions", or(h.service, "ZS"), or(asset, "ZH")),
			fmt.Sprintf("upload %s, %d bytes, %s", at, len(f.Content), strings.ToLower(visibility)))
		v, err := ensure(s, step, func() (serverless.ServerlessV1AssetVersion, bool, error) {
			return s.findAssetVersion(h.service, asset, at, visibility)
		}, func() (serverless.ServerlessV1AssetVersion, error) {
			return s.upload(h.service, asset, at, visibility, f)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, assetVersion{SID: is(v.Sid), AssetSID: asset, Path: at, Visibility: strings.ToLower(visibility)})
	}
	return all, nil
}

// asset returns the SID of the asset that has a name.
func (s *session) asset(service, name string) (string, error) {
	step := post(serverlessHost, fmt.Sprintf("/v1/Services/%s/Assets", or(service, "ZS")), fmt.Sprintf("make the asset %q", name))
	return ensure(s, step, func() (string, bool, error) {
		if service == "" {
			return "", false, nil
		}
		all, err := s.serverless.ListAsset(service, &serverless.ListAssetParams{PageSize: ptr(listPage)})
		if err != nil {
			return "", false, err
		}
		for _, one := range all {
			if is(one.FriendlyName) == name {
				return is(one.Sid), true, nil
			}
		}
		return "", false, nil
	}, func() (string, error) {
		made, err := s.serverless.CreateAsset(service, &serverless.CreateAssetParams{FriendlyName: &name})
		if err != nil {
			return "", err
		}
		return is(made.Sid), nil
	})
}

func (s *session) findAssetVersion(service, asset, path, visibility string) (serverless.ServerlessV1AssetVersion, bool, error) {
	var none serverless.ServerlessV1AssetVersion
	if asset == "" {
		return none, false, nil
	}
	all, err := s.serverless.ListAssetVersion(service, asset, &serverless.ListAssetVersionParams{PageSize: ptr(listPage)})
	if err != nil {
		return none, false, err
	}
	for _, one := range all {
		if is(one.Path) == path && strings.EqualFold(is(one.Visibility), visibility) {
			return one, true, nil
		}
	}
	return none, false, nil
}
