package apexrun

import (
	"strings"
	"unicode"
)

func textMethods() methods[string] {
	m := methods[string]{
		"length":             {0, 0, func(_ *frame, s string, _ arguments) any { return int64(TextLength(s)) }},
		"tolowercase":        {0, 0, func(_ *frame, s string, _ arguments) any { return strings.ToLower(s) }},
		"touppercase":        {0, 0, func(_ *frame, s string, _ arguments) any { return strings.ToUpper(s) }},
		"trim":               {0, 0, func(_ *frame, s string, _ arguments) any { return strings.TrimSpace(s) }},
		"tostring":           {0, 0, func(_ *frame, s string, _ arguments) any { return s }},
		"hashcode":           {0, 0, func(_ *frame, s string, _ arguments) any { return hashCode(s) }},
		"capitalize":         {0, 0, func(_ *frame, s string, _ arguments) any { return capitalize(s) }},
		"reverse":            {0, 0, func(_ *frame, s string, _ arguments) any { return reverse(s) }},
		"normalizespace":     {0, 0, func(_ *frame, s string, _ arguments) any { return strings.Join(strings.Fields(s), " ") }},
		"deletewhitespace":   {0, 0, func(_ *frame, s string, _ arguments) any { return strings.Join(strings.Fields(s), "") }},
		"equals":             {1, 1, func(_ *frame, s string, a arguments) any { return a[0] == any(s) }},
		"contains":           {1, 1, func(f *frame, s string, a arguments) any { return strings.Contains(s, a.text(f, 0)) }},
		"containsignorecase": {1, 1, func(f *frame, s string, a arguments) any { return strings.Contains(fold(s), fold(a.text(f, 0))) }},
		"startswith":         {1, 1, func(f *frame, s string, a arguments) any { return strings.HasPrefix(s, a.text(f, 0)) }},
		"startswithignorecase": {1, 1, func(f *frame, s string, a arguments) any {
			return strings.HasPrefix(fold(s), fold(a.text(f, 0)))
		}},
		"endswith":           {1, 1, func(f *frame, s string, a arguments) any { return strings.HasSuffix(s, a.text(f, 0)) }},
		"endswithignorecase": {1, 1, func(f *frame, s string, a arguments) any { return strings.HasSuffix(fold(s), fold(a.text(f, 0))) }},
		"equalsignorecase":   {1, 1, func(f *frame, s string, a arguments) any { return strings.EqualFold(s, a.text(f, 0)) }},
		"compareto":          {1, 1, func(f *frame, s string, a arguments) any { return int64(strings.Compare(s, a.text(f, 0))) }},
		"countmatches":       {1, 1, func(f *frame, s string, a arguments) any { return int64(strings.Count(s, a.text(f, 0))) }},
		"removestart":        {1, 1, func(f *frame, s string, a arguments) any { return strings.TrimPrefix(s, a.text(f, 0)) }},
		"removeend":          {1, 1, func(f *frame, s string, a arguments) any { return strings.TrimSuffix(s, a.text(f, 0)) }},
		"remove":             {1, 1, func(f *frame, s string, a arguments) any { return strings.ReplaceAll(s, a.text(f, 0), "") }},
		"replace":            {2, 2, func(f *frame, s string, a arguments) any { return strings.ReplaceAll(s, a.text(f, 0), a.text(f, 1)) }},
		"isnumeric":          {0, 0, func(_ *frame, s string, _ arguments) any { return every(s, unicode.IsDigit) }},
		"isalpha":            {0, 0, func(_ *frame, s string, _ arguments) any { return every(s, unicode.IsLetter) }},
		"isalphanumeric": {0, 0, func(_ *frame, s string, _ arguments) any {
			return every(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		}},
		"isnumericspace":  {0, 0, func(_ *frame, s string, _ arguments) any { return s == "" || every(s, isDigitOrSpace) }},
		"isalllowercase":  {0, 0, func(_ *frame, s string, _ arguments) any { return every(s, unicode.IsLower) }},
		"isalluppercase":  {0, 0, func(_ *frame, s string, _ arguments) any { return every(s, unicode.IsUpper) }},
		"containsonly":    {1, 1, func(f *frame, s string, a arguments) any { return strings.Trim(s, a.text(f, 0)) == "" }},
		"containsany":     {1, 1, func(f *frame, s string, a arguments) any { return strings.ContainsAny(s, a.text(f, 0)) }},
		"containsnone":    {1, 1, func(f *frame, s string, a arguments) any { return !strings.ContainsAny(s, a.text(f, 0)) }},
		"substringbefore": {1, 1, func(f *frame, s string, a arguments) any { return around(s, strings.Index(s, a.text(f, 0)), 0, s) }},
		"substringafter": {1, 1, func(f *frame, s string, a arguments) any {
			return after(s, strings.Index(s, a.text(f, 0)), a.text(f, 0))
		}},
		"substringbetween": {1, 2, func(f *frame, s string, a arguments) any { return between(s, a.text(f, 0), a.text(f, len(a)-1)) }},
		"substringbeforelast": {1, 1, func(f *frame, s string, a arguments) any {
			return around(s, strings.LastIndex(s, a.text(f, 0)), 0, s)
		}},
		"substringafterlast": {1, 1, func(f *frame, s string, a arguments) any {
			return after(s, strings.LastIndex(s, a.text(f, 0)), a.text(f, 0))
		}},
		"getsobjecttype": {0, 0, func(f *frame, s string, _ arguments) any {
			o := f.run.program.store.ObjectOf(f.identifier(s))
			if o == nil {
				f.throw("StringException", "Invalid id: %s", s)
			}
			return typeName{name: o.Name, object: o}
		}},
		"to15": {0, 0, func(f *frame, s string, _ arguments) any { return f.identifier(s)[:15] }},
	}
	addUnitMethods(m)
	addPatternMethods(m)
	return m
}

// addUnitMethods adds the methods that count, in UTF-16 units as Apex does.
func addUnitMethods(m methods[string]) {
	m["left"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		u, n := units(s), a.whole(f, 0)
		return fromUnits(u[:clamp(n, len(u))])
	}}
	m["right"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		u, n := units(s), a.whole(f, 0)
		return fromUnits(u[len(u)-clamp(n, len(u)):])
	}}
	m["mid"] = native[string]{2, 2, func(f *frame, s string, a arguments) any {
		u, from := units(s), a.whole(f, 0)
		from = clamp(from, len(u))
		return fromUnits(u[from : from+clamp(a.whole(f, 1), len(u)-from)])
	}}
	m["substring"] = native[string]{1, 2, func(f *frame, s string, a arguments) any {
		u, from := units(s), a.whole(f, 0)
		to := len(u)
		if len(a) == 2 {
			to = a.whole(f, 1)
		}
		if from < 0 || from > len(u) {
			f.throw("StringException", "Starting position out of bounds: %d", from)
		}
		if to > len(u) || to < from {
			f.throw("StringException", "Ending position out of bounds: %d", to)
		}
		return fromUnits(u[from:to])
	}}
	m["abbreviate"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		u, n := units(s), a.whole(f, 0)
		if n < 4 {
			f.throw("IllegalArgumentException", "Minimum abbreviation width is 4")
		}
		if len(u) <= n {
			return s
		}
		return fromUnits(u[:n-3]) + "..."
	}}
	m["indexof"] = native[string]{1, 2, func(f *frame, s string, a arguments) any {
		u, from := units(s), 0
		if len(a) == 2 {
			from = clamp(a.whole(f, 1), len(u))
		}
		tail := fromUnits(u[from:])
		i := strings.Index(tail, a.text(f, 0))
		if i < 0 {
			return int64(-1)
		}
		return int64(from + TextLength(tail[:i]))
	}}
	m["lastindexof"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		i := strings.LastIndex(s, a.text(f, 0))
		if i < 0 {
			return int64(-1)
		}
		return int64(TextLength(s[:i]))
	}}
	m["charat"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		u, i := units(s), a.whole(f, 0)
		if i < 0 || i >= len(u) {
			f.throw("StringException", "String index out of range: %d", i)
		}
		return int64(u[i])
	}}
	m["repeat"] = native[string]{1, 1, func(f *frame, s string, a arguments) any {
		n := max(a.whole(f, 0), 0)
		if n*len(s) > 6_000_000 {
			f.throw("LimitException", "Apex heap size too large")
		}
		return strings.Repeat(s, n)
	}}
	m["leftpad"] = native[string]{1, 2, func(f *frame, s string, a arguments) any { return padding(f, s, a) + s }}
	m["rightpad"] = native[string]{1, 2, func(f *frame, s string, a arguments) any { return s + padding(f, s, a) }}
}

func padding(f *frame, s string, a arguments) string {
	pad := " "
	if len(a) == 2 {
		pad = a.text(f, 1)
	}
	n := min(a.whole(f, 0), 6_000_000) - TextLength(s)
	if n <= 0 || pad == "" {
		return ""
	}
	u := units(strings.Repeat(pad, n/TextLength(pad)+1))
	return fromUnits(u[:n])
}

// addPatternMethods adds the methods that take a regular expression.
func addPatternMethods(m methods[string]) {
	m["replaceall"] = native[string]{2, 2, func(f *frame, s string, a arguments) any {
		return f.on(f.pattern(a.text(f, 0)), s).ReplaceAllString(s, f.replacement(a.text(f, 1)))
	}}
	m["replacefirst"] = native[string]{2, 2, func(f *frame, s string, a arguments) any {
		re, with := f.on(f.pattern(a.text(f, 0)), s), f.replacement(a.text(f, 1))
		at := re.FindStringSubmatchIndex(s)
		if at == nil {
			return s
		}
		return s[:at[0]] + string(re.ExpandString(nil, with, s, at)) + s[at[1]:]
	}}
	m["split"] = native[string]{1, 2, func(f *frame, s string, a arguments) any {
		limit := 0
		if len(a) == 2 {
			limit = a.whole(f, 1)
		}
		n := limit
		if limit <= 0 {
			n = -1
		}
		parts := f.on(f.pattern(a.text(f, 0)), s).Split(s, n)
		for limit == 0 && s != "" && len(parts) > 0 && parts[len(parts)-1] == "" { // as Java does
			parts = parts[:len(parts)-1]
		}
		return texts(parts)
	}}
}

func texts(parts []string) *list {
	l := &list{element: "String"}
	for _, p := range parts {
		l.items = append(l.items, p)
	}
	return l
}
