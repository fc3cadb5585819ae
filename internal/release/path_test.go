package release_test

import (
	"regexp"
	"strings"
)

var ids = regexp.MustCompile(`\b([A-Z]{2})([0-9a-f]{32}|…)`)

// nameless is a path without the ids that are not known in advance.
func nameless(path string) string { return ids.ReplaceAllString(path, "$1") }

// product is the first word of a host of Twilio's.
func product(host string) string {
	word, _, _ := strings.Cut(host, ".")
	return word
}
