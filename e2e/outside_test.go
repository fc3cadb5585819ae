//go:build e2e

package e2e

import (
	_ "embed"
	"strconv"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// probe counts what a program needs before it can run.
//
//go:embed testdata/probe.js
var probe []byte

// unpacked is what the probe has counted.
type unpacked struct {
	Compiled int `json:"compiled"`
	Inflated int `json:"inflated"`
	Workers  int `json:"workers"`
}

// withProbe has a Flex that starts from now on load the probe before the plugin.
func withProbe(t *testing.T) {
	t.Helper()
	plugin := centre.Plugin()
	centre.Twilio.SetPlugins(twilio.Plugin{Name: "probe", Version: "1.0.0", Bundle: probe, Phase: 1}, plugin)
	t.Cleanup(func() { centre.Twilio.SetPlugins(plugin) })
}

func (d *desk) unpacked() (u unpacked) {
	d.t.Helper()
	require.NoError(d.t, d.flex.Eval(d.soon(), "window.probe", &u))
	return u
}

func TestE2EOutsideOfSalesforceNothingIsUnpackedAndFlexWorks(t *testing.T) {
	for name, where := range map[string]struct{ address, frame string }{
		"Flex by itself":                                {twilio.DesktopURL, ""},
		"Flex by itself, with the parameter":            {twilio.DesktopURL + "?mode=Lightning&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com", ""},
		"framed by a host that looks like Salesforce's": {sandbox.EvilURL, sandbox.FlexHost},
	} {
		t.Run(name, func(t *testing.T) {
			withProbe(t)
			libraries := len(centre.Console.ScriptRequests())
			d := openDeskAt(t, where.address, where.frame)
			call := d.ring(twilio.Task{})
			d.accept(call)
			d.hangUp(call)
			d.complete(call)

			require.Zero(t, d.unpacked())
			require.Empty(t, d.wire(), "a call to Salesforce")
			require.Len(t, centre.Console.ScriptRequests(), libraries, "a request for the client library")
			none := sandbox.StoryOf(call)
			cases, err := centre.Cases(d.soon())
			require.NoError(t, err)
			for _, c := range cases {
				require.NotEqual(t, none.Engagement, c.Engagement)
			}
			require.Contains(t, d.heard(), "flex-caselog", "the plugin was not even loaded, so this proves nothing")
		})
	}
}

func TestE2EInSalesforceTheProgramRunsInAWorker(t *testing.T) {
	withProbe(t)
	d := openDesk(t)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.Equal(t, unpacked{Workers: 1}, d.unpacked(), "nothing of it is in the page")
	require.Equal(t, "a worker", d.saysOf("thread"))
}

// Without a worker everything is in the page, and the same.
func TestE2EWhereThereIsNoWorkerTheProgramRunsInThePage(t *testing.T) {
	for name, script := range map[string]string{
		"the browser refuses it": `
			const Original = Worker;
			window.Worker = function (address, options) {
				if (options?.name === 'flex-caselog') throw new DOMException('denied', 'SecurityError');
				return new Original(address, options);
			};`,
		"the page has a policy against it": `
			const policy = document.createElement('meta');
			policy.httpEquiv = 'Content-Security-Policy';
			policy.content = "worker-src 'none'";
			document.head.append(policy);`,
	} {
		t.Run(name, func(t *testing.T) {
			d := openDeskWith(t, script)
			call := d.takes(twilio.Task{})
			d.hangUp(call)
			d.complete(call)
			d.keeps(sandbox.StoryOf(call))
			require.Contains(t, d.saysOf("thread"), "the page")
		})
	}
}

// saysOf is what the report says of how something stands.
func (d *desk) saysOf(name string) (text string) {
	d.t.Helper()
	require.NoError(d.t, d.flex.Eval(d.soon(), "String(flexCaselog.report().state["+strconv.Quote(name)+"])", &text))
	return text
}

// heard is the names of the plugins that Flex has loaded.
func (d *desk) heard() (names []string) {
	d.t.Helper()
	const loaded = "[...document.querySelectorAll('script[src*=\"/plugins/\"]')].map((s) => s.src.split('/')[5])"
	require.NoError(d.t, d.flex.Eval(d.soon(), loaded, &names))
	return names
}
