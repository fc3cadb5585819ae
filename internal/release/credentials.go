package release

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"flexcaselog/internal/release/secret"
)

// Credentials are what an account is entered with. They print as what is no
// secret of them.
type Credentials struct {
	AccountSID string
	Region     string // of Twilio, such as "au1"; empty for the United States
	Edge       string
	Source     string // where they are from, in words

	user     string // the account's SID, or an API key's
	password secret.Text
}

// String says whose they are.
func (c Credentials) String() string {
	return fmt.Sprintf("account %s (%s)", c.AccountSID, c.Source)
}

// FromEnv takes credentials out of the environment, as Twilio's own tools do: an
// API key is preferred to the account's token. It errors where there are none,
// and says what to set.
func FromEnv(getenv func(string) string) (Credentials, error) {
	get := func(name string) string { return strings.TrimSpace(getenv(name)) }
	c := Credentials{AccountSID: get("TWILIO_ACCOUNT_SID"), Region: get("TWILIO_REGION"), Edge: get("TWILIO_EDGE")}
	key, keySecret, token := get("TWILIO_API_KEY"), get("TWILIO_API_SECRET"), get("TWILIO_AUTH_TOKEN")
	switch {
	case c.AccountSID == "":
		return Credentials{}, errNoCredentials
	case key != "" && keySecret != "":
		c.user, c.password, c.Source = key, secret.Conceal(keySecret), "TWILIO_API_KEY"
	case token != "":
		c.user, c.password, c.Source = c.AccountSID, secret.Conceal(token), "TWILIO_AUTH_TOKEN"
	case key != "":
		return Credentials{}, errors.New("release: TWILIO_API_KEY is set but TWILIO_API_SECRET is not: set it too")
	default:
		return Credentials{}, errors.New("release: TWILIO_ACCOUNT_SID is set, but neither TWILIO_AUTH_TOKEN nor TWILIO_API_KEY with TWILIO_API_SECRET: set one of the two")
	}
	return c, c.check()
}

var errNoCredentials = errors.New("release: no Twilio credentials: set TWILIO_ACCOUNT_SID and either TWILIO_AUTH_TOKEN or " +
	"TWILIO_API_KEY with TWILIO_API_SECRET, or name a profile of the Twilio CLI with --profile")

// check finds what was pasted wrongly before Twilio has to.
func (c Credentials) check() error {
	if !isSID("AC", c.AccountSID) {
		return fmt.Errorf("release: the account SID from %s is not one: it is AC and 32 hex digits, and begins the Twilio Console", c.Source)
	}
	if c.user != c.AccountSID && !isSID("SK", c.user) {
		return fmt.Errorf("release: the API key from %s is not one: it is SK and 32 hex digits", c.Source)
	}
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if strings.Trim(c.password.Reveal(), letters) != "" {
		return fmt.Errorf("release: the secret from %s has characters that no secret of Twilio's has: copy it again", c.Source)
	}
	for name, word := range map[string]string{"region": c.Region, "edge": c.Edge} {
		// They become part of the host that the secret is sent to.
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return fmt.Errorf("release: the %s %q is not one of Twilio's: such as au1 or ie1 for a region, sydney or dublin for an edge", name, word)
		}
	}
	if c.Edge != "" && c.Region == "" {
		return errors.New("release: an edge needs its region: set TWILIO_REGION too, us1 for the United States")
	}
	return nil
}

func isSID(kind, id string) bool {
	digits, ok := strings.CutPrefix(id, kind)
	return ok && len(digits) == 32 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}

// scrub takes the secret out of a text that somebody else wrote.
func (c Credentials) scrub(text string) string {
	password := c.password.Reveal()
	return secret.Scrub(text, password, base64.StdEncoding.EncodeToString([]byte(c.user+":"+password)))
}
