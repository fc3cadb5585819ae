package apexrun

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// long is a Long, where int64 is an Integer, which is kept within 32 bits.
type long int64

// decimal is a Decimal: unscaled / 10^scale, exactly. It is never changed.
type decimal struct {
	unscaled *big.Int
	scale    int
}

// mostDigits is how many digits of a Decimal a field of a record holds without loss.
const mostDigits = 15

// parseDecimal reads plain notation and that with an exponent.
func parseDecimal(text string) (decimal, bool) {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(text), "e")
	shift := 0
	if hasExponent {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > 400 || n < -400 {
			return decimal{}, false
		}
		shift = n
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	unscaled, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok || strings.ContainsAny(fraction, "+-_") || strings.Contains(whole, "_") {
		return decimal{}, false
	}
	d := decimal{unscaled, len(fraction) - shift}
	if d.scale < 0 {
		d = decimal{new(big.Int).Mul(unscaled, powerOfTen(-d.scale)), 0}
	}
	return d, true
}

// decimalOf turns any number into a Decimal. A Double or a stored number becomes the shortest one that reads as the same.
func decimalOf(v any) (decimal, bool) {
	switch x := v.(type) {
	case int64:
		return decimal{big.NewInt(x), 0}, true
	case long:
		return decimal{big.NewInt(int64(x)), 0}, true
	case float64:
		return parseDecimal(strconv.FormatFloat(x, 'f', -1, 64))
	case decimal:
		return x, true
	}
	return decimal{}, false
}

func powerOfTen(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// at gives a Decimal that many decimals, rounding to the even neighbour where it lies half way.
func (d decimal) at(scale int) decimal {
	if scale >= d.scale {
		return decimal{new(big.Int).Mul(d.unscaled, powerOfTen(scale-d.scale)), scale}
	}
	by := powerOfTen(d.scale - scale)
	quotient, rest := new(big.Int).QuoRem(d.unscaled, by, new(big.Int))
	half := new(big.Int).Mul(rest.Abs(rest), big.NewInt(2)).Cmp(by)
	if half > 0 || half == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(int64(d.unscaled.Sign())))
	}
	return decimal{quotient, scale}
}

// whole cuts the decimals off.
func (d decimal) whole() int64 {
	return new(big.Int).Quo(d.unscaled, powerOfTen(d.scale)).Int64()
}

func (d decimal) float() float64 {
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

func (d decimal) String() string {
	text := new(big.Int).Abs(d.unscaled).String()
	if d.scale > 0 {
		if missing := d.scale + 1 - len(text); missing > 0 {
			text = strings.Repeat("0", missing) + text
		}
		text = text[:len(text)-d.scale] + "." + text[len(text)-d.scale:]
	}
	if d.unscaled.Sign() < 0 {
		return "-" + text
	}
	return text
}

// digits counts those that a value needs, trailing zeros apart.
func (d decimal) digits() int {
	return len(strings.Trim(new(big.Int).Abs(d.unscaled).String(), "0"))
}

// calculate is an operation on two Decimals; false where the result has no end.
func (d decimal) calculate(op string, e decimal) (decimal, bool) {
	scale := max(d.scale, e.scale)
	x, y := d.at(scale).unscaled, e.at(scale).unscaled
	switch op {
	case "+":
		return decimal{new(big.Int).Add(x, y), scale}, true
	case "-":
		return decimal{new(big.Int).Sub(x, y), scale}, true
	case "*":
		return decimal{new(big.Int).Mul(d.unscaled, e.unscaled), d.scale + e.scale}, true
	}
	for decimals := max(d.scale-e.scale, 0); decimals <= 34; decimals++ {
		quotient, rest := new(big.Int).QuoRem(new(big.Int).Mul(x, powerOfTen(decimals)), y, new(big.Int))
		if rest.Sign() == 0 {
			return decimal{quotient, decimals}, true
		}
	}
	return decimal{}, false
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, long, float64, decimal:
		return true
	}
	return false
}

// compareNumbers orders two numbers by their exact values.
func compareNumbers(a, b any) int {
	x, ok := decimalOf(a)
	y, ok2 := decimalOf(b)
	if !ok || !ok2 {
		return 0 // a Double that is no number: none can be made here
	}
	scale := max(x.scale, y.scale)
	return x.at(scale).unscaled.Cmp(y.at(scale).unscaled)
}

// stored turns a number of a row into what Apex has of that field: a Decimal with the field's decimals.
func (field *Field) stored(v any) any {
	n, ok := v.(float64)
	if !ok || field.Type != TypeNumber {
		return v
	}
	d, ok := decimalOf(n)
	if !ok {
		return v
	}
	return d.at(max(d.scale, field.Scale))
}

// storable turns a number of Apex into that of a row.
func (f *frame) storable(v any) any {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case long:
		v, _ = decimalOf(x)
		return f.storable(v)
	case decimal:
		if x.digits() > mostDigits {
			f.fail("a number of more than %d digits in a record is not known to this interpreter: %s", mostDigits, x)
		}
		return x.float()
	}
	return v
}

// arithmeticOf is + - * / of two numbers. Integers stay within 32 bits and Longs within 64, where they begin again from the other end.
func (f *frame) arithmeticOf(op string, a, b any) any {
	i, left := a.(int64)
	j, right := b.(int64)
	if left && right {
		return int64(int32(f.whole(op, i, j)))
	}
	m, left := wide(a)
	n, right := wide(b)
	if left && right {
		return long(f.whole(op, m, n))
	}
	x, xDouble := a.(float64)
	y, yDouble := b.(float64)
	if xDouble || yDouble {
		if !xDouble {
			d, _ := decimalOf(a)
			x = d.float()
		}
		if !yDouble {
			d, _ := decimalOf(b)
			y = d.float()
		}
		return f.double(op, x, y)
	}
	d, _ := decimalOf(a)
	e, _ := decimalOf(b)
	if op == "/" && e.unscaled.Sign() == 0 {
		f.throw("MathException", "Divide by 0")
	}
	out, ok := d.calculate(op, e)
	if !ok {
		f.fail("a Decimal quotient without end is not known to this interpreter: %s / %s", d, e)
	}
	return out
}

// wide takes an Integer for a Long.
func wide(v any) (int64, bool) {
	switch x := v.(type) {
	case int64:
		return x, true
	case long:
		return int64(x), true
	}
	return 0, false
}

func (f *frame) whole(op string, i, j int64) int64 {
	switch op {
	case "+":
		return i + j
	case "-":
		return i - j
	case "*":
		return i * j
	}
	if j == 0 {
		f.throw("MathException", "Divide by 0")
	}
	if j == -1 {
		return -i // the smallest number has no opposite, and Go would not say so
	}
	return i / j
}

func (f *frame) double(op string, x, y float64) any {
	if op == "/" && y == 0 {
		f.throw("MathException", "Divide by 0")
	}
	v := map[string]func() float64{
		"+": func() float64 { return x + y }, "-": func() float64 { return x - y },
		"*": func() float64 { return x * y }, "/": func() float64 { return x / y },
	}[op]()
	if math.IsInf(v, 0) || math.IsNaN(v) {
		f.fail("a Double of this size is not known to this interpreter")
	}
	return v
}
