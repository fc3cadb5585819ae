package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/release/orgtest"
	"flexcaselog/internal/sandbox/twilioapi"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

const (
	accountSID = "AC0123456789abcdef0123456789abcdef"
	authToken  = "c0ffeec0ffeec0ffeec0ffeec0ffee42"
	orgToken   = "00Dxx0000000000!AQEAQAcccccccccccccccc"
)

// office is where an administrator sits: an account, an org, a tree, and what they
// have typed into their shell.
type office struct {
	api  *twilioapi.API
	org  *orgtest.Org
	dir  string
	home string
	vars map[string]string
	// said is everything that was ever printed.
	said strings.Builder
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return &office{
		api:  twilioapi.New(twilioapi.Options{AccountSID: accountSID, AuthToken: authToken}),
		org:  orgtest.New(orgToken),
		dir:  t.TempDir(),
		home: t.TempDir(),
		vars: map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken, "USER": "alice", "SF_ACCESS_TOKEN": orgToken},
	}
}

// outside is the office as the commands see it. The bundle is the version's name.
func (o *office) outside() outside {
	return outside{
		getenv: func(name string) string { return o.vars[name] },
		home:   func() (string, error) { return o.home, nil },
		twilio: o.api.Transport(), salesforce: o.org,
		build: func(_ context.Context, b bundle.Options) (bundle.Result, error) {
			path := filepath.Join(b.Dir, b.Out)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return bundle.Result{}, err
			}
			for name, text := range map[string]string{"": "/* bundle */", ".map": "{}"} {
				if err := os.WriteFile(path+name, []byte(text), 0o600); err != nil {
					return bundle.Result{}, err
				}
			}
			return bundle.Result{Path: path}, nil
		},
		smoke: func(context.Context, string) error { return nil },
	}
}

// types gives a command, and returns what it prints, its exit code, and the error.
func (o *office) types(t *testing.T, line ...string) (out string, code int, err error) {
	t.Helper()
	return o.answers(t, "", line...)
}

func (o *office) answers(t *testing.T, in string, line ...string) (out string, code int, err error) {
	t.Helper()
	root := &cobra.Command{Use: "flexcase", SilenceUsage: true, SilenceErrors: true}
	root.AddCommand(accountCommands(&o.dir, o.outside())...)
	var stdout, stderr bytes.Buffer
	root.SetArgs(line)
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	root.SetIn(strings.NewReader(in))
	if err = root.ExecuteContext(t.Context()); err != nil {
		code = exitCode(err)
		o.said.WriteString(err.Error())
	}
	o.said.WriteString(stdout.String() + stderr.String())
	for _, secret := range []string{authToken, orgToken, base64.StdEncoding.EncodeToString([]byte(accountSID + ":" + authToken))} {
		require.NotContains(t, o.said.String(), secret)
	}
	return stdout.String(), code, err
}

// TestAStory is a plugin's life, command by command.
func TestAStory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.api.Release(twilioapi.Entry{Plugin: "their-panel", Version: "1.2.3", Phase: 1})
		for _, step := range []struct {
			line []string
			says string
			code int
		}{
			{[]string{"status"}, "released  -\nversions  -\nbeside    their-panel 1.2.3\ntree      " + bundle.Version + "\ndrift     the tree has version " + bundle.Version + ", and nothing is released\n", 0},
			{[]string{"deploy", "--dry-run"}, "  1. make the Serverless service \"default\"\n     POST https://serverless.twilio.com/v1/Services\n", 0},
			{[]string{"deploy", "--version", "0.0.1"}, "flex-caselog 0.0.1 is released in account " + accountSID + ", beside 1 other plugin: agents get it when they load Flex again.\nhttps://default-", 0},
			{[]string{"deploy"}, "flex-caselog " + bundle.Version + " is released in account " + accountSID + ", in the place of 0.0.1, beside 1 other plugin", 0},
			{[]string{"deploy"}, "flex-caselog " + bundle.Version + " is there already in account " + accountSID + ": there was nothing to do.\n", 0},
			{[]string{"deploy", "--dry-run"}, "there is nothing to do.\n", 0},
			{[]string{"deploy", "--dry-run", "--json"}, `"steps": []`, 0},
			{[]string{"status"}, "released  flex-caselog " + bundle.Version + "\nsince     2026-03-01 ", 0},
			{[]string{"status"}, " UTC, by alice\nsize      12 bytes, sha256 ", 0},
			{[]string{"status", "--check"}, "drift     none\n", 0},
			{[]string{"status", "--json"}, `"drift": []`, 0},
			{[]string{"rollback"}, "flex-caselog 0.0.1 is released again, in the place of " + bundle.Version + ", beside 1 other plugin", 0},
			{[]string{"rollback"}, "flex-caselog 0.0.1 is released already: there was nothing to do.\n", 0},
			{[]string{"status", "--check"}, "drift     the tree has version " + bundle.Version + ", and 0.0.1 is released\n", exitWrong},
			{[]string{"rollback", "--to", "7.7.7"}, "", exitRefused},
			{[]string{"rollback", "--to", bundle.Version, "--json"}, `"already": false`, 0},
			{[]string{"remove"}, "flex-caselog " + bundle.Version + " is taken out of the release, beside 1 other plugin", 0},
			{[]string{"remove"}, "flex-caselog is not released: there was nothing to do.\n", 0},
			{[]string{"deploy", "--version", "0.0.2", "--no-release"}, "flex-caselog 0.0.2 is in account " + accountSID + " and not released", 0},
			{[]string{"deploy", "--version", "0.0.2", "--public"}, "", exitRefused},
			{[]string{"deploy", "now"}, "", exitFailed},
		} {
			out, code, err := o.types(t, step.line...)
			require.Contains(t, out, step.says, "%v: %v", step.line, err)
			require.Equal(t, step.code, code, "%v: %v", step.line, err)
		}
		require.Equal(t, []string{"their-panel 1.2.3 1"}, o.api.Released())
	})
}

func TestADryRunOnlyReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		before := o.api.State()
		out, _, err := o.types(t, "deploy", "--dry-run")
		require.NoError(t, err)
		require.True(t, strings.HasSuffix(out, "Nothing was changed.\n"), out)
		for _, r := range o.api.Journal() {
			require.Equal(t, "GET", r.Method)
		}
		require.Equal(t, before, o.api.State())
	})
}

func TestConfigure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		file := filepath.Join(o.dir, "caselog.json")
		require.NoError(t, os.WriteFile(file, []byte(`{"channels": ["voice"], "screenpop": true}`), 0o600))
		for _, step := range []struct {
			in   string
			line []string
			says string
			code int
			fail string
		}{
			{"", []string{"configure", "get"}, "{}\n", 0, ""},
			{"no\n", []string{"configure", "set", "screen_pop=select"}, "", exitFailed, "nothing was changed"},
			{"", []string{"configure", "set", "screen_pop=select"}, "", exitFailed, "nothing was changed"},
			{"y\n", []string{"configure", "set", "screen_pop=select"}, "The settings are changed", 0, ""},
			{"", []string{"configure", "set", "screen_pop=select"}, "It is so already", 0, ""},
			{"", []string{"configure", "get", "screen_pop"}, "\"select\"\n", 0, ""},
			{"", []string{"configure", "get", "log_level"}, "", exitFailed, "has its default"},
			{"", []string{"configure", "set", "--unset", "screen_pop", "log_level=debug", "--yes", "--json"}, `"- screen_pop: \"select\""`, 0, ""},
			{"", []string{"configure", "get"}, "{\n  \"log_level\": \"debug\"\n}\n", 0, ""},
			{"", []string{"configure", "validate"}, "The 1 settings are right", 0, ""},
			{"", []string{"configure", "validate", file}, `the setting "screenpop" is not known`, exitWrong, "1 of the settings have no effect"},
			{"", []string{"configure", "set", "--file", file, "--yes"}, "", exitRefused, `"screenpop" is not known`},
			{"", []string{"configure", "set"}, "", exitFailed, "nothing to set"},
			{"", []string{"configure", "set", "log_level"}, "", exitRefused, "write it as key=value"},
		} {
			out, code, err := o.answers(t, step.in, step.line...)
			require.Contains(t, out, step.says, "%v: %v", step.line, err)
			require.Equal(t, step.code, code, "%v: %v", step.line, err)
			if step.fail != "" {
				require.ErrorContains(t, err, step.fail)
			}
		}
		require.Contains(t, o.said.String(), "+ screen_pop: \"select\"\nChange it? [y/N]")
		require.Equal(t, `{"custom_data":{"features":{"caselog":{"log_level":"debug"},"other_team":{"limit":9007199254740993}}},"theme":{"isLight":true}}`, o.api.Configuration("ui_attributes"))
	})
}

func TestDoctorSays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		out, code, _ := o.types(t, "doctor")
		require.Equal(t, exitWrong, code)
		require.Contains(t, out, "wrong  twilio     plugin released: the account has no plugin flex-caselog\n                  -> run `flexcase deploy`\n")

		_, _, err := o.types(t, "deploy")
		require.NoError(t, err)
		out, code, err = o.types(t, "doctor", "--org", "https://acme.lightning.force.com")
		require.NoError(t, err, out)
		require.Zero(t, code)
		require.Contains(t, out, "ok     salesforce agents: 2 in the call centre, all with the permission set\n")
		require.Contains(t, out, "21 ok, 0 wrong, 1 to look at\n")

		o.org.Rows["CallCenter"] = nil
		out, code, _ = o.types(t, "doctor", "--org", "https://acme.lightning.force.com", "--json")
		require.Equal(t, exitWrong, code)
		require.Contains(t, out, `"sound": false`)

		o.vars = map[string]string{}
		out, code, _ = o.types(t, "doctor", "--org", "https://acme.my.salesforce.com", "--token", orgToken)
		require.Equal(t, exitWrong, code)
		require.Contains(t, out, "wrong  twilio     credentials: release: no Twilio credentials")
		_, _, err = o.types(t, "doctor", "--org", "https://acme.my.salesforce.com")
		require.ErrorContains(t, err, "set SF_ACCESS_TOKEN")
	})
}

func TestAProfileIsUsedWhereItIsNamedOrActive(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		_, _, err := o.types(t, "status", "--profile", "live")
		require.ErrorContains(t, err, "make a profile with `twilio profiles:create`")
		require.NoError(t, os.Mkdir(filepath.Join(o.home, ".twilio-cli"), 0o700))
		config := `{"activeProject":"live","profiles":{"live":{"accountSid":"` + accountSID + `","apiKey":"` + accountSID + `","apiSecret":"` + authToken + `"}}}`
		require.NoError(t, os.WriteFile(filepath.Join(o.home, ".twilio-cli", "config.json"), []byte(config), 0o600))
		o.vars = map[string]string{}
		for _, line := range [][]string{{"status"}, {"status", "--profile", "live"}} {
			_, _, err = o.types(t, line...)
			require.NoError(t, err)
		}
		_, _, err = o.types(t, "status", "--profile", "staging")
		require.ErrorContains(t, err, `has no profile "staging"; it has live`)
	})
}
