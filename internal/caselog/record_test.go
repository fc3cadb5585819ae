package caselog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
)

func TestARecordOfWhatIsSettledIsDropped(t *testing.T) {
	t.Parallel()
	rec := caselog.Record{Task: caselog.Task{Reservation: "WR1", SID: "WT1", Channel: "voice"}, Case: "500A"}
	rec.Start[caselog.Accepted] = nine
	desk := caselog.NewDesk(everything)
	require.Empty(t, desk.Restore([]caselog.Record{rec}, []caselog.ReservationSID{"WR1"}))
	require.Zero(t, desk.Open())
	keep, settled := desk.Changes()
	require.Empty(t, keep)
	require.Equal(t, []caselog.ReservationSID{"WR1"}, settled, "a page that wrote at the same time left it behind")
}
