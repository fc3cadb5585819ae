package peak

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

func sortDurations(d []time.Duration) { slices.Sort(d) }

// Agents are how many the tables are for.
var Agents = []int{10, 1_000, 10_000}

// Print writes what Agents cost in a usual day, and their busiest hour with an org as
// assumed and with one three times and ten times as slow.
func Print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "agents\ttasks\tcalls\trows\tCases\tstorage, MB\tcalls/s in the peak hour\tof the daily API requests, if they counted\t")
	for _, n := range Agents {
		c := Sum(Usual(n), Salesforces)
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%.1f\t%.2f\t%.0f %%\t\n", c.Agents, c.Tasks, c.Calls, c.Rows, c.Cases,
			float64(c.Storage)/1e6, c.PerSec, 100*c.APIShare)
	}
	fmt.Fprintln(w, "\nagents\torg slower by\tcalls\tat once: mean\tmost\tlong-running at once\tlongest, s\tfound a lock\trefused for it\tdenied\tleft\t")
	for _, n := range Agents {
		for _, slower := range []int{1, 3, 10} {
			o := Salesforces
			o.Apex *= time.Duration(slower)
			o.Save *= time.Duration(slower)
			h := Play(Usual(n), o, 1)
			fmt.Fprintf(w, "%d\t%d\t%d\t%.1f\t%d\t%d\t%.1f\t%d\t%d\t%d\t%d\t\n", n, slower, h.Calls, h.Mean, h.AtOnce, h.Long, h.Longest.Seconds(), h.Waits, h.Refused, h.Denied, h.Left)
		}
	}
	return w.Flush()
}
