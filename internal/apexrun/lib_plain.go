package apexrun

import (
	"math/big"
	"strings"
	"time"
)

func numberMethods() methods[any] {
	as := func(kind string) native[any] {
		return native[any]{0, 0, func(_ *frame, v any, _ arguments) any {
			d, _ := decimalOf(v)
			return narrow(d, kind)
		}}
	}
	return methods[any]{
		"intvalue": as("integer"), "longvalue": as("long"), "doublevalue": as("double"),
		"format":        {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
		"tostring":      {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
		"toplainstring": {0, 0, func(f *frame, v any, _ arguments) any { return f.decimalOnly(v, "toPlainString").String() }},
		"round":         {0, 0, func(f *frame, v any, _ arguments) any { return narrow(f.decimalOnly(v, "round").at(0), "long") }},
		"abs": {0, 0, func(f *frame, v any, _ arguments) any {
			d := f.decimalOnly(v, "abs")
			return decimal{new(big.Int).Abs(d.unscaled), d.scale}
		}},
		"scale": {0, 0, func(f *frame, v any, _ arguments) any { return int64(f.decimalOnly(v, "scale").scale) }},
		"setscale": {1, 1, func(f *frame, v any, a arguments) any {
			n := a.whole(f, 0)
			if n < 0 || n > 33 {
				f.fail("a scale of %d is not known to this interpreter", n)
			}
			return f.decimalOnly(v, "setScale").at(n)
		}},
	}
}

// decimalOnly is a Decimal that a method of Decimals was called on.
func (f *frame) decimalOnly(v any, method string) decimal {
	d, ok := v.(decimal)
	if !ok {
		f.fail("Method does not exist or incorrect signature: %s on %s", method, kindOf(v))
	}
	return d
}

func booleanMethods() methods[any] {
	return methods[any]{"tostring": {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }}}
}

func momentMethods() methods[any] {
	add := func(unit time.Duration) native[any] {
		return native[any]{1, 1, func(f *frame, v any, a arguments) any {
			return v.(time.Time).Add(time.Duration(a.whole(f, 0)) * unit)
		}}
	}
	part := func(read func(time.Time) int) native[any] {
		return native[any]{0, 0, func(_ *frame, v any, _ arguments) any { return int64(read(v.(time.Time).UTC())) }}
	}
	return methods[any]{
		"gettime":    {0, 0, func(_ *frame, v any, _ arguments) any { return long(v.(time.Time).UnixMilli()) }},
		"addseconds": add(time.Second), "addminutes": add(time.Minute), "addhours": add(time.Hour), "adddays": add(24 * time.Hour),
		"yeargmt": part(time.Time.Year), "daygmt": part(time.Time.Day), "hourgmt": part(time.Time.Hour),
		"minutegmt": part(time.Time.Minute), "secondgmt": part(time.Time.Second),
		"monthgmt":  part(func(t time.Time) int { return int(t.Month()) }),
		"dategmt":   {0, 0, func(_ *frame, v any, _ arguments) any { return dateOf(v.(time.Time).UTC()) }},
		"date":      {0, 0, func(_ *frame, v any, _ arguments) any { return dateOf(v.(time.Time).UTC()) }},
		"formatgmt": {1, 1, formatMoment},
		"tostring":  {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
	}
}

func dateOf(t time.Time) Date {
	return Date{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
}

// formatMoment knows the letters of a pattern that stand for plain numbers; another letter outside of quotes is a fault.
func formatMoment(f *frame, v any, a arguments) any {
	t := v.(time.Time).UTC()
	var out strings.Builder
	for i, part := range strings.Split(a.text(f, 0), "'") {
		if i%2 == 1 {
			out.WriteString(part)
			continue
		}
		layout := strings.NewReplacer("yyyy", "2006", "MM", "01", "dd", "02", "HH", "15", "mm", "04", "ss", "05", "SSS", "000").Replace(part)
		if strings.ContainsFunc(layout, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }) {
			f.fail("date pattern not known to this interpreter: %s", a.text(f, 0))
		}
		out.WriteString(t.Format(layout))
	}
	return out.String()
}

func dayMethods() methods[any] {
	part := func(read func(time.Time) int) native[any] {
		return native[any]{0, 0, func(_ *frame, v any, _ arguments) any { return int64(read(v.(Date).Time)) }}
	}
	return methods[any]{
		"adddays": {1, 1, func(f *frame, v any, a arguments) any { return Date{v.(Date).AddDate(0, 0, a.whole(f, 0))} }},
		"daysbetween": {1, 1, func(f *frame, v any, a arguments) any {
			return int64(argument[Date](f, a, 0).Sub(v.(Date).Time).Hours() / 24)
		}},
		"year": part(time.Time.Year), "day": part(time.Time.Day),
		"month":    part(func(t time.Time) int { return int(t.Month()) }),
		"tostring": {0, 0, func(_ *frame, v any, _ arguments) any { return render(v) }},
	}
}

func blobMethods() methods[any] {
	return methods[any]{
		"size":     {0, 0, func(_ *frame, v any, _ arguments) any { return int64(len(v.(blob))) }},
		"tostring": {0, 0, blobText},
	}
}
