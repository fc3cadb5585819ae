//go:build e2e

package e2e

import (
	"os"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2EALockedCaseTwice(t *testing.T) {
	d := openDesk(t)
	locked := lightning.Error{Code: lightning.CodeGeneric, Details: []map[string]string{{"errorCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access to this record"}}}
	centre.Console.FailNext("saveLog", locked)
	centre.Console.FailNext("saveLog", locked)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

func TestE2ESalesforceIsMutedOnce(t *testing.T) {
	d := openDesk(t)
	centre.Console.Mute("runApex")
	t.Cleanup(func() { centre.Console.Unmute("runApex") })
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.asks("runApex")
	centre.Console.Unmute("runApex")
	d.isPopped(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

func TestE2EAValidationRuleHoldsUpNobodyElse(t *testing.T) {
	d := openDesk(t)
	rule := lightning.Error{Code: lightning.CodeGeneric, Details: []map[string]string{{"errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Fill in the reason of +14155550123"}}}
	centre.Console.FailNext("saveLog", rule)
	first := d.ring(twilio.Task{})
	d.accept(first)
	d.comes("a refused row", func() bool { return d.calls("saveLog") == 1 })
	// The agent is told, in Flex and without the customer's number.
	require.NoError(t, d.flex.Wait(d.soon(), "the notification", `document.body.innerText.includes('A validation rule or automation in Salesforce refuses')`))
	require.False(t, d.says("caselog:", "14155550123"))
	d.hangUp(first)
	d.complete(first)

	second := d.takes(twilio.Task{})
	d.hangUp(second)
	d.complete(second)
	d.keeps(sandbox.StoryOf(second))
	require.Empty(t, d.logsOf(first), "it is not tried again by itself so soon")

	require.NoError(t, d.flex.Eval(d.soon(), "void flexCaselog.retry()", nil))
	d.keeps(sandbox.StoryOf(first))
	d.outboxIsEmpty()
}

func TestE2EStorageIsDenied(t *testing.T) {
	// What the program's thread runs comes from a text, and so can be preceded by another.
	d := openDeskWith(t, `
		const denied = () => {
			const open = indexedDB.open.bind(indexedDB);
			indexedDB.open = (name, ...rest) => {
				if (name.startsWith('flex-caselog')) throw new DOMException('denied', 'SecurityError');
				return open(name, ...rest);
			};
		};
		const Original = Blob;
		window.Blob = function (parts = [], options = {}) {
			return new Original(options.type === 'text/javascript' ? ['(' + denied + ')();', ...parts] : parts, options);
		};`)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	require.True(t, d.says("caselog:", "this browser does not store anything (SecurityError)"))
	require.Equal(t, "a worker", d.saysOf("thread"))
}

func TestE2ETheScriptComesLate(t *testing.T) {
	centre.Console.FailScript(lightning.ScriptMissing)
	t.Cleanup(func() { centre.Console.FailScript(lightning.ScriptServed) })
	d := openDesk(t)
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.comes("a line that says what is wrong", func() bool { return d.says("caselog:", "Salesforce is not there") })
	require.Empty(t, d.wire())
	centre.Console.FailScript(lightning.ScriptServed)
	d.isPopped(call)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

func TestE2ETheQueryIsLost(t *testing.T) {
	centre.Console.LoseQuery(true)
	t.Cleanup(func() { centre.Console.LoseQuery(false) })
	d := openDesk(t)
	call := d.takes(twilio.Task{})
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

// openDeskWith opens a desk whose plugin has some JavaScript run before it.
func openDeskWith(t *testing.T, script string) *desk {
	t.Helper()
	plugin := centre.Plugin()
	bundle, err := os.ReadFile(plugin.BundlePath)
	require.NoError(t, err)
	changed := plugin
	changed.BundlePath = ""
	changed.Bundle = append([]byte("{"+script+"}\n"), bundle...)
	centre.Twilio.SetPlugins(changed)
	t.Cleanup(func() { centre.Twilio.SetPlugins(plugin) })
	return openDesk(t)
}
