package apexrun_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		expression string
		want       any
	}{
		"the greatest Integer is followed by the smallest": {"2147483647 + 1", int64(math.MinInt32)},
		"an Integer product keeps its lowest 32 bits":      {"65536 * 65536", int64(0)},
		"the smallest Integer has no opposite":             {"-(-2147483647 - 1)", int64(math.MinInt32)},
		"the smallest Integer through minus one":           {"(-2147483647 - 1) / -1", int64(math.MinInt32)},
		"a Long is wider":                                  {"2147483647L + 1", int64(math.MaxInt32 + 1)},
		"an Integer beside a Long becomes one":             {"2147483647 + 1L", int64(math.MaxInt32 + 1)},
		"the greatest Long is followed by the smallest":    {"9223372036854775807L + 1", int64(math.MinInt64)},
		"a product is an Integer before it is assigned":    {"milliseconds(30)", int64(-1702967296)},
		"milliseconds are a Long":                          {"Datetime.newInstanceGmt(2026, 1, 1).getTime() - 1", int64(1767225599999)},
		"intValue keeps the lowest 32 bits":                {"4294967297L.intValue()", int64(1)},
		"a cast keeps the lowest 32 bits":                  {"(Integer) 4294967298L", int64(2)},
		"tenths add up exactly":                            {"0.1 + 0.2 == 0.3", true},
		"a sum has the decimals of its longer side":        {"String.valueOf(1.50 + 2)", "3.50"},
		"a product has the decimals of both":               {"String.valueOf(1.50 * 2.0)", "3.000"},
		"a quotient has the decimals that it needs":        {"String.valueOf(7 / 2.0)", "3.5"},
		"decimals are equal whatever their zeros":          {"1.50 == 1.5", true},
		"a decimal keeps twenty digits":                    {"String.valueOf(12345678901234567890.5 + 1)", "12345678901234567891.5"},
		"half goes to the even neighbour":                  {"String.valueOf(2.5.setScale(0)) + 3.5.setScale(0)", "24"},
		"half goes to the even neighbour below zero":       {"String.valueOf((-2.5).setScale(0)) + (-3.5).setScale(0)", "-2-4"},
		"round answers a Long":                             {"1.5.round() + 2147483647", int64(2147483649)},
		"a negative decimal less than one":                 {"String.valueOf(-0.05)", "-0.05"},
		"a Double is binary":                               {"0.1d + 0.2d == 0.3d", false},
		"a Double is written with a decimal":               {"String.valueOf(2.0d)", "2.0"},
		"a Decimal beside a Double becomes one":            {"String.valueOf(0.5 + 1.0d)", "1.5"},
		"a text with an exponent":                          {"String.valueOf(Decimal.valueOf('1.5e3'))", "1500"},
		"a Long of a text":                                 {"Long.valueOf('3000000000')", int64(3000000000)},
		"the magnitude of a Decimal":                       {"Math.abs(-1.50)", 1.5},
		"the greater of a Decimal and an Integer":          {"Math.max(1.5, 1)", 1.5},
		"a whole number of JSON that is long":              {"((List<Object>) JSON.deserializeUntyped('[3000000000]'))[0] instanceof Long", true},
		"a stored number is a Decimal":                     {"new Case(Seconds__c = 3).Seconds__c / 2", 1.5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), "return "+tc.expression+";", "static Long milliseconds(Integer days) { return days * 24 * 60 * 60 * 1000; }")
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestNumbersThatAreNotKnown(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ body, says string }{
		"a quotient without end":             {"return 1 / 3.0;", "a Decimal quotient without end"},
		"more digits than a record holds":    {"insert new Case(Seconds__c = 1234567890.1234567); return null;", "more than 15 digits"},
		"a Long given to an Integer":         {"Integer i = 1L; return i;", "Illegal assignment from Long to Integer"},
		"a Long as an index":                 {"return new List<Integer>{ 1 }[0L];", "Illegal index: Long"},
		"a Double without end":               {"Double d = 1000000000000000000.0; for (Integer i = 0; i < 20; i++) { d = d * d; } return d;", "a Double of this size"},
		"a Double by nothing":                {"return 1.0d / 0.0d;", "Divide by 0"},
		"a remainder":                        {"return 5 ^ 3;", "expression not known"},
		"a method of Decimals on an Integer": {"return 5.setScale(1);", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			classes := probe(tc.body, "")
			p, err := apexrun.Load(write(t, classes), newMemory())
			if err == nil {
				_, err = p.Call(t.Context(), "Probe", "run", nil)
			}
			require.ErrorContains(t, err, tc.says)
		})
	}
}

// FuzzDecimal promises that sums and products of Decimals are those of rational numbers.
func FuzzDecimal(f *testing.F) {
	f.Add(int32(1), uint8(1), int32(-25), uint8(2))
	f.Add(int32(0), uint8(0), int32(7), uint8(9))
	f.Fuzz(func(t *testing.T, a int32, x uint8, b int32, y uint8) {
		left, right := literal(a, x%10), literal(b, y%10)
		got, err := run(t, newMemory(), "Decimal a = Decimal.valueOf('"+left+"'); Decimal b = Decimal.valueOf('"+right+"'); return String.valueOf(a + b) + ' ' + a * b + ' ' + (a < b);", "")
		require.NoError(t, err)
		p, _ := new(big.Rat).SetString(left)
		q, _ := new(big.Rat).SetString(right)
		sum, product := new(big.Rat).Add(p, q), new(big.Rat).Mul(p, q)
		less := "false"
		if p.Cmp(q) < 0 {
			less = "true"
		}
		want := sum.FloatString(int(max(x%10, y%10))) + " " + product.FloatString(int(x%10)+int(y%10)) + " " + less
		require.Equal(t, want, got)
	})
}

// literal writes a number with that many decimals.
func literal(n int32, decimals uint8) string {
	return new(big.Rat).SetFrac(big.NewInt(int64(n)), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)).FloatString(int(decimals))
}

func TestRegularExpressions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		expression string
		want       any
	}{
		"digits":                               {`'a1b2'.replaceAll('\\d', '')`, "ab"},
		"white space knows the vertical tab":   {`'a\u000bb'.replaceAll('\\s', '')`, "ab"},
		"white space in a set":                 {`'a\u000b-b'.replaceAll('[\\s-]', '')`, "ab"},
		"what is no white space":               {`'a b'.replaceAll('\\S', 'x')`, "x x"},
		"a set that is turned round":           {`'a-b'.replaceAll('[^a-z]', '')`, "ab"},
		"signs that are escaped":               {`'a.b+c'.replaceAll('\\.|\\+', '')`, "abc"},
		"a character by its number":            {`'aé'.replaceAll('[^\\x00-\\x7F]', '')`, "a"},
		"an end of a text without lines":       {`'ab'.replaceAll('b$', '')`, "a"},
		"a class of letters":                   {`'aé1'.replaceAll('\\p{L}', '')`, "1"},
		"all is separators, and nothing stays": {`',,'.split(',').size()`, int64(0)},
		"no separator, and all stays":          {`''.split(',').size()`, int64(1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), "return "+tc.expression+";", "")
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
	for name, expression := range map[string]string{
		"a look ahead":                               `'a'.replaceAll('(?=a)', '')`,
		"a possessive repetition":                    `'a'.replaceAll('a++', '')`,
		"a set without another":                      `'a'.replaceAll('[a-z&&[^b]]', '')`,
		"a set in a set":                             `'a'.replaceAll('[a[b]]', '')`,
		"a set that begins with its end":             `'a'.replaceAll('[]a]', '')`,
		"a name of Go only":                          `'a'.replaceAll('(?P<n>a)', '')`,
		"a group again":                              `'aa'.replaceAll('(a)\\1', '')`,
		"horizontal space":                           `'a'.replaceAll('\\h', '')`,
		"what Go takes for more than one character":  `'a'.replaceAll('\\C', '')`,
		"an end before the last line's end":          `'a\n'.replaceAll('a$', '')`,
		"a dot where a line of another kind ends":    `'a\r'.replaceAll('.', '')`,
		"a border of words beside letters of others": `'é a'.replaceAll('\\ba', '')`,
		"an escape in what is put in":                `'a'.replaceAll('a', '\\\\$')`,
	} {
		t.Run("not known: "+name, func(t *testing.T) {
			t.Parallel()
			_, err := run(t, newMemory(), "return "+expression+";", "")
			var source *apexrun.SourceError
			require.ErrorAs(t, err, &source)
			require.Contains(t, source.Text, "not known")
			require.Positive(t, source.Line)
		})
	}
}
