package lean

import "strings"

// Lower returns s with its ASCII capitals as small letters.
func Lower(s string) string {
	return replace(s, func(c byte) byte {
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	})
}

// EqualFold tells whether a and b are the same but for capitals of ASCII.
func EqualFold(a, b string) bool { return len(a) == len(b) && Lower(a) == Lower(b) }

// Blank returns s with the bytes that odd picks as spaces. It must pick none above
// 0x7f, which are parts of characters.
func Blank(s string, odd func(c byte) bool) string {
	return replace(s, func(c byte) byte {
		if odd(c) {
			return ' '
		}
		return c
	})
}

func replace(s string, by func(byte) byte) string {
	for i := range len(s) {
		if by(s[i]) == s[i] {
			continue
		}
		b := []byte(s)
		for ; i < len(b); i++ {
			b[i] = by(b[i])
		}
		return string(b)
	}
	return s
}

// white is ASCII's white space, and the two of Unicode's that keyboards and address
// books put around numbers.
var white = [...]string{" ", "\t", "\n", "\r", "\v", "\f", "\u00a0", "\u202f"}

// Trim returns s without white space around it.
func Trim(s string) string {
	for {
		before := s
		for _, w := range white {
			s = strings.TrimSuffix(strings.TrimPrefix(s, w), w)
		}
		if s == before {
			return s
		}
	}
}
