//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/org"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

func TestE2ETheDialledNumberIsTheCustomer(t *testing.T) {
	centre.Twilio.RingOut(true)
	t.Cleanup(func() { centre.Twilio.RingOut(false) })
	d := openDesk(t)
	d.plays("nobody answers", func() {
		call := d.dials("+442079460030", nil)
		require.NoError(d.t, centre.Twilio.CustomerDeclines(call.SID, twilio.NoAnswer))
		d.hasNoTask()
	})
	d.plays("the agent gives up", func() {
		call := d.dials("+442079460030", nil)
		d.comes("the agent in the call", func() bool { return centre.Twilio.Connecting(call.SID) })
		require.NoError(d.t, d.agent.Do(d.soon(), "HangupCall", call, "{ task }"))
		require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Canceled))
		d.hasNoTask()
	})
	require.Zero(t, d.calls("runApex"), "a Case for a call that never was")

	call := d.dials("+442079460031", nil)
	d.comes("the agent in the call", func() bool { return centre.Twilio.Connecting(call.SID) })
	require.NoError(t, centre.Twilio.CustomerAnswers(call.SID))
	d.ends(call)
	require.Equal(t, "+442079460031", d.phoneOf(call))
	require.Equal(t, 1, d.calls("runApex"))
}

func TestE2EACallToARecordIsThatRecordsCase(t *testing.T) {
	// Only with this set may agents read Leads and people's Accounts.
	require.NoError(t, centre.Org.ActAs(t.Context(), org.AgentPermissionSet, "TwilioCaseLogMatching"))
	t.Cleanup(func() { require.NoError(t, centre.Org.ActAs(context.Background(), org.AgentPermissionSet)) })
	d := openDesk(t)
	contact := d.inserts("Contact", map[string]any{"LastName": "Lovelace", "Phone": "+442079460041"})
	lead := d.inserts("Lead", map[string]any{"LastName": "Hopper", "Company": "Navy", "Phone": "+442079460042"})
	account := d.inserts("Account", map[string]any{"Name": "Acme", "Phone": "+442079460043"})
	person := d.inserts("Account", map[string]any{"LastName": "Turing", "Phone": "+442079460044"})
	open := d.inserts("Case", map[string]any{"Subject": "Still open"})
	half, err := centre.Org.Record(d.soon(), person)
	require.NoError(t, err)

	// Nobody in the org has the number: it is the record that says who it is.
	const number = "+442079460049"
	for name, tt := range map[string]struct {
		record string
		is     func(sandbox.Case) string
		wanted any
	}{
		"a contact":        {contact, func(c sandbox.Case) string { return c.Contact }, contact},
		"a lead":           {lead, func(c sandbox.Case) string { return c.Lead }, lead},
		"an account":       {account, func(c sandbox.Case) string { return c.Account }, account},
		"a person account": {person, func(c sandbox.Case) string { return c.Contact }, half["PersonContactId"]},
		"a case itself":    {open, func(c sandbox.Case) string { return c.ID }, open},
		"no such record":   {"003000000000000AAA", d.phone, number},
	} {
		d.plays(name, func() {
			call := d.dials(number, map[string]any{"recordId": tt.record})
			require.NoError(d.t, d.agent.Becomes(d.soon(), call, twilio.Accepted))
			d.ends(call)
			require.Equal(d.t, tt.wanted, tt.is(d.caseOf(call)))
		})
	}
}

// dials has the agent call a number and waits for the task, which Flex accepts
// by itself.
func (d *desk) dials(number string, attributes map[string]any) twilio.Reservation {
	d.t.Helper()
	before := len(centre.Twilio.Offers())
	given, err := json.Marshal(attributes)
	require.NoError(d.t, err)
	payload := fmt.Sprintf("{ destination: %q, taskAttributes: %s || undefined }", number, given)
	require.NoError(d.t, d.agent.Do(d.soon(), "StartOutboundCall", twilio.Reservation{}, payload))
	d.comes("the task", func() bool { return len(centre.Twilio.Offers()) > before })
	call := centre.Twilio.Offers()[before]
	d.rung = append(d.rung, call)
	return call
}

// hasNoTask waits until Flex shows none: while one rings it starts no call.
func (d *desk) hasNoTask() {
	d.t.Helper()
	require.NoError(d.t, d.flex.Wait(d.soon(), "no task", "!"+exists(twilio.TaskItem)))
}

// inserts furnishes the org with a record.
func (d *desk) inserts(object string, fields map[string]any) (id string) {
	d.t.Helper()
	id, err := centre.Org.Insert(d.soon(), object, fields)
	require.NoError(d.t, err)
	return id
}
