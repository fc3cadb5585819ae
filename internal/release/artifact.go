package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Plugin is the name of the plugin in an account.
const Plugin = "flex-caselog"

// Artifact is what is deployed: a version and its files.
type Artifact struct {
	Version string
	Files   []File
}

// File is one file, the way it is served.
type File struct {
	Name, Type string
	Content    []byte
}

// Digest is what tells two files apart.
func (f File) Digest() string {
	sum := sha256.Sum256(f.Content)
	return hex.EncodeToString(sum[:])
}

// DigestOf returns the digest of a file, or "" where there is none.
func DigestOf(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return File{Content: content}.Digest()
}

// semantic is https://semver.org without build metadata, for which neither a URL
// nor Twilio's command line has room.
var semantic = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`)

// Load reads a bundle and its source map. It errors where a file is missing or too
// large for Flex, and where the version is none.
func Load(path, version string, maxBytes int) (Artifact, error) {
	if !semantic.MatchString(version) || version == "0.0.0" {
		return Artifact{}, refuse("%q is no version: it must be like 1.2.3 or 1.2.3-rc.1, and not 0.0.0", version)
	}
	a := Artifact{Version: version}
	for _, f := range []File{
		{Name: "bundle.js", Type: "application/javascript"},
		{Name: "bundle.js.map", Type: "application/json"},
	} {
		content, err := os.ReadFile(path + strings.TrimPrefix(f.Name, "bundle.js"))
		if err != nil {
			return Artifact{}, fmt.Errorf("release: %w: build it with `flexcase build`", err)
		}
		if len(content) == 0 || len(content) > maxBytes {
			return Artifact{}, refuse("%s has %d bytes, and Flex takes from 1 to %d", f.Name, len(content), maxBytes)
		}
		f.Content = content
		a.Files = append(a.Files, f)
	}
	return a, nil
}

// path is where a file of a version is served. Twilio's builder puts it there too.
func path(version, name string) string {
	return fmt.Sprintf("/plugins/%s/%s/%s", Plugin, version, name)
}

// label names an asset by what is in it. Twilio gives no asset's bytes back, so
// this is where it is read from whether a version's bytes are these.
func label(version string, f File) string {
	return fmt.Sprintf("%s %s %s, %d bytes, sha256 %s", Plugin, version, f.Name, len(f.Content), f.Digest())
}

var labelled = regexp.MustCompile(`^` + Plugin + ` (\S+) (\S+), (\d+) bytes, sha256 ([0-9a-f]{64})$`)

// readLabel returns the size and digest of an asset, and false where it was not
// named by this program.
func readLabel(name string) (bytes int, digest string, ok bool) {
	m := labelled.FindStringSubmatch(name)
	if m == nil {
		return 0, "", false
	}
	bytes, err := strconv.Atoi(m[3])
	return bytes, m[4], err == nil
}
