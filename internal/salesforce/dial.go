package salesforce

import (
	"encoding/hex"
	"errors"

	"flexcaselog/internal/opencti"
	"flexcaselog/internal/span"
)

// Dialable returns the number that a written one stands for, E.164 with its plus,
// and the extension behind it, if there is one. What begins with a plus needs no
// country; all else is the org's to work out, which knows how the countries write
// their numbers. Number is empty for what can't be called.
func (o *Org) Dialable(ctx span.Context, written string) (number, extension string, err error) {
	if number := international(written); number != "" {
		return number, "", nil
	}
	answer, err := o.cti.RunApex(ctx, o.opts.ApexClass, "dialable", []opencti.Param{
		{Name: "written", Value: hex.EncodeToString([]byte(written))},
		{Name: "country", Value: o.opts.DefaultCountry},
	}, "number", "extension")
	if errors.Is(err, opencti.ErrNull) || err == nil && answer["number"] == "" {
		return "", "", nil
	}
	if err != nil {
		return "", "", fail(err)
	}
	return "+" + answer["number"], answer["extension"], nil
}

// international returns the number where written is an international one and
// nothing else: a plus, digits, and what people put between them.
func international(written string) string {
	if written == "" || written[0] != '+' {
		return ""
	}
	number := []byte{'+'}
	for i := 1; i < len(written); i++ {
		switch c := written[i]; {
		case '0' <= c && c <= '9':
			number = append(number, c)
		case c == ' ' || c == '-' || c == '.':
		default:
			return "" // an extension, a trunk zero in brackets
		}
	}
	const least, most = 8, 15
	if digits := len(number) - 1; digits < least || digits > most {
		return ""
	}
	return string(number)
}
