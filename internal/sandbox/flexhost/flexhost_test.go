package flexhost

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// smallFlex is a set-up whose Flex UI is one line, so that all but npm is real.
func smallFlex() setup {
	return setup{
		sources: fstest.MapFS{
			"package.json": {Data: []byte(`{"name":"small"}`)}, "package-lock.json": {Data: []byte(`{}`)},
			"host.js":    {Data: []byte(`import { start } from 'flex'; start(global, process.env.NODE_ENV);`)},
			"index.html": {Data: []byte(`<script src="/host.js"></script>`)},
		},
		install: func(_ context.Context, dir string) error {
			flex := filepath.Join(dir, "node_modules", "flex")
			if err := os.MkdirAll(flex, 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(flex, "index.js"), []byte(`exports.start = (g, env) => console.log("started", g, env);`), 0o644)
		},
		bundle: bundle,
	}
}

func silent(string) {}

func TestTheFirstTimeInstallsAndTheSecondDoesNothing(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	s := smallFlex()
	var said []string
	dir, err := s.prepare(t.Context(), cache, func(sentence string) { said = append(said, sentence) })
	require.NoError(t, err)
	require.Len(t, said, 3)
	script, err := os.ReadFile(filepath.Join(dir, "host.js"))
	require.NoError(t, err)
	require.Contains(t, string(script), `"started"`)
	require.Contains(t, string(script), `"production"`)
	require.Contains(t, string(script), "window")
	require.FileExists(t, filepath.Join(dir, "index.html"))
	entries, err := os.ReadDir(cache)
	require.NoError(t, err)
	require.Len(t, entries, 1, "node_modules is left over")

	s.install = func(context.Context, string) error { return errors.New("npm was asked again") }
	again, err := s.prepare(t.Context(), cache, func(sentence string) { require.Fail(t, sentence) })
	require.NoError(t, err)
	require.Equal(t, dir, again)
}

func TestAnyChangeOfTheSourcesIsAnotherPage(t *testing.T) {
	t.Parallel()
	key, err := smallFlex().key()
	require.NoError(t, err)
	for _, name := range files {
		changed := smallFlex()
		sources := changed.sources.(fstest.MapFS)
		sources[name] = &fstest.MapFile{Data: append(sources[name].Data, ' ')}
		other, err := changed.key()
		require.NoError(t, err)
		require.NotEqual(t, key, other, name)
	}
}

func TestAFailureLeavesNothingBehindAndIsToldInFull(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		breaks func(s *setup, cancel context.CancelFunc)
		reason string
	}{
		"npm is missing": {
			func(s *setup, _ context.CancelFunc) { s.install = npmInstall("no-such-npm") }, "install Node.js 20 or later"},
		"npm fails": {
			func(s *setup, _ context.CancelFunc) { s.install = npmInstall("false") }, "npm ci: exit status 1"},
		"the program is interrupted": {
			func(s *setup, cancel context.CancelFunc) {
				install := s.install
				s.install = func(ctx context.Context, dir string) error { cancel(); return install(ctx, dir) }
			}, "context canceled"},
		"a package is not there": {
			func(s *setup, _ context.CancelFunc) {
				s.install = func(context.Context, string) error { return nil }
			}, `host.js:1: Could not resolve "flex"`},
		"a source is not there": {
			func(s *setup, _ context.CancelFunc) { delete(s.sources.(fstest.MapFS), "host.js") }, "host.js"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cache := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s := smallFlex()
			test.breaks(&s, cancel)
			_, err := s.prepare(ctx, cache, silent)
			require.ErrorContains(t, err, test.reason)
			require.True(t, strings.HasPrefix(err.Error(), "flexhost: "), err)
			entries, err := os.ReadDir(cache)
			require.NoError(t, err)
			require.Empty(t, entries)
			_, err = smallFlex().prepare(t.Context(), cache, silent)
			require.NoError(t, err, "the next time works")
		})
	}
}

func TestAnNPMThatIsStoppedSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, npmInstall("true")(ctx, t.TempDir()), context.Canceled)
}

func TestOfTwoAtOnceOneWins(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	slow := smallFlex()
	install := slow.install
	slow.install = func(ctx context.Context, dir string) error {
		_, err := smallFlex().prepare(ctx, cache, silent)
		return errors.Join(err, install(ctx, dir))
	}
	dir, err := slow.prepare(t.Context(), cache, silent)
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(dir, "host.js"))
	entries, err := os.ReadDir(cache)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

func TestWhatAKilledSetUpLeftIsSweptUp(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	old, young, finished := filepath.Join(cache, "making-1"), filepath.Join(cache, "making-2"), filepath.Join(cache, "0123456789abcdef")
	for _, dir := range []string{old, young, finished} {
		require.NoError(t, os.Mkdir(dir, 0o755))
	}
	longAgo := time.Now().Add(-2 * abandonedAfter)
	require.NoError(t, os.Chtimes(old, longAgo, longAgo))
	require.NoError(t, os.Chtimes(finished, longAgo, longAgo))
	_, err := smallFlex().prepare(t.Context(), cache, silent)
	require.NoError(t, err)
	require.NoDirExists(t, old)
	require.DirExists(t, young)
	require.DirExists(t, finished)
}

func TestTheLockFilePinsEverythingAndNoRegistry(t *testing.T) {
	t.Parallel()
	lock, err := fs.ReadFile(embedded, "host/package-lock.json")
	require.NoError(t, err)
	require.NotContains(t, string(lock), `"resolved"`)
	require.NotContains(t, string(lock), `"version": ""`)
	require.Contains(t, string(lock), `"@twilio/flex-ui": "`+Version+`"`)
	manifest, err := fs.ReadFile(embedded, "host/package.json")
	require.NoError(t, err)
	require.Contains(t, string(manifest), `"@twilio/flex-ui": "`+Version+`"`)
}

func TestLastLines(t *testing.T) {
	t.Parallel()
	require.Equal(t, "b\nc", lastLines("a\nb\nc\n", 2))
	require.Equal(t, "a", lastLines("a", 2))
}
