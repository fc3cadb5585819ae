package apexrun

import (
	"regexp"
	"strings"
)

// javaPattern is a regular expression of Java, run by Go's engine where both mean the same.
type javaPattern struct {
	*regexp.Regexp
	ends, dots, words bool // what of the expression reads odd texts otherwise in Java: $, . and \b
}

// javaSpace are the characters of \s in Java; Go leaves out the vertical tab.
const javaSpace = `\t\n\v\f\r `

// pattern compiles an expression. What Java reads in another way, or only Java knows, is a fault.
func (f *frame) pattern(text string) javaPattern {
	p := javaPattern{}
	var out strings.Builder
	inClass := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			out.WriteString(f.escape(text, text[i], inClass))
			p.words = p.words || (text[i] == 'b' || text[i] == 'B') && !inClass
		case inClass && (c == '[' || c == '&' && strings.HasPrefix(text[i:], "&&")):
			f.fail("a set within a set of a regular expression is not known to this interpreter: %s", text)
		case c == '[':
			inClass = true
			out.WriteByte(c)
			if strings.HasPrefix(text[i+1:], "^") {
				i++
				out.WriteByte('^')
			}
			if strings.HasPrefix(text[i+1:], "]") {
				f.fail("a set that begins with ] is not known to this interpreter: %s", text)
			}
		case c == ']':
			inClass = false
			out.WriteByte(c)
		case c == '(' && !inClass && strings.HasPrefix(text[i:], "(?P"):
			f.fail("regular expression not known to this interpreter: %s", text)
		default:
			p.ends, p.dots = p.ends || c == '$' && !inClass, p.dots || c == '.' && !inClass
			out.WriteByte(c)
		}
	}
	re, err := regexp.Compile(out.String())
	if err != nil {
		f.fail("regular expression not known to this interpreter: %v", err)
	}
	p.Regexp = re
	return p
}

// escape reads the letter after a backslash.
func (f *frame) escape(text string, c byte, inClass bool) string {
	switch {
	case c == 's' && inClass:
		return javaSpace
	case c == 's':
		return "[" + javaSpace + "]"
	case c == 'S' && !inClass:
		return "[^" + javaSpace + "]"
	case strings.IndexByte("dDwWbBAzntrfpPx", c) >= 0 && !(inClass && (c == 'b' || c == 'B' || c == 'A' || c == 'z')):
		return `\` + string(c)
	case c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z':
		return regexp.QuoteMeta(string(c))
	}
	f.fail(`\%c in a regular expression is not known to this interpreter: %s`, c, text)
	return ""
}

// on is the pattern for a text. It is a fault where the text has characters that the expression reads otherwise in Java: an end of line
// before $ or where a dot could be, letters beyond ASCII beside \b.
func (f *frame) on(p javaPattern, text string) *regexp.Regexp {
	odd := p.ends && strings.ContainsAny(text, "\n\r\u0085\u2028\u2029") || p.dots && strings.ContainsAny(text, "\r\u0085\u2028\u2029") ||
		p.words && strings.IndexFunc(text, func(r rune) bool { return r > 127 }) >= 0
	if odd {
		f.fail("what the regular expression %s finds in a text with such characters is not known to this interpreter", p.Regexp)
	}
	return p.Regexp
}

// replacement turns $1 of Java into ${1} of Go, where $1x would be another name.
func (f *frame) replacement(text string) string {
	if strings.Contains(text, `\`) {
		f.fail("escapes in a replacement are not known to this interpreter: %s", text)
	}
	return groupReference.ReplaceAllString(text, "$${$1}")
}

var groupReference = regexp.MustCompile(`\$(\d)`)
