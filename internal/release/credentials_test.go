package release_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
)

func TestCredentialsFromTheEnvironment(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		vars map[string]string
		want string // of the printed credentials, or the error
	}{
		"the account's token": {byToken, "account " + accountSID + " (TWILIO_AUTH_TOKEN)"},
		"an API key is preferred": {
			map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken, "TWILIO_API_KEY": keySID, "TWILIO_API_SECRET": keySecret},
			"account " + accountSID + " (TWILIO_API_KEY)",
		},
		"blanks around them do no harm": {map[string]string{"TWILIO_ACCOUNT_SID": " " + accountSID + "\n", "TWILIO_AUTH_TOKEN": authToken + "\n"}, "(TWILIO_AUTH_TOKEN)"},
		"none":                          {nil, "no Twilio credentials: set TWILIO_ACCOUNT_SID and either"},
		"no secret":                     {map[string]string{"TWILIO_ACCOUNT_SID": accountSID}, "set one of the two"},
		"half a key":                    {map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_API_KEY": keySID}, "TWILIO_API_SECRET is not: set it too"},
		"the key in the place of the account": {
			map[string]string{"TWILIO_ACCOUNT_SID": keySID, "TWILIO_AUTH_TOKEN": authToken}, "the account SID from TWILIO_AUTH_TOKEN is not one",
		},
		"the name of a key in the place of its SID": {
			map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_API_KEY": "deployer", "TWILIO_API_SECRET": keySecret}, "the API key from TWILIO_API_KEY is not one",
		},
		"a secret with dots in it": {map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken + "…"}, "characters that no secret of Twilio's has"},
		"a region that would be another host": {
			map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken, "TWILIO_REGION": "evil.com/"}, `the region "evil.com/" is not one of Twilio's`,
		},
		"an edge alone": {map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken, "TWILIO_EDGE": "dublin"}, "an edge needs its region"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := release.FromEnv(env(test.vars))
			shown := c.String()
			if err != nil {
				shown = err.Error()
			}
			require.Contains(t, shown, test.want)
			text, err := json.Marshal(c)
			require.NoError(t, err)
			keeps(t, c, &c, struct{ inner release.Credentials }{c}, string(text), shown)
		})
	}
}

func TestCredentialsFromAProfile(t *testing.T) {
	t.Parallel()
	file := `{
		"email": {}, "activeProject": "live", "edge": "",
		"projects": [{"id": "old", "accountSid": "` + accountSID + `"}],
		"profiles": {
			"live": {"accountSid": "` + accountSID + `", "apiKey": "` + keySID + `", "apiSecret": "` + keySecret + `"},
			"ireland": {"accountSid": "` + accountSID + `", "region": "ie1", "edge": "dublin", "apiKey": "` + keySID + `", "apiSecret": "` + keySecret + `"},
			"keyless": {"accountSid": "` + accountSID + `", "region": ""}
		}
	}`
	for name, test := range map[string]struct{ file, profile, want string }{
		"by name":                       {file, "ireland", `account ` + accountSID + ` (profile "ireland" of the Twilio CLI)`},
		"the active one":                {file, "", `(profile "live" of the Twilio CLI)`},
		"one that is not there":         {file, "staging", `has no profile "staging"; it has ireland, keyless, live`},
		"one with its secret elsewhere": {file, "keyless", "in the keychain of this computer"},
		"one of an old CLI":             {file, "old", "in the keychain of this computer"},
		"none is active":                {`{"profiles": {}}`, "", "no Twilio credentials"},
		"a broken file":                 {`{"profiles": {"live": {"apiSecret": "` + keySecret + `"`, "live", "is not the JSON that the Twilio CLI writes"},
		"no file":                       {"", "live", "make a profile with `twilio profiles:create`"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			if test.file != "" {
				require.NoError(t, os.Mkdir(filepath.Join(home, ".twilio-cli"), 0o700))
				require.NoError(t, os.WriteFile(filepath.Join(home, ".twilio-cli", "config.json"), []byte(test.file), 0o600))
			}
			c, err := release.FromProfile(home, test.profile, env(nil))
			shown := c.String()
			if err != nil {
				shown = err.Error()
			}
			require.Contains(t, shown, test.want)
			keeps(t, c, shown)
		})
	}
}

func TestAProfileHasItsRegionAndTheEnvironmentItsEdge(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, ".twilio-cli"), 0o700))
	file := `{"profiles": {"x": {"accountSid": "` + accountSID + `", "region": "au1", "edge": "sydney", "apiKey": "` + keySID + `", "apiSecret": "` + keySecret + `"}}}`
	require.NoError(t, os.WriteFile(filepath.Join(home, ".twilio-cli", "config.json"), []byte(file), 0o600))
	c, err := release.FromProfile(home, "x", env(map[string]string{"TWILIO_EDGE": "singapore", "TWILIO_REGION": "us1"}))
	require.NoError(t, err)
	require.Equal(t, "au1", c.Region)
	require.Equal(t, "singapore", c.Edge)
}
