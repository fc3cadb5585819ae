package apexrun

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

func blank(v any) bool { return v == nil || strings.TrimSpace(render(v)) == "" }

func stringStatics() methods[typeName] {
	return methods[typeName]{
		"isblank":    {1, 1, func(_ *frame, _ typeName, a arguments) any { return blank(a[0]) }},
		"isnotblank": {1, 1, func(_ *frame, _ typeName, a arguments) any { return !blank(a[0]) }},
		"isempty":    {1, 1, func(_ *frame, _ typeName, a arguments) any { return a[0] == nil || a[0] == "" }},
		"isnotempty": {1, 1, func(_ *frame, _ typeName, a arguments) any { return a[0] != nil && a[0] != "" }},
		"valueof":    {1, 1, func(_ *frame, _ typeName, a arguments) any { return render(a[0]) }},
		"escapesinglequotes": {1, 1, func(f *frame, _ typeName, a arguments) any {
			return strings.ReplaceAll(a.text(f, 0), "'", `\'`)
		}},
		"join": {2, 2, func(f *frame, _ typeName, a arguments) any {
			if a[0] == nil {
				f.throwNull()
			}
			var parts []string
			f.addAll(a[0], func(v any) { parts = append(parts, render(v)) })
			return strings.Join(parts, a.text(f, 1))
		}},
		"format": {2, 2, func(f *frame, _ typeName, a arguments) any {
			text := strings.ReplaceAll(a.text(f, 0), "''", "'")
			for i, v := range argument[*list](f, a, 1).items {
				text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", render(v))
			}
			return text
		}},
		"fromchararray": {1, 1, func(f *frame, _ typeName, a arguments) any {
			var u []uint16
			for _, v := range argument[*list](f, a, 0).items {
				n, _ := v.(int64)
				u = append(u, uint16(n))
			}
			return fromUnits(u)
		}},
	}
}

func integerStatics() methods[typeName] {
	return methods[typeName]{"valueof": {1, 1, func(f *frame, t typeName, a arguments) any {
		if d, ok := decimalOf(a[0]); ok {
			return narrow(d, strings.ToLower(t.name))
		}
		bits := 32
		if strings.EqualFold(t.name, "long") {
			bits = 64
		}
		n, err := strconv.ParseInt(strings.TrimSpace(a.text(f, 0)), 10, bits)
		if err != nil {
			f.throw("TypeException", "Invalid %s: %s", strings.ToLower(t.name), a[0])
		}
		if bits == 64 {
			return long(n)
		}
		return n
	}}}
}

func decimalStatics() methods[typeName] {
	return methods[typeName]{"valueof": {1, 1, func(f *frame, t typeName, a arguments) any {
		d, ok := decimalOf(a[0])
		if !ok {
			d, ok = parseDecimal(strings.TrimSpace(a.text(f, 0)))
		}
		if !ok {
			f.throw("TypeException", "Invalid %s: %s", strings.ToLower(t.name), a[0])
		}
		return narrow(d, strings.ToLower(t.name))
	}}}
}

func booleanStatics() methods[typeName] {
	return methods[typeName]{"valueof": {1, 1, func(f *frame, _ typeName, a arguments) any {
		if b, ok := a[0].(bool); ok {
			return b
		}
		return strings.EqualFold(a.text(f, 0), "true")
	}}}
}

func idStatics() methods[typeName] {
	return methods[typeName]{"valueof": {1, 1, func(f *frame, _ typeName, a arguments) any { return f.identifier(a.text(f, 0)) }}}
}

func mathStatics() methods[typeName] {
	pick := func(wantLess bool) native[typeName] {
		return native[typeName]{2, 2, func(f *frame, _ typeName, a arguments) any {
			if a[0] == nil || a[1] == nil {
				f.throw("NullPointerException", "Argument cannot be null.")
			}
			if (compare(a[0], a[1]) < 0) == wantLess {
				return a[0]
			}
			return a[1]
		}}
	}
	return methods[typeName]{
		"min": pick(true), "max": pick(false),
		"mod": {2, 2, func(f *frame, _ typeName, a arguments) any {
			by := argument[int64](f, a, 1)
			if by == 0 {
				f.throw("MathException", "Divide by 0")
			}
			return argument[int64](f, a, 0) % by
		}},
		"abs": {1, 1, func(f *frame, _ typeName, a arguments) any {
			if !isNumber(a[0]) {
				return argument[int64](f, a, 0)
			}
			if compareNumbers(a[0], int64(0)) < 0 {
				return f.arithmetic("-", int64(0), a[0])
			}
			return a[0]
		}},
		"random": {0, 0, func(_ *frame, _ typeName, _ arguments) any { return rand.Float64() }},
	}
}

func jsonStatics() methods[typeName] {
	return methods[typeName]{
		"serialize": {1, 1, func(_ *frame, _ typeName, a arguments) any { return serialize(a[0]) }},
		"deserializeuntyped": {1, 1, func(f *frame, _ typeName, a arguments) any {
			v, err := deserialize(a.text(f, 0))
			if err != nil {
				f.throw("JSONException", "%v", err)
			}
			return v
		}},
	}
}

func blobStatics() methods[typeName] {
	return methods[typeName]{"valueof": {1, 1, func(f *frame, _ typeName, a arguments) any { return blob(a.text(f, 0)) }}}
}

// blobText is Blob.toString, which throws on bytes that are no UTF-8.
func blobText(f *frame, v any, _ arguments) any {
	s := string(v.(blob))
	if !utf8.ValidString(s) {
		f.throw("StringException", "BLOB is not a valid UTF-8 string")
	}
	return s
}

func encodingStatics() methods[typeName] {
	bytes := func(f *frame, a arguments) []byte { return []byte(argument[blob](f, a, 0)) }
	utf8Only := func(f *frame, a arguments) {
		if !strings.EqualFold(a.text(f, 1), "UTF-8") {
			f.fail("character set not known to this interpreter: %s", a[1])
		}
	}
	return methods[typeName]{
		"converttohex": {1, 1, func(f *frame, _ typeName, a arguments) any { return hex.EncodeToString(bytes(f, a)) }},
		"convertfromhex": {1, 1, func(f *frame, _ typeName, a arguments) any {
			b, err := hex.DecodeString(a.text(f, 0))
			if err != nil {
				f.throw("IllegalArgumentException", "Invalid hexadecimal: %v", err)
			}
			return blob(b)
		}},
		"base64encode": {1, 1, func(f *frame, _ typeName, a arguments) any { return base64.StdEncoding.EncodeToString(bytes(f, a)) }},
		"base64decode": {1, 1, func(f *frame, _ typeName, a arguments) any {
			b, err := base64.StdEncoding.DecodeString(a.text(f, 0))
			if err != nil {
				f.throw("IllegalArgumentException", "Invalid base64: %v", err)
			}
			return blob(b)
		}},
		"urlencode": {2, 2, func(f *frame, _ typeName, a arguments) any {
			utf8Only(f, a)
			return url.QueryEscape(a.text(f, 0))
		}},
		"urldecode": {2, 2, func(f *frame, _ typeName, a arguments) any {
			utf8Only(f, a)
			s, err := url.QueryUnescape(a.text(f, 0))
			if err != nil {
				f.throw("IllegalArgumentException", "%v", err)
			}
			return s
		}},
	}
}

func now(*frame, typeName, arguments) any { return time.Now().UTC().Truncate(time.Millisecond) }

func datetimeStatics() methods[typeName] {
	return methods[typeName]{
		"now": {0, 0, now},
		"newinstance": {1, 1, func(f *frame, _ typeName, a arguments) any {
			n, ok := wide(a[0])
			if !ok {
				f.fail("Method does not exist or incorrect signature: Datetime.newInstance(%s)", a.kinds())
			}
			return time.UnixMilli(n).UTC()
		}},
		"newinstancegmt": {3, 6, func(f *frame, _ typeName, a arguments) any {
			n := make([]int, 6)
			for i := range a {
				n[i] = a.whole(f, i)
			}
			return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
		}},
		"valueofgmt": {1, 1, func(f *frame, _ typeName, a arguments) any {
			t, err := time.Parse(time.DateTime, a.text(f, 0))
			if err != nil {
				f.throw("TypeException", "Invalid date/time: %s", a[0])
			}
			return t
		}},
	}
}

func dateStatics() methods[typeName] {
	return methods[typeName]{
		"today": {0, 0, func(*frame, typeName, arguments) any { return dateOf(time.Now().UTC()) }},
		"newinstance": {3, 3, func(f *frame, _ typeName, a arguments) any {
			return Date{time.Date(a.whole(f, 0), time.Month(a.whole(f, 1)), a.whole(f, 2), 0, 0, 0, 0, time.UTC)}
		}},
	}
}

// RunningUser is who Apex runs as. A store that has users should have this one.
var RunningUser = struct{ ID, FirstName, LastName, Username string }{
	ID: "0055g0000000001AAA", FirstName: "Ada", LastName: "Agent", Username: "ada.agent@example.com",
}

func userStatics() methods[typeName] {
	constant := func(v string) native[typeName] {
		return native[typeName]{0, 0, func(*frame, typeName, arguments) any { return v }}
	}
	return methods[typeName]{
		"getuserid":         {0, 0, func(f *frame, _ typeName, _ arguments) any { return f.run.user }},
		"getorganizationid": constant("00D5g0000000001AAA"),
		"getname":           constant(RunningUser.FirstName + " " + RunningUser.LastName),
		"getfirstname":      constant(RunningUser.FirstName), "getlastname": constant(RunningUser.LastName),
		"getusername": constant(RunningUser.Username), "getuseremail": constant(RunningUser.Username),
		"getlocale": constant("en_US"), "getlanguage": constant("en_US"),
	}
}

func limitStatics() methods[typeName] {
	count := func(read func(limits) int) native[typeName] {
		return native[typeName]{0, 0, func(f *frame, _ typeName, _ arguments) any { return int64(read(f.run.used)) }}
	}
	most := func(n int) native[typeName] {
		return native[typeName]{0, 0, func(*frame, typeName, arguments) any { return int64(n) }}
	}
	return methods[typeName]{
		"getqueries":            count(func(l limits) int { return l.queries }),
		"getdmlstatements":      count(func(l limits) int { return l.statements }),
		"getsoslqueries":        count(func(l limits) int { return l.searches }),
		"getlimitqueries":       most(maxQueries),
		"getlimitdmlstatements": most(maxStatements),
		"getlimitsoslqueries":   most(maxSearches),
	}
}
