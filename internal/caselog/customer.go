package caselog

import (
	"strings"

	"flexcaselog/internal/lean"
)

// Customer is the other end of a task, as far as it is known.
type Customer struct {
	Phone   string // digits of the number, no '+'; empty where there is none
	Name    string
	Address string // as Flex gives it: a number, an e-mail address, a chat identity
}

// Customer returns who the task is with.
func (t Task) Customer() Customer {
	address := t.From
	switch {
	case t.outbound() && t.OutboundTo != "":
		address = t.OutboundTo
	case t.CustomerAddress != "":
		address = t.CustomerAddress
	}
	name := t.CustomerName
	if name == "" {
		name = t.Name
	}
	return Customer{Phone: phoneDigits(address, t.telephone()), Name: name, Address: address}
}

// telephone tells whether the channel's addresses are telephone numbers by nature.
// On the others a customer may be called by digits that are none.
func (t Task) telephone() bool {
	return lean.EqualFold(t.Channel, "voice") || lean.EqualFold(t.Channel, "sms")
}

// Label returns how a person would call the customer, for the names of rows.
func (c Customer) Label() string {
	if c.Name != "" {
		return c.Name
	}
	if word, ok := withheld(c.Address); ok {
		return word
	}
	if c.Address != "" {
		return c.Address
	}
	return "Unknown"
}

// The words that stand where a caller's number should. Carriers that can carry
// digits only spell them on a telephone's keypad (+266696687 is ANONYMOUS).
var withheldWords = [...]string{"anonymous", "restricted", "unavailable", "unknown", "private", "blocked", "withheld"}

// withheld tells whether address is a word for "no number", and which.
func withheld(address string) (word string, ok bool) {
	bare := lean.Lower(strings.TrimPrefix(lean.Trim(address), "+"))
	for _, w := range withheldWords {
		if bare == w || bare == keypad(w) {
			return w, true
		}
	}
	return "", false
}

// keypad spells a lower-case word on a telephone's keys.
func keypad(word string) string {
	const keys = "22233344455566677778889999" // a to z
	digits := make([]byte, len(word))
	for i := range len(word) {
		digits[i] = keys[word[i]-'a']
	}
	return string(digits)
}

// The lengths a telephone number may have: from the shortest internal number
// or SMS short code to the 15 digits of E.164.
const minDigits, maxDigits = 3, 15

// phoneDigits returns the digits of a telephone number however it is written,
// and nothing for what only looks like one: withheld callers, SIP and client
// addresses, e-mail addresses, chat identities. Bare tells whether digits alone are
// a number here; else only the plus of E.164 or a telephone's scheme says so.
func phoneDigits(address string, bare bool) string {
	if _, ok := withheld(address); ok {
		return ""
	}
	number := lean.Trim(address)
	if scheme, rest, ok := strings.Cut(number, ":"); ok {
		switch lean.Lower(scheme) {
		case "tel", "sms", "whatsapp":
			bare = true
		case "sip", "sips", "client":
			return ""
		default:
			bare = false // another channel's user id is often all digits: messenger:1234567
		}
		number = lean.Trim(rest)
		if _, ok := withheld(number); ok {
			return ""
		}
	}
	if !bare && !strings.HasPrefix(number, "+") {
		return ""
	}
	digits, plus := make([]byte, 0, maxDigits), false
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			if len(digits) == maxDigits {
				return ""
			}
			digits = append(digits, byte(r))
		case r == '+' && !plus && len(digits) == 0:
			plus = true
		case isPhoneFiller(r):
		default:
			return ""
		}
	}
	if len(digits) < minDigits {
		return ""
	}
	return string(digits)
}

// isPhoneFiller tells whether r is punctuation that people and address books
// put into numbers, the invisible marks of right-to-left text included.
func isPhoneFiller(r rune) bool {
	switch r {
	case ' ', '-', '.', '(', ')', '/', '\u00a0', '\u2010', '\u2011', '\u2012', '\u2013', '\u200e', '\u200f':
		return true
	}
	return r >= '\u202a' && r <= '\u202e'
}
