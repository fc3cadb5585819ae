// Package secret keeps tokens out of everything that is printed. It knows nothing
// of what they open.
package secret

import "strings"

// Hidden is what is shown in the place of a secret.
const Hidden = "[hidden]"

// Text never shows, however deep in whatever is printed: package fmt asks no
// method of a field that is not exported, so the text is behind a function. The
// zero value is no secret.
type Text func() string

// Conceal makes a secret of a text.
func Conceal(text string) Text { return func() string { return text } }

// Reveal returns the text, to be sent to whom it belongs.
func (t Text) Reveal() string {
	if t == nil {
		return ""
	}
	return t()
}

// Scrub takes secrets out of a text that somebody else wrote.
func Scrub(text string, secrets ...string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, Hidden)
		}
	}
	return text
}
