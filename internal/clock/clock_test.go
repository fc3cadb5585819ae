package clock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/clock"
)

const layout = "2006-01-02T15:04:05.000Z"

func TestEachDayOfFourHundredYearsIsWrittenAsPackageTimeDoes(t *testing.T) {
	t.Parallel()
	at := time.Date(1801, 1, 1, 23, 59, 58, 987_654_000, time.UTC)
	for range 146_097 + 366 {
		if got, want := clock.Of(at).String(), at.Format(layout); got != want {
			t.Fatalf("%s, not %s", got, want)
		}
		at = at.AddDate(0, 0, 1)
	}
}

func FuzzTime(f *testing.F) {
	f.Add(int64(0), int64(1))
	f.Add(int64(-1), int64(999))
	f.Add(time.Date(2000, 2, 29, 0, 0, 0, 0, time.UTC).UnixMicro(), int64(time.Hour))
	f.Fuzz(func(t *testing.T, us, d int64) {
		const year0, year9999 = -62_167_219_200_000_000, 253_402_300_799_999_999
		if us < year0 || us > year9999 || d > int64(100*24*time.Hour) || d < 0 {
			t.Skip()
		}
		d -= d % 1000
		at, c := time.UnixMicro(us).UTC(), clock.UnixMicro(us)
		require.Equal(t, at.Format(layout), c.String())
		later := c.Add(time.Duration(d))
		require.Equal(t, at.Add(time.Duration(d)).UnixMicro(), later.UnixMicro())
		require.Equal(t, time.Duration(d), later.Sub(c))
		require.Equal(t, d > 0, later.After(c))
		require.Equal(t, d > 0, c.Before(later))
	})
}

func TestNoTimeIsZero(t *testing.T) {
	t.Parallel()
	require.True(t, clock.Of(time.Time{}).IsZero())
	require.True(t, clock.Time(0).IsZero())
	require.False(t, clock.Now().IsZero())
	require.WithinDuration(t, time.Now(), time.UnixMicro(clock.Now().UnixMicro()), time.Minute)
}
