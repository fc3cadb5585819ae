package opencti

import (
	"strings"
	"unicode/utf8"
)

// The query parameters that Lightning puts on the frame's address, and that the
// library reads as it starts. Names are case-sensitive.
const (
	originParam = "sfdcIframeOrigin"
	modeParam   = "mode"
)

// repairURL returns href with the query that the library needs to start inside
// origin, and whether that differs from href. It changes nothing else, except
// that it drops parameters over which the library would stumble: those with a
// broken percent encoding.
func repairURL(href, origin string) (repaired string, changed bool) {
	path, query, fragment := splitURL(href)
	var kept, origins, modes []string
	broken := false
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		value, _, _ = strings.Cut(value, "=") // as the library reads it
		decoded, ok := unescape(value)
		switch {
		case name == originParam:
			origins = append(origins, decoded)
		case name == modeParam:
			modes = append(modes, decoded)
		case !ok:
			broken = true
			continue
		}
		if pair != "" && name != originParam && name != modeParam {
			kept = append(kept, pair)
		}
	}
	if !broken && len(origins) == 1 && origins[0] == origin && len(modes) == 1 && modes[0] != "" {
		return href, false
	}
	mode := "Lightning"
	if len(modes) == 1 && modes[0] != "" {
		mode = modes[0]
	}
	kept = append(kept, originParam+"="+escape(origin), modeParam+"="+escape(mode))
	return path + "?" + strings.Join(kept, "&") + fragment, true
}

// splitURL returns the parts of href before the query, the query without "?",
// and the fragment with "#".
func splitURL(href string) (path, query, fragment string) {
	if i := strings.IndexByte(href, '#'); i >= 0 {
		href, fragment = href[:i], href[i:]
	}
	path, query, _ = strings.Cut(href, "?")
	return path, query, fragment
}

// unescape decodes as decodeURIComponent does; ok is false where that throws.
func unescape(s string) (decoded string, ok bool) {
	if !strings.Contains(s, "%") {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		high, low := unhex(s[i+1]), unhex(s[i+2])
		if high < 0 || low < 0 {
			return "", false
		}
		b.WriteByte(byte(high<<4 | low))
		i += 2
	}
	return b.String(), utf8.ValidString(b.String())
}

// escape encodes everything but what is the same in every encoding.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isAlphanumeric(c) || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}
