package doctor_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/release/doctor"
	"flexcaselog/internal/release/orgtest"
	"flexcaselog/internal/sandbox/twilioapi"
)

const (
	accountSID = "AC0123456789abcdef0123456789abcdef"
	authToken  = "c0ffeec0ffeec0ffeec0ffeec0ffee42"
	orgToken   = "00Dxx0000000000!AQEAQAcccccccccccccccc"
	console    = "acme.lightning.force.com"
)

// world is an account and an org that have everything, and this tree.
type world struct {
	api  *twilioapi.API
	org  *orgtest.Org
	tree release.Tree
	vars map[string]string
}

func script(version string) release.Artifact {
	return release.Artifact{Version: version, Files: []release.File{
		{Name: "bundle.js", Type: "application/javascript", Content: []byte("/* " + version + " */")},
		{Name: "bundle.js.map", Type: "application/json", Content: []byte("{}")},
	}}
}

func (w *world) open(t *testing.T) *release.Account {
	t.Helper()
	c, err := release.FromEnv(func(name string) string { return w.vars[name] })
	require.NoError(t, err)
	return release.Open(c, release.Options{Transport: w.api.Transport(), By: "alice"})
}

func healthy(t *testing.T) *world {
	t.Helper()
	w := &world{
		api:  twilioapi.New(twilioapi.Options{AccountSID: accountSID, AuthToken: authToken}),
		org:  orgtest.New(orgToken),
		vars: map[string]string{"TWILIO_ACCOUNT_SID": accountSID, "TWILIO_AUTH_TOKEN": authToken},
	}
	w.api.AllowFrame("default-src 'self'; frame-ancestors 'self' https://" + console + "; report-uri /csp")
	for _, v := range []string{"0.1.0", "0.2.0"} {
		a := script(v)
		_, err := w.open(t).Deploy(context.Background(), release.DeployOptions{Artifact: a})
		require.NoError(t, err)
		w.tree = release.Tree{Version: v, Digest: a.Files[0].Digest()}
	}
	return w
}

// look is everything that the doctor says.
func (w *world) look(t *testing.T) []doctor.Check {
	t.Helper()
	checks := doctor.Twilio(context.Background(), w.open(t), w.tree, console)
	org, err := doctor.OpenOrg("https://"+console, orgToken, w.org)
	require.NoError(t, err)
	return append(checks, doctor.Salesforce(context.Background(), org, doctor.Names{APIVersion: "62.0", ApexClass: "TwilioCaseController", LogObject: "TwilioCallLog__c"})...)
}

func TestNothingIsWrong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := healthy(t)
		asked := len(w.api.Journal())
		checks := w.look(t)
		for _, c := range checks {
			require.Equal(t, doctor.OK, c.State, "%+v", c)
		}
		require.Len(t, checks, 22)
		require.True(t, doctor.Sound(checks))
		for _, r := range w.api.Journal()[asked:] {
			require.Equal(t, "GET", r.Method, "it only reads")
		}
		for _, line := range w.org.Journal() {
			require.True(t, strings.HasPrefix(line, "GET https://acme.my.salesforce.com/services/data/"), line)
			require.NotContains(t, line, orgToken)
		}
	})
}

// TestFaults seeds one fault at a time. Each is found by the check that is named,
// by no other, and what mends it is said.
func TestFaults(t *testing.T) {
	t.Parallel()
	settings := func(text string) func(*world) {
		return func(w *world) {
			w.api.Configure("ui_attributes", `{"custom_data":{"features":{"caselog":`+text+`}}}`)
		}
	}
	faults := map[string]struct {
		seed        func(*world)
		check       string
		found, mend string
	}{
		"the token is wrong": {
			func(w *world) { w.vars["TWILIO_AUTH_TOKEN"] = "deadbeefdeadbeefdeadbeefdeadbeef" },
			"credentials", "401 Unauthorized", "see what the message says",
		},
		"Flex UI 1": {func(w *world) { w.api.Configure("ui_version", `"~1.34.1"`) }, "Flex version", "Flex UI ~1.34.1, and the plugin needs 2", "Versioning"},
		"plugins are switched off": {
			func(w *world) { w.api.Configure("plugin_service_enabled", "false") }, "plugins allowed", "switched off", "plugin_service_enabled to true",
		},
		"Flex's own Salesforce integration is on": {
			func(w *world) { w.api.Configure("integrations", `[{"type":"Salesforce","active":true}]`) },
			"Flex's own Salesforce integration", `"Salesforce" is on`, "switch it off",
		},
		"the plugin was taken out of the release": {
			func(w *world) { _, _ = w.openForSeed().Remove(context.Background()) }, "plugin released", "not in the active release", "flexcase deploy",
		},
		"the released version is archived": {
			func(w *world) { w.api.Archive(release.Plugin, "0.2.0") }, "plugin released", "version 0.2.0 is released and archived", "another --version",
		},
		"the plugin is archived": {
			func(w *world) { w.api.Archive(release.Plugin, "") }, "plugin released", "the plugin is archived", "Twilio's support",
		},
		"somebody has replaced the files": {
			func(w *world) { w.api.Host("default", release.Plugin, "/other.js") }, "bundle served", "nothing is served at https://", "flexcase rollback",
		},
		"Flex has forgotten the service": {
			func(w *world) { w.api.Configure("serverless_service_sids", "[]") }, "service registered", "does not know the Serverless service", "run `flexcase deploy`",
		},
		"a setting that there is not":    {settings(`{"screenpop":"off"}`), "settings", `"screenpop" is not known`, "--unset"},
		"settings that are no object":    {settings(`[]`), "settings", "no JSON object", "by hand"},
		"the plugin is switched off":     {settings(`{"enabled":false}`), "switched on", "switched off by its setting", "configure set enabled=true"},
		"Salesforce may not show Flex":   {func(w *world) { w.api.AllowFrame("frame-ancestors https://other.lightning.force.com") }, "allowed URLs", "and not by https://" + console, "under Allowed URLs"},
		"an older version is released":   {func(w *world) { _, _ = w.openForSeed().Rollback(context.Background(), "0.1.0") }, "version", "agents get version 0.1.0, and this tree has 0.2.0", "flexcase deploy"},
		"other bytes are released":       {func(w *world) { w.tree.Digest = strings.Repeat("0", 64) }, "bytes", "released with other bytes than dist/bundle.js", "flexcase build"},
		"the org's token is old":         {func(w *world) { w.org.Token = "another" }, "org", "401 Unauthorized", "sf org login web"},
		"the API is used up":             {func(w *world) { w.org.Limits["DailyApiRequests"] = [2]int{15000, 12} }, "API limit", "12 of 15000 API requests", "System Overview"},
		"the package is not there":       {func(w *world) { delete(w.org.Objects, "TwilioCallLog__c") }, "object", "there is no object TwilioCallLog__c", "sf project deploy start"},
		"a field is missing":             {func(w *world) { w.org.Objects["TwilioCallLog__c"] = w.org.Objects["TwilioCallLog__c"][:11] }, "fields", "EndedBy__c is missing", "sf project deploy start"},
		"the key is not unique":          {func(w *world) { w.org.Objects["TwilioCallLog__c"][3].Unique = false }, "fields", "Key__c is not a unique external id", "sf project deploy start"},
		"a field of another type":        {func(w *world) { w.org.Objects["TwilioCallLog__c"][5].Type = "date" }, "fields", "StartTime__c is a date and not a datetime", "sf project deploy start"},
		"a status that cannot be chosen": {func(w *world) { w.org.Objects["TwilioCallLog__c"][4].Values[1].Active = false }, "fields", `Status__c has no value "Wrapup"`, "sf project deploy start"},
		"the Case has no engagement":     {func(w *world) { w.org.Objects["Case"] = w.org.Objects["Case"][:1] }, "Case field", "Case has no field TwilioEngagement__c", "sf project deploy start"},
		"the class is not there":         {func(w *world) { w.org.Rows["ApexClass"] = nil }, "class", "there is no Apex class TwilioCaseController", "sf project deploy start"},
		"the class does not compile":     {func(w *world) { w.org.Rows["ApexClass"][0]["IsValid"] = false }, "class", "cannot be called", "sf project deploy start"},
		"there is no permission set":     {func(w *world) { w.org.Rows["PermissionSet"] = nil }, "permission set", "there is no permission set", "sf project deploy start"},
		"an agent has no permission set": {func(w *world) { w.org.Rows["PermissionSetAssignment"] = w.org.Rows["PermissionSetAssignment"][:1] }, "agents", "1 of the 2 agents", "sf org assign permset"},
		"there is no call centre":        {func(w *world) { w.org.Rows["CallCenter"] = nil }, "call centre", "none of the 0 call centres shows Flex", "Setup > Call Centers"},
		"the call centre is as it came": {func(w *world) {
			w.org.Rows["CallCenter"][0]["AdapterUrl"] = "https://flex.twilio.com/YOUR-FLEX-ADDRESS"
		}, "call centre", "still is that of the package", "put your Flex's URL"},
		"the call centre is not https": {func(w *world) { w.org.Rows["CallCenter"][0]["AdapterUrl"] = "http://flex.twilio.com/acme" }, "call centre", "is not https", "put https:// before it"},
		"the call centre is for Classic": {func(w *world) {
			w.org.Rows["CallCenter"][0]["CustomSettings"] = `{"reqSalesforceCompatibilityMode":"Classic"}`
		}, "call centre", "Compatibility Mode is Classic", "Lightning"},
		"nobody is in the call centre": {func(w *world) { w.org.Rows["User"] = nil }, "agents", "nobody is in the call centre", "Manage Call Center Users"},
	}
	for name, test := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := healthy(t)
				test.seed(w)
				var wrong []doctor.Check
				checks := w.look(t)
				for _, c := range checks {
					if c.State == doctor.Wrong {
						wrong = append(wrong, c)
					}
				}
				require.Len(t, wrong, 1, "%+v", wrong)
				require.Equal(t, test.check, wrong[0].Name)
				require.Contains(t, wrong[0].Found, test.found)
				require.Contains(t, wrong[0].Mend, test.mend)
				require.False(t, doctor.Sound(checks))
				text, err := json.Marshal(checks)
				require.NoError(t, err)
				for _, secret := range []string{authToken, orgToken, "deadbeef"} {
					require.NotContains(t, string(text), secret)
				}
			})
		})
	}
	t.Logf("%d faults", len(faults))
}

func (w *world) openForSeed() *release.Account {
	c, err := release.FromEnv(func(name string) string { return w.vars[name] })
	if err != nil {
		panic(err)
	}
	return release.Open(c, release.Options{Transport: w.api.Transport()})
}

func TestWhatCannotBeSeenIsLeftToPeople(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := healthy(t)
		w.api.AllowFrame("")
		w.tree.Digest = ""
		checks := doctor.Twilio(context.Background(), w.open(t), w.tree, "")
		looks := map[string]string{}
		for _, c := range checks {
			if c.State == doctor.Look {
				looks[c.Name] = c.Mend
			}
		}
		require.True(t, doctor.Sound(checks))
		require.Len(t, looks, 2)
		require.Contains(t, looks["allowed URLs"], "https://<your domain>.lightning.force.com")
		require.Contains(t, looks["bytes"], "flexcase build")
	})
}

func TestAnOrgThatIsUnwellIsAskedAgain(t *testing.T) {
	t.Parallel()
	for down, wrong := range map[int]int{2: 0, 50: 1} {
		synctest.Test(t, func(t *testing.T) {
			w := healthy(t)
			w.org.Down = down
			n := 0
			for _, c := range w.look(t) {
				if c.State == doctor.Wrong {
					n++
					require.Equal(t, "503 Service Unavailable: we cannot take your Bearer [hidden]", c.Found)
				}
			}
			require.Equal(t, wrong, n)
		})
	}
}

func TestAnOrgThatIsOlderThanTheSettings(t *testing.T) {
	t.Parallel()
	org, err := doctor.OpenOrg("https://"+console, orgToken, orgtest.New(orgToken))
	require.NoError(t, err)
	var found []doctor.Check
	for _, c := range doctor.Salesforce(t.Context(), org, doctor.Names{APIVersion: "68.0", ApexClass: "acme.TwilioCaseController", LogObject: "TwilioCallLog__c"}) {
		if c.State == doctor.Wrong {
			found = append(found, c)
		}
	}
	require.Equal(t, []doctor.Check{{
		Side: "salesforce", Name: "Open CTI version", State: doctor.Wrong,
		Found: "the plugin is set to load Open CTI 68.0, and the org has none newer than 67.0",
		Mend:  "run `flexcase configure set api_version=\"67.0\"`",
	}}, found)
}

func TestWhereATokenMayGo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ url, token, want string }{
		"the console":                {"https://acme.lightning.force.com/lightning/page/home", "x", "acme.lightning.force.com"},
		"a sandbox's API":            {"https://acme--uat.sandbox.my.salesforce.com", "x", "acme--uat.sandbox.lightning.force.com"},
		"somebody else's host":       {"https://acme.my.salesforce.com.evil.com", "x", "is not a host that the token may go to"},
		"a name that only ends so":   {"https://evilmy.salesforce.com", "x", "is not a host that the token may go to"},
		"a host after a user's name": {"https://acme.my.salesforce.com@evil.com", "x", "is not a host that the token may go to"},
		"not https":                  {"http://acme.my.salesforce.com", "x", "is no URL"},
		"a name alone":               {"acme", "x", "is no URL"},
		"no token":                   {"https://acme.my.salesforce.com", " ", "set SF_ACCESS_TOKEN"},
		"two tokens":                 {"https://acme.my.salesforce.com", "a b", "has blanks in it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := doctor.OpenOrg(test.url, test.token, nil)
			if err != nil {
				require.ErrorContains(t, err, test.want)
				return
			}
			require.Equal(t, test.want, o.Lightning())
			require.NotContains(t, fmt.Sprintf("%#v", o), `"x"`)
		})
	}
}
