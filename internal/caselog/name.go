package caselog

import (
	"flexcaselog/internal/lean"
)

// maxName is the length of the field Name in UTF-16 code units, which is how
// Salesforce counts characters.
const maxName = 80

// rowName returns the Name of a row: "<customer> - <status>", cut to fit.
func rowName(c Customer, s Status) string {
	return CutUTF16(oneLine(c.Label())+" - "+s.String(), maxName)
}

// oneLine replaces the control characters in s, line breaks among them, by
// spaces.
func oneLine(s string) string {
	return lean.Blank(s, func(c byte) bool { return c < ' ' || c == 0x7f })
}

// CutUTF16 returns as much of s as fits into limit UTF-16 code units. It never
// cuts inside a character, so never between the halves of a surrogate pair.
func CutUTF16(s string, limit int) string {
	for i, r := range s {
		limit--
		if r > '\uffff' {
			limit--
		}
		if limit < 0 {
			return s[:i]
		}
	}
	return s
}
