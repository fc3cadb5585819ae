package plugin_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
)

// A page that leaves because the agent looks at another must not go between the
// record of a screen pop and the pop.
func TestAPageThatLeavesDoesTheScreenPopThatItHasBegun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		after time.Duration // since the task was accepted
		gone  time.Duration // since the page was asked
		pops  int
	}{
		"before the Case is known":   {500 * time.Millisecond, 0, 0},
		"while the screen is looked": {1500 * time.Millisecond, 0, 0},
		"during the screen pop":      {2500 * time.Millisecond, 500 * time.Millisecond, 1},
		"after it":                   {10 * time.Second, 0, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				org := newModel(time.Second)
				first := start(t, connected(org))
				first.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
				time.Sleep(tt.after)
				asked := time.Now()
				gone := make(chan time.Duration, 1)
				first.Leave(func() {
					gone <- time.Since(asked)
					first.reload()
				})
				require.Equal(t, tt.gone, <-gone)
				synctest.Wait()
				require.Len(t, org.pops, tt.pops)

				// The next page does the rest, and no pop that has been done.
				later := startWith(t, first.shelf, connected(org))
				later.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now(), Found: true})
				time.Sleep(time.Minute)
				later.Post(nil, caselog.TaskCompleted{Task: call("1"), At: clock.Now()})
				later.wait()
				require.Len(t, org.pops, 1)
				require.Len(t, org.story(), 2)
			})
		})
	}
}

func TestATaskThatIsSelectedBeforeThereIsAnOrgIsShownIfItIsSoonThere(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		orgAfter time.Duration
		pops     int
	}{
		"a moment later": {time.Second, 2},
		"much later":     {time.Minute, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				org := newModel(time.Second)
				policy := voice
				policy.Pop = caselog.PopOnSelect
				first := startBy(t, policy, newShelf(), connected(org))
				first.Post(nil, caselog.ReservationAccepted{Task: call("1"), At: clock.Now()})
				time.Sleep(time.Minute)
				first.reload()
				later := startBy(t, policy, first.shelf, after(tt.orgAfter, org))
				later.Post(nil, caselog.TaskSelected{Reservation: "WR1"})
				later.wait()
				require.Len(t, org.pops, tt.pops)
			})
		})
	}
}
