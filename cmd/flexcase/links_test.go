package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// link is a Markdown link to a place in this tree.
var link = regexp.MustCompile(`\]\(([^):\s]+)\)`)

func TestTheGuidesLeadSomewhere(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, guides)
	for _, guide := range append(guides, "../../README.md", "../../CHANGELOG.md", "../../apex/README.md") {
		text, err := os.ReadFile(guide)
		require.NoError(t, err)
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			path, anchor, _ := strings.Cut(found[1], "#")
			there := guide
			if path != "" {
				there = filepath.Join(filepath.Dir(guide), path)
			}
			_, err := os.Stat(there)
			require.NoError(t, err, "%s: %s", guide, found[1])
			if anchor != "" {
				require.Contains(t, anchors(t, there), anchor, "%s: %s", guide, found[1])
			}
		}
		for _, block := range strings.Split(string(text), "```json\n")[1:] {
			block, _, _ = strings.Cut(block, "```")
			require.True(t, json.Valid([]byte(block)), "%s: no JSON:\n%s", guide, block)
		}
	}
}

// anchors are those that GitHub gives the headings of a guide.
func anchors(t *testing.T, path string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	left := regexp.MustCompile(`[^\pL\pN _-]`)
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		all = append(all, strings.ReplaceAll(left.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-"))
	}
	return all
}
