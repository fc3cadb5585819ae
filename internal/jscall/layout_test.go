//go:build !js

package jscall

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLayout keeps the browser in the files that say so, and out of them what
// the download cannot afford.
func TestLayout(t *testing.T) {
	t.Parallel()
	tooLarge := map[string]string{
		"encoding/json": "170 kB compressed: use ParseJSON",
		"net/url":       "50 kB compressed: cut strings",
		"log/slog":      "190 kB compressed: return errors",
		"regexp":        "a loop over the text does",
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		require.NoError(t, err)
		browser := false
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			require.NotContains(t, tooLarge, path, "%s imports %s: %s", name, path, tooLarge[path])
			require.False(t, strings.HasPrefix(path, "flexcaselog/") && path != "flexcaselog/internal/span", "%s imports %s: jscall is below every other package", name, path)
			browser = browser || path == "syscall/js" || path == "github.com/hack-pad/safejs"
		}
		require.Equal(t, browser, strings.HasSuffix(name, "_js.go"), "%s: files that touch JavaScript, and only those, end in _js.go", name)
	}
}
