//go:build e2e

package e2e

import (
	"context"
	"strings"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/org"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// names waits until the report gives the cause of a failed pop, in one line.
func (d *desk) names(cause string) {
	d.t.Helper()
	var line string
	d.comes("a line with "+cause, func() bool {
		line = d.flexReport().Pop
		return strings.HasPrefix(line, "screen pop: not done: ") && strings.Contains(strings.ToLower(line), cause)
	})
	require.NotContains(d.t, line, "\n")
	d.t.Log(line)
}

func TestE2ETheReportNamesTheCauseOfAFailedPop(t *testing.T) {
	t.Run("not framed", func(t *testing.T) {
		d := openDeskAt(t, twilio.DesktopURL, "")
		d.accept(d.ring(twilio.Task{}))
		d.names("not framed: ")
	})
	t.Run("script blocked", func(t *testing.T) {
		centre.Console.FailScript(lightning.ScriptMissing)
		t.Cleanup(func() { centre.Console.FailScript(lightning.ScriptServed) })
		d := openDesk(t)
		d.accept(d.ring(twilio.Task{}))
		d.names("script blocked: ")
	})
	t.Run("lost query", func(t *testing.T) {
		// The query is gone, and the page may not be given another address.
		centre.Console.LoseQuery(true)
		t.Cleanup(func() { centre.Console.LoseQuery(false) })
		d := openDeskWith(t, "history.replaceState = () => { throw new Error('not here') };")
		d.accept(d.ring(twilio.Task{}))
		d.names("lost query: ")
	})
	t.Run("class not accessible", func(t *testing.T) {
		d := openDesk(t)
		require.NoError(t, centre.Org.ActAs(d.soon()))
		t.Cleanup(func() { require.NoError(t, centre.Org.ActAs(context.Background(), org.AgentPermissionSet)) })
		d.accept(d.ring(twilio.Task{}))
		d.names("class not accessible: ")
	})
	t.Run("permission missing", func(t *testing.T) {
		centre.Console.FailNext("runApex", lightning.Error{
			Code: lightning.CodeServer, Description: "System.DmlException: Insert failed. First exception on row 0; first error: INSUFFICIENT_ACCESS_OR_READONLY",
		})
		d := openDesk(t)
		call := d.ring(twilio.Task{})
		d.accept(call)
		d.comes("the refusal", func() bool { return d.calls("runApex") > 0 }) // of this, not of the report's question
		d.names("permission missing: ")
		require.NoError(t, d.flex.Eval(d.soon(), "void flexCaselog.retry()", nil))
		d.saysOfThePop("screen pop: done")
		d.hangUp(call)
		d.complete(call)
		d.keeps(sandbox.StoryOf(call))
	})
	t.Run("screen_pop off", func(t *testing.T) {
		d := configured(t, map[string]any{"screen_pop": "off"})
		call := d.ring(twilio.Task{})
		d.accept(call)
		d.saysOfThePop("screen pop: not done: screen_pop is off")
		d.hangUp(call)
		d.complete(call)
		st := sandbox.StoryOf(call)
		st.Pops = 0
		d.keeps(st)
	})
}

func TestE2ETheReportOfAWholeCall(t *testing.T) {
	d := openDesk(t)
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.hasRows(call, 1)
	d.hangUp(call)
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
	d.comes("the package's version", func() bool { return d.flexReport().Versions["apex"] != "" })
	r := d.flexReport()
	require.Equal(t, map[string]string{"plugin": "0.1.0", "apex": "0.1.0", "flex": "2.17.1", "openCTI": "Salesforce's library 62.0"}, r.Versions)
	require.Equal(t, "screen pop: done", r.Pop)
	require.Equal(t, "this tab writes", r.State["turn"])
	events := strings.Join(r.Tasks[call.SID].Events, "\n")
	for _, want := range []string{"taskAccepted (accepted) voice …23", "Case: done", "screen pop: done", "row Reservation accepted: done", "row Completed: done"} {
		require.Contains(t, events, want)
	}
	var text string
	require.NoError(t, d.flex.Eval(d.soon(), "JSON.stringify(flexCaselog.report())", &text))
	require.NotContains(t, text, "4155550123")

	// The level of the log changes at once.
	require.False(t, d.says("caselog:", "is not under way"))
	require.NoError(t, d.flex.Eval(d.soon(), "void flexCaselog.logLevel('debug')", nil))
	again := d.ring(twilio.Task{})
	centre.Console.FailNext("saveLog", lightning.Error{Code: lightning.CodeGeneric, Description: "try again"})
	d.accept(again)
	d.comes("a line for who debugs", func() bool { return d.says("caselog:", "try again") })
	d.hangUp(again)
	d.complete(again)
	d.keeps(sandbox.StoryOf(again))
}
