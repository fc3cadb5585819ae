package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProgressShowsLifeDuringALongStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := newProgress(&out)
		p.say("Installing.")
		time.Sleep(25 * time.Second)
		p.say("Bundling.")
		time.Sleep(3 * time.Second)
		p.rest()
		time.Sleep(time.Hour)
		p.stop()
		require.Equal(t, "00:00  Installing.\n"+
			"00:10  … still at it: Installing.\n"+
			"00:20  … still at it: Installing.\n"+
			"00:25  Bundling.\n", out.String())
	})
}

func TestClock(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "00:00", 1499 * time.Millisecond: "00:01", 61 * time.Second: "01:01", 100 * time.Minute: "100:00",
	} {
		require.Equal(t, want, clock(d))
	}
}
