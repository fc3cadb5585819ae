//go:build e2e

package flexhost_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/flexhost"
)

// The cache is the repository's, so that all end-to-end tests share one installation.
const cacheDir = "../../../.cache/flexhost"

func TestE2ETheRealFlexIsInstalledAndBundledOnce(t *testing.T) {
	progress := func(sentence string) { t.Log(sentence) }
	dir, err := flexhost.Prepare(t.Context(), cacheDir, progress)
	require.NoError(t, err)

	host, err := os.Stat(filepath.Join(dir, "host.js"))
	require.NoError(t, err)
	require.Greater(t, host.Size(), int64(10<<20), "a bundle without the whole of Flex in it")
	require.FileExists(t, filepath.Join(dir, "index.html"))
	left, err := filepath.Glob(filepath.Join(cacheDir, "making-*", "node_modules"))
	require.NoError(t, err)
	require.Empty(t, left, "700 MB nobody needs any more")

	began := time.Now()
	again, err := flexhost.Prepare(t.Context(), cacheDir, progress)
	require.NoError(t, err)
	require.Equal(t, dir, again)
	require.Less(t, time.Since(began), time.Second)
}
