package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// kept is a call whose rows are as promised; each test breaks one thing of it.
func kept() (Story, []Case, []Log, []string) {
	noon := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	six, four := 6, 4
	row := func(status, suffix string, start time.Duration, lasted *int) Log {
		return Log{
			ID: "a00000000000001AAA", Case: "500000000000001AAA", Name: "Ann - " + status, Status: status, Key: "WR1" + suffix, Start: noon.Add(start),
			Duration: lasted, Task: "WT1", Reservation: "WR1", Channel: "voice", Direction: "inbound",
		}
	}
	return Story{
			Reservation: "WR1", Task: "WT1", Engagement: "WT1", Channel: "voice", Direction: "inbound",
			Customer: "Ann", Statuses: WholeCall, Pops: 1,
		},
		[]Case{{ID: "500000000000001AAA", Number: "00001001", Engagement: "WT1"}, {ID: "500000000000002AAA", Engagement: "WT2"}},
		[]Log{
			row(StatusAccepted, "-accepted", 0, &six), row(StatusWrapup, "-wrapup", 6200*time.Millisecond, &four),
			row(StatusCompleted, "-completed", 10*time.Second, nil), {Reservation: "WR2"},
		},
		[]string{"500000000000001AAA", "500000000000002AAA"}
}

func TestAKeptPromiseIsNotBroken(t *testing.T) {
	t.Parallel()
	st, cases, logs, pops := kept()
	require.NoError(t, st.Broken(cases, logs, pops))
	st.Pops = AtMostOnce
	require.NoError(t, st.Broken(cases, logs, pops))
	require.NoError(t, st.Broken(cases, logs, nil))
}

func TestACaseThatWasOpenServesALaterEngagementToo(t *testing.T) {
	t.Parallel()
	st, cases, logs, pops := kept()
	cases[0].Engagement, cases[0].Linked = "WT0", []string{"WT1"}
	require.NoError(t, st.Broken(cases, logs, pops))
	cases[0].Linked = nil
	require.ErrorContains(t, st.Broken(cases, logs, pops), "engagement WT1 has 0 Cases, not 1")
}

func TestBrokenSaysWhichPromise(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(st *Story, cases *[]Case, logs *[]Log, pops *[]string)
		says  string
	}{
		"a second Case": {
			func(_ *Story, c *[]Case, _ *[]Log, _ *[]string) { (*c)[1].Engagement = "WT1" },
			"engagement WT1 has 2 Cases, not 1",
		},
		"no Case": {
			func(_ *Story, c *[]Case, _ *[]Log, _ *[]string) { *c = nil },
			"engagement WT1 has 0 Cases, not 1",
		},
		"a row twice": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { *l = append(*l, (*l)[2]) },
			`"Completed" "Completed"`,
		},
		"rows in another order": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[0], (*l)[1] = (*l)[1], (*l)[0] },
			`are ["Wrapup" "Reservation accepted" "Completed"]`,
		},
		"a row on another Case": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[1].Case = "500000000000002AAA" },
			`row "Wrapup" hangs on Case 500000000000002AAA`,
		},
		"a wrong key": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[1].Key = "WR1-accepted" },
			`row "Wrapup" has Key__c "WR1-accepted", not "WR1-wrapup"`,
		},
		"a wrong channel": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[0].Channel = "" },
			`row "Reservation accepted" has Channel__c "", not "voice"`,
		},
		"another customer": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[0].Name = "Bob - Reservation accepted" },
			`has Name "Bob - Reservation accepted", not "Ann - Reservation accepted"`,
		},
		"a name cut inside a surrogate pair": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[0].Name = "Ann \uFFFD" },
			"UTF-16 units",
		},
		"a name that is too long": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[0].Name = strings.Repeat("😀", 41) },
			"82 UTF-16 units",
		},
		"no duration": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[1].Duration = nil },
			`row "Wrapup" has no Duration__c, though it was left after 3.8s`,
		},
		"a duration that is too long": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { *(*l)[0].Duration = 8 },
			`row "Reservation accepted" has Duration__c 8, but the next row starts after 6.2s`,
		},
		"a duration of what has ended": {
			func(_ *Story, _ *[]Case, l *[]Log, _ *[]string) { (*l)[2].Duration = new(int) },
			`row "Completed" has Duration__c 0, not empty`,
		},
		"popped twice": {
			func(_ *Story, _ *[]Case, _ *[]Log, p *[]string) { *p = append(*p, "500000000000001AAA") },
			"Case 00001001 was popped 2 times, not 1",
		},
		"popped twice where once is the most": {
			func(st *Story, _ *[]Case, _ *[]Log, p *[]string) {
				st.Pops = AtMostOnce
				*p = append(*p, "500000000000001AAA")
			},
			"Case 00001001 was popped 2 times, not at most once",
		},
		"not popped": {
			func(_ *Story, _ *[]Case, _ *[]Log, p *[]string) { *p = nil },
			"Case 00001001 was popped 0 times, not 1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, cases, logs, pops := kept()
			tt.spoil(&st, &cases, &logs, &pops)
			require.ErrorContains(t, st.Broken(cases, logs, pops), tt.says)
		})
	}
}
