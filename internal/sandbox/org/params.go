package org

import (
	"fmt"
	"net/url"
	"strings"
)

// Decode is what the org does to runApex's methodParams. Nobody has shown which of them Salesforce does, so a caller must be right in all.
type Decode string

// The three readings of a query string: as a form's (+ is a space), as a URL's path (+ stays), and not at all.
const (
	DecodeForm    Decode = "form"
	DecodePercent Decode = "percent"
	DecodeNone    Decode = "none"
)

// parseParams reads a query string. Its warnings say what a real org might read otherwise, without the values, which are a customer's.
// A part that cannot be decoded is kept as it is. The first of two parameters of one name wins.
func parseParams(query string, decode Decode) (params map[string]string, warnings []string) {
	params = map[string]string{}
	if query == "" {
		return params, nil
	}
	for part := range strings.SplitSeq(query, "&") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || name == "" {
			warnings = append(warnings, "a part of methodParams is no name=value")
			if name == "" {
				continue
			}
		}
		if !plain(name) || !plain(value) {
			warnings = append(warnings, fmt.Sprintf("parameter %.40q holds characters other than letters, digits, '_', '.' and '-'", name))
		}
		name, value = decode.text(name), decode.text(value)
		if _, twice := params[name]; twice {
			warnings = append(warnings, fmt.Sprintf("parameter %.40q is there twice", name))
			continue
		}
		params[name] = value
	}
	return params, warnings
}

func (d Decode) text(s string) string {
	read := url.QueryUnescape
	switch d {
	case DecodePercent:
		read = url.PathUnescape
	case DecodeNone:
		return s
	}
	out, err := read(s)
	if err != nil {
		return s
	}
	return out
}

// plain tells whether a text reads the same in every mode.
func plain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '.' && r != '-'
	}) < 0
}
