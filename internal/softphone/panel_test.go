package softphone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/softphone"
)

func TestThePanelOpensWhenItRings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, softphone.Config{OpenPanelOnRing: true})
		d.Connected(d)
		d.fails = []error{errRefused}
		d.Ringing()
		settle()
		require.Equal(t, []string{"panel"}, d.asked)
		require.Len(t, d.warned, 1)
	})
}

func TestThePanelOpensForWhatRangJustBeforeThereWasAPage(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		before time.Duration
		want   []string
	}{
		"a moment before": {time.Second, []string{"panel"}},
		"long before":     {10 * time.Second, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, softphone.Config{OpenPanelOnRing: true})
				d.Ringing()
				time.Sleep(tt.before)
				d.Connected(d)
				settle()
				require.Equal(t, tt.want, d.asked)
			})
		})
	}
}
