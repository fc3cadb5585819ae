package apexrun

import (
	"strings"
	"unicode"
)

func fold(s string) string { return strings.ToLower(s) }

func clamp(n, most int) int { return min(max(n, 0), most) }

func isDigitOrSpace(r rune) bool { return unicode.IsDigit(r) || r == ' ' }

// every is false of an empty text.
func every(s string, is func(rune) bool) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !is(r) }) < 0
}

// around is the text between two places, or otherwise where the second was not found.
func around(s string, to, from int, otherwise string) string {
	if to < 0 {
		return otherwise
	}
	return s[from:to]
}

func after(s string, at int, separator string) string {
	if at < 0 {
		return ""
	}
	return s[at+len(separator):]
}

func between(s, open, shut string) any {
	_, tail, ok := strings.Cut(s, open)
	if !ok {
		return nil
	}
	inside, _, ok := strings.Cut(tail, shut)
	if !ok {
		return nil
	}
	return inside
}

func capitalize(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToTitle(r)) + s[i+len(string(r)):]
	}
	return s
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

// hashCode is Java's hash of a text.
func hashCode(s string) int64 {
	var h int32
	for _, u := range units(s) {
		h = 31*h + int32(u)
	}
	return int64(h)
}
