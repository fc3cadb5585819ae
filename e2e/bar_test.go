//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// The person at flexcase sandbox has only the mouse; so has this test.
func TestE2ETheBarPlaysTheCustomer(t *testing.T) {
	d := openDesk(t)
	logs, err := centre.Logs(d.soon())
	require.NoError(t, err)
	before := len(logs)

	d.press(0)
	require.NoError(t, d.flex.Click(d.soon(), twilio.AcceptButton))
	require.NoError(t, d.flex.Wait(d.soon(), "the call", fmt.Sprintf("document.querySelector(%q)", twilio.HangUpButton)))
	d.press(2)
	require.NoError(t, d.flex.Click(d.soon(), twilio.CompleteButton))

	d.comes("three rows", func() bool {
		logs, err = centre.Logs(d.soon())
		return err == nil && len(logs) == before+len(sandbox.WholeCall)
	})
	for i, l := range logs[before:] {
		require.Equal(t, "Maria Lopez - "+sandbox.WholeCall[i], l.Name)
	}
}

// press clicks a button of the sandbox's bar.
func (d *desk) press(button int) {
	d.t.Helper()
	require.NoError(d.t, d.page.ClickNth(d.soon(), "[aria-label=Sandbox] button", button))
}
