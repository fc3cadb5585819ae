package jscall

import "strings"

// PathError is a value that is not of the type asked for. It names the way to
// the value and never the value itself, which may be a customer's.
type PathError struct {
	Path []string // property names from the value that was asked
	Want string   // what was asked for
	Got  string   // the JavaScript type that is there
}

// Error returns for example "task.attributes.from is a number, not a string".
func (e *PathError) Error() string {
	return pathText(e.Path) + " is " + article(e.Got) + ", not " + article(e.Want)
}

func pathText(path []string) string {
	if len(path) == 0 {
		return "value"
	}
	return strings.Join(path, ".")
}

// article puts "a" or "an" before a noun that takes one.
func article(noun string) string {
	switch {
	case noun == "undefined", noun == "null", noun == "NaN", noun == "infinity":
		return noun
	case strings.ContainsAny(noun[:min(1, len(noun))], "aeiou"):
		return "an " + noun
	default:
		return "a " + noun
	}
}
