package release_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/release"
)

func TestSmoke(t *testing.T) {
	t.Parallel()
	plugin := "Twilio.Flex.Plugins.init(class { init() { return Promise.resolve(); } });"
	for name, test := range map[string]struct{ script, want string }{
		"one that registers and calls":   {"Twilio.Flex.Plugins.init(class { async init() { setTimeout(() => sforce.opencti.getAppViewInfo({}), 1); } });", ""},
		"one that registers later":       {"setTimeout(() => { " + plugin + " }, 5);", "it does not call Twilio.Flex.Plugins.init while it is loaded"},
		"one that throws":                {"null.boom;", "it throws: Cannot read properties of null"},
		"one whose init rejects":         {"Twilio.Flex.Plugins.init(class { init() { return Promise.reject(new Error('no')); } });", "no"},
		"one that cannot be parsed":      {"class {", "it throws"},
		"one that looks for credentials": {"throw new Error(Object.keys(process.env).join())", "it throws: PATH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "bundle.js")
			require.NoError(t, os.WriteFile(path, []byte(test.script), 0o600))
			err := release.Smoke(t.Context(), path)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, "the bundle does not run: ")
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestTheRealBundleRuns(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	out, err := filepath.Rel(root, filepath.Join(t.TempDir(), "bundle.js"))
	require.NoError(t, err)
	built, err := bundle.Build(t.Context(), bundle.Options{Dir: root, Out: out})
	require.NoError(t, err)
	require.NoError(t, release.Smoke(t.Context(), built.Path))

	a, err := release.Load(built.Path, bundle.Version, bundle.MaxBytes)
	require.NoError(t, err)
	require.Len(t, a.Files, 2)
	require.Len(t, a.Files[0].Content, built.Bytes)
}

func TestSmokeIsStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, release.Smoke(ctx, "bundle.js"), context.Canceled)
}

func TestWhatIsNotLoaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bundleAt := filepath.Join(dir, "bundle.js")
	require.NoError(t, os.WriteFile(bundleAt, []byte(strings.Repeat("x", 100)), 0o600))
	for name, test := range map[string]struct {
		path, version, want string
		max                 int
	}{
		"a version with build metadata": {bundleAt, "1.0.0+acme", `"1.0.0+acme" is no version: it must be like 1.2.3`, 1000},
		"a version that is none":        {bundleAt, "v1", "is no version", 1000},
		"the version of no version":     {bundleAt, "0.0.0", "is no version", 1000},
		"no bundle":                     {filepath.Join(dir, "none.js"), "1.0.0", "build it with `flexcase build`", 1000},
		"no source map":                 {bundleAt, "1.0.0", "bundle.js.map", 1000},
		"one that is too large":         {bundleAt, "1.0.0", "bundle.js has 100 bytes, and Flex takes from 1 to 99", 99},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := release.Load(test.path, test.version, test.max)
			require.ErrorContains(t, err, test.want)
		})
	}
}
