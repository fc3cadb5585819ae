//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// configured opens a desk whose admin has set something. The settings are read when
// Flex starts.
func configured(t *testing.T, settings map[string]any) *desk {
	t.Helper()
	set(t, settings)
	return openDesk(t)
}

func set(t *testing.T, settings map[string]any) {
	t.Helper()
	centre.Twilio.SetFeature("caselog", settings)
	t.Cleanup(func() { centre.Twilio.SetFeature("caselog", nil) })
}

// report is what flexCaselog.report() says.
type report struct {
	Pop      string
	Versions map[string]string
	State    map[string]string
	Outbox   struct{ Waiting any }
	Tasks    map[string]struct {
		Pop    string
		Events []string
	}
}

func (d *desk) flexReport() report {
	d.t.Helper()
	var r report
	require.NoError(d.t, d.flex.Eval(d.soon(), "flexCaselog.report()", &r))
	return r
}

// events are what the report says that was heard of a reservation, without the times.
func (d *desk) events(res twilio.Reservation) (lines []string) {
	d.t.Helper()
	for _, line := range d.flexReport().Tasks[res.SID].Events {
		lines = append(lines, line[len("2026-01-05T09:00:00.000Z "):])
	}
	return lines
}

// saysOfThePop waits until the report says in one line why there was a screen pop, or none.
func (d *desk) saysOfThePop(line string) {
	d.t.Helper()
	d.comes(line, func() bool { return d.flexReport().Pop == line })
}

// owesNothing waits until the report says that Salesforce has all there is. Records of what is over may still be in the store, for which
// there is outboxIsEmpty.
func (d *desk) owesNothing() {
	d.t.Helper()
	d.comes("an outbox with nothing in it", func() bool { return d.flexReport().Outbox.Waiting == 0.0 })
}
