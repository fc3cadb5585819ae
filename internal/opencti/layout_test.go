//go:build !js

package opencti

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLayout keeps the browser in the files that say so, raw callbacks in
// jscall, and out of both what the download cannot afford.
func TestLayout(t *testing.T) {
	t.Parallel()
	forbidden := map[string]string{
		"encoding/json": "170 kB compressed: the page parses JSON",
		"net/url":       "50 kB compressed: query.go has what is needed",
		"log/slog":      "190 kB compressed: return errors",
		"regexp":        "a loop over the text does",
		"syscall/js":    "only jscall touches JavaScript unguarded",
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		require.NoError(t, err)
		browser := strings.HasSuffix(name, "_js.go")
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			require.NotContains(t, forbidden, path, "%s imports %s: %s", name, path, forbidden[path])
			switch {
			case path == "github.com/hack-pad/safejs", path == "flexcaselog/internal/jscall":
				require.True(t, browser, "%s: files that touch JavaScript end in _js.go", name)
			case strings.HasPrefix(path, "flexcaselog/"):
				require.Fail(t, "an arrow too many", "%s imports %s: bindings know neither each other nor the plugin", name, path)
			}
		}
	}
}
