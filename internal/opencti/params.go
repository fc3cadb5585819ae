package opencti

import "strings"

// Param is one parameter of an Apex method, by the name it has in Apex.
type Param struct {
	Name  string
	Value string // only A-Z a-z 0-9 _ . -
}

// methodParams returns what runApex takes for params: a query string. Whether
// Salesforce decodes its values is not known, so it refuses with an
// [*ArgumentError] every value that is not the same encoded and decoded.
func methodParams(params []Param) (string, error) {
	pairs := make([]string, len(params))
	for i, p := range params {
		if p.Name == "" || strings.ContainsFunc(p.Name, func(c rune) bool { return c == '.' || c == '-' || !isPlain(c) }) {
			return "", &ArgumentError{"runApex", "a parameter's name", "is not an Apex name"}
		}
		if strings.ContainsFunc(p.Value, func(c rune) bool { return !isPlain(c) }) {
			return "", &ArgumentError{"runApex", "parameter " + p.Name, "has a character other than A-Z a-z 0-9 _ . -; send it as hex"}
		}
		pairs[i] = p.Name + "=" + p.Value
	}
	return strings.Join(pairs, "&"), nil
}

func isPlain(c rune) bool {
	return c < 0x80 && isAlphanumeric(byte(c)) || c == '_' || c == '.' || c == '-'
}
