package release

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"flexcaselog/internal/release/secret"
)

// profiles is the configuration file of Twilio's command line.
// See https://github.com/twilio/twilio-cli-core
type profiles struct {
	Edge     string             `json:"edge"`
	Active   string             `json:"activeProject"`
	Profiles map[string]profile `json:"profiles"`
	// Projects are what profiles were called once. Their secrets are not here but
	// in the keychain of the operating system.
	Projects []struct {
		ID string `json:"id"`
	} `json:"projects"`
}

type profile struct {
	AccountSID string `json:"accountSid"`
	APIKey     string `json:"apiKey"`
	APISecret  string `json:"apiSecret"`
	Region     string `json:"region"`
	Edge       string `json:"edge"`
}

// FromProfile takes credentials out of the configuration file of Twilio's command
// line in the home directory: those of a profile, or of the active one where
// name is empty. It errors where there is no such profile, and where its secret
// is not in the file.
func FromProfile(home, name string, getenv func(string) string) (Credentials, error) {
	path := filepath.Join(home, ".twilio-cli", "config.json")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Credentials{}, fmt.Errorf("release: there is no %s: make a profile with `twilio profiles:create`, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN", path)
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("release: %w", err)
	}
	var file profiles
	if err := json.Unmarshal(text, &file); err != nil {
		// Not the cause: it would quote the file, and the file holds secrets.
		return Credentials{}, fmt.Errorf("release: %s is not the JSON that the Twilio CLI writes: make the profile again with `twilio profiles:create`", path)
	}
	if name = strings.TrimSpace(name); name == "" {
		name = file.Active
	}
	if name == "" {
		return Credentials{}, errNoCredentials
	}
	p, ok := file.Profiles[name]
	if !ok {
		for _, old := range file.Projects {
			if old.ID == name {
				return Credentials{}, keychain(name)
			}
		}
		return Credentials{}, fmt.Errorf("release: the Twilio CLI has no profile %q; it has %s", name, list(slices.Sorted(maps.Keys(file.Profiles))))
	}
	if p.APIKey == "" || p.APISecret == "" {
		return Credentials{}, keychain(name)
	}
	c := Credentials{
		AccountSID: strings.TrimSpace(p.AccountSID), user: strings.TrimSpace(p.APIKey), password: secret.Conceal(strings.TrimSpace(p.APISecret)),
		Region: p.Region, Edge: first(strings.TrimSpace(getenv("TWILIO_EDGE")), p.Edge, file.Edge),
		Source: fmt.Sprintf("profile %q of the Twilio CLI", name),
	}
	return c, c.check()
}

// keychain says why a profile cannot be used. Older versions of the Twilio CLI put
// the secret into the keychain of the operating system, where only they find it.
func keychain(name string) error {
	return fmt.Errorf("release: the secret of profile %q is not in the Twilio CLI's file but in the keychain of this computer, where an older Twilio CLI put it: "+
		"update the CLI and make the profile again with `twilio profiles:create`, or set TWILIO_API_KEY and TWILIO_API_SECRET", name)
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
