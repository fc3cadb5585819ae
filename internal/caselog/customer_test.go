package caselog_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
)

func TestCustomerPhone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		address, phone, label string
	}{
		"an E.164 number loses its plus":                      {"+14155550100", "14155550100", "+14155550100"},
		"a number as people write it":                         {" (415) 555-0100 ", "4155550100", " (415) 555-0100 "},
		"marks of right-to-left text are invisible":           {"\u202a+972 3-555-0100\u202c", "97235550100", "\u202a+972 3-555-0100\u202c"},
		"a WhatsApp address is a number":                      {"whatsapp:+442071838750", "442071838750", "whatsapp:+442071838750"},
		"a tel address is a number":                           {"tel:+442071838750", "442071838750", "tel:+442071838750"},
		"a Messenger user id only looks like a number":        {"messenger:2074123456789", "", "messenger:2074123456789"},
		"another scheme with an E.164 number":                 {"rcs:+442071838750", "442071838750", "rcs:+442071838750"},
		"a SIP address is not a number":                       {"sip:+442071838750@example.com", "", "sip:+442071838750@example.com"},
		"a bare SIP user is not a number":                     {"sip:442071838750", "", "sip:442071838750"},
		"a Twilio client is not a number":                     {"client:12345", "", "client:12345"},
		"an e-mail address is not a number":                   {"ada@example.com", "", "ada@example.com"},
		"an alphanumeric sender is not a number":              {"TWILIO", "", "TWILIO"},
		"a chat identity is not a number":                     {"6f1ed002ab5595859014ebf0951522d9", "", "6f1ed002ab5595859014ebf0951522d9"},
		"more digits than E.164 has are an identity":          {"1234567890123456", "", "1234567890123456"},
		"an SMS short code is a number":                       {"46645", "46645", "46645"},
		"two digits are not":                                  {"12", "", "12"},
		"a plus in the middle is no number":                   {"1+4155550100", "", "1+4155550100"},
		"nothing":                                             {"", "", "Unknown"},
		"anonymous in words":                                  {"Anonymous", "", "anonymous"},
		"anonymous on the keypad":                             {"+266696687", "", "anonymous"},
		"restricted on the keypad":                            {"+7378742833", "", "restricted"},
		"restricted on the keypad, without a plus":            {"7378742833", "", "restricted"},
		"unavailable on the keypad":                           {"+86282452253", "", "unavailable"},
		"unknown on the keypad":                               {"+8656696", "", "unknown"},
		"blocked on the keypad":                               {"+2562533", "", "blocked"},
		"an anonymous caller behind a scheme is withheld too": {"tel:anonymous", "", "tel:anonymous"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caselog.Task{Channel: "voice", From: tt.address}.Customer()
			require.Equal(t, tt.phone, c.Phone)
			require.Equal(t, tt.label, c.Label())
		})
	}
}

func TestDigitsOfOtherChannelsAreNoNumber(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ channel, address, phone string }{
		"a web visitor's customer id":      {"web", "4815162342", ""},
		"a chat identity that is a date":   {"chat", "20250101", ""},
		"a chat identity that is a number": {"chat", "+442071838750", "442071838750"},
		"an SMS":                           {"sms", "4155550100", "4155550100"},
		"a WhatsApp address":               {"whatsapp", "whatsapp:442071838750", "442071838750"},
		"a channel of the admin's own":     {"fax", "4155550100", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caselog.Task{Channel: tt.channel, CustomerAddress: tt.address}.Customer()
			require.Equal(t, tt.phone, c.Phone)
		})
	}
}

func TestCustomer(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		task caselog.Task
		want caselog.Customer
	}{
		"an inbound caller": {
			caselog.Task{Direction: caselog.Inbound, From: "+14155550100", Name: "Ada"},
			caselog.Customer{Phone: "14155550100", Name: "Ada", Address: "+14155550100"},
		},
		"whom the agent dialled, not the caller id shown": {
			caselog.Task{Direction: caselog.Outbound, From: "+15550001111", OutboundTo: "+14155550100"},
			caselog.Customer{Phone: "14155550100", Address: "+14155550100"},
		},
		"a Conversations participant": {
			caselog.Task{Direction: caselog.Inbound, CustomerAddress: "whatsapp:+442071838750", CustomerName: "Ada", Name: "+44"},
			caselog.Customer{Phone: "442071838750", Name: "Ada", Address: "whatsapp:+442071838750"},
		},
		"a web visitor without a number": {
			caselog.Task{Direction: caselog.Inbound, CustomerAddress: "6f1ed002ab559585", CustomerName: "Ada"},
			caselog.Customer{Name: "Ada", Address: "6f1ed002ab559585"},
		},
		"nobody knows": {caselog.Task{}, caselog.Customer{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, tt.task.Customer())
		})
	}
}

func TestRowName(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ customer, want string }{
		"a name":                     {"Ada", "Ada - Wrapup"},
		"quotes and signs stay":      {`O"Neil & Söhne = +1`, `O"Neil & Söhne = +1 - Wrapup`},
		"line breaks become spaces":  {"Ada\r\nLovelace", "Ada  Lovelace - Wrapup"},
		"a long name is cut":         {strings.Repeat("x", 300), strings.Repeat("x", 80)},
		"the status is cut last":     {strings.Repeat("x", 75), strings.Repeat("x", 75) + " - Wr"},
		"an emoji is never cut open": {strings.Repeat("x", 79) + "😀", strings.Repeat("x", 79)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := caselog.SaveLog{Task: caselog.Task{Name: tt.customer}, Status: caselog.Wrapup}.Name()
			require.Equal(t, tt.want, got)
		})
	}
}

// FuzzCustomer holds that whatever stands in an attribute, the phone sent to
// Salesforce is digits only, and a row's name fits.
func FuzzCustomer(f *testing.F) {
	f.Add("+1 (415) 555-0100", "Ada")
	f.Add("whatsapp:+44", strings.Repeat("😀", 50))
	f.Add("\xff+1", "\x00")
	f.Fuzz(func(t *testing.T, address, name string) {
		task := caselog.Task{From: address, Name: name}
		require.Regexp(t, `^([0-9]{3,15})?$`, task.Customer().Phone)
		row := caselog.SaveLog{Task: task, Status: caselog.Accepted}.Name()
		require.LessOrEqual(t, len(utf16.Encode([]rune(row))), 80)
		require.NotRegexp(t, `[\x00-\x1f]`, row)
	})
}
