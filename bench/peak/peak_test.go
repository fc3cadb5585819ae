package peak_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/bench/peak"
)

func TestTheSameSeedGivesTheSameHour(t *testing.T) {
	t.Parallel()
	d := peak.Usual(200)
	one := peak.Play(d, peak.Salesforces, 7)
	require.Equal(t, one, peak.Play(d, peak.Salesforces, 7))
	require.NotEqual(t, one, peak.Play(d, peak.Salesforces, 8))
}

func TestAnHourWithNothingInTheWay(t *testing.T) {
	t.Parallel()
	d := peak.Usual(10_000)
	h := peak.Play(d, peak.Salesforces, 1)
	require.Equal(t, d.PeakTasks()*peak.CallsPerTask, h.Calls, "each call is made once")
	require.Zero(t, h.Denied)
	require.Zero(t, h.Left)
}

func TestOnePageNeverMeetsItself(t *testing.T) {
	t.Parallel()
	d := peak.Usual(1000)
	d.Legs, d.Talk, d.Wrapup = 0, d.Talk*100, d.Wrapup*100 // no Case of two tasks, and long between the states
	require.Less(t, peak.Play(d, peak.Salesforces, 1).Waits, 20)
}

func TestASlowOrgDeniesAndTheRestIsDoneLater(t *testing.T) {
	t.Parallel()
	o := peak.Salesforces
	o.Apex *= 10
	h := peak.Play(peak.Usual(1000), o, 1)
	require.Positive(t, h.Denied)
	require.LessOrEqual(t, h.Long, o.MaxLong)
}

func TestADayIsReckoned(t *testing.T) {
	t.Parallel()
	c := peak.Sum(peak.Usual(1000), peak.Salesforces)
	require.Equal(t, 60_000, c.Tasks)
	require.Equal(t, 180_000, c.Rows)
	require.Equal(t, 360_000, c.Calls)
	require.Equal(t, 54_000, c.Cases)
	require.Equal(t, (180_000+54_000)*2048, c.Storage)
}
