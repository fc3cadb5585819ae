package bench

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// Print writes the report as tables, ratios first.
func (r Report) Print(out io.Writer) error {
	fmt.Fprintf(out, "%s, %s\n", r.Browser, r.When.Format("2006-01-02"))
	if r.Quick {
		fmt.Fprintln(out, "A QUICK LOOK: these figures mean nothing.")
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	section := func(title, head string) { fmt.Fprintf(w, "\n%s\n%s\n", title, head) }

	section("Bytes", "ratio\tplain\tours\t  ")
	for _, row := range []struct {
		what string
		of   func(Bytes) int
	}{{"raw", func(b Bytes) int { return b.Raw }}, {"gzip", func(b Bytes) int { return b.Gzip }}, {"brotli", func(b Bytes) int { return b.Brotli }}} {
		p, o := row.of(r.Bytes[plain]), row.of(r.Bytes[ours])
		fmt.Fprintf(w, "%s\t%d\t%d\t  %s\n", ratio(float64(o), float64(p)), p, o, row.what)
	}

	const head = "ratio\tplain: p10\tmedian\tp90\tours: p10\tmedian\tp90\t  "
	pair := func(what string, p, o Stats) {
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t  %s\n", ratio(o.Median, p.Median), p.P10, p.Median, p.P90, o.P10, o.Median, o.P90, what)
	}
	for _, part := range []struct {
		title  string
		starts map[string]Start
	}{{"Start on a bare page, cold, ms", r.Cold}, {"Start on a bare page, warm, ms", r.Warm}, {"Start on a bare page, cold, CPU 4x slower, ms", r.ColdSlow}} {
		p, o := part.starts[plain], part.starts[ours]
		section(part.title, head)
		pair("script loaded and evaluated", p.Evaluated, o.Evaluated)
		pair("init holds Flex", p.Held, o.Held)
		pair("first answer of Salesforce", p.Ready, o.Ready)
		pair("longest piece of script of the plugin's", p.Own, o.Own)
		pair("long tasks, how many", p.Long, o.Long)
	}
	each := func(events map[string]Event, of func(Event) Stats) {
		for _, plugin := range everyPlugin {
			s := of(events[plugin])
			fmt.Fprintf(w, "%.2f\t%.2f\t", s.Median, s.P99)
		}
	}
	for _, part := range []struct {
		title  string
		events map[string]Event
	}{{"One event of Flex, ms", r.Events}, {"One event of Flex, CPU 4x slower, ms", r.EventsSlow}} {
		section(part.title, "none: median\tp99\tcalls: median\tp99\tplain: median\tp99\tours: median\tp99\tto plain\t  ")
		for _, row := range []struct {
			what string
			of   func(Event) Stats
		}{
			{"until Flex goes on", func(e Event) Stats { return e.Held }},
			{"main thread busy, with all that follows", func(e Event) Stats { return e.Busy }},
			{"worker busy, with all that follows", func(e Event) Stats { return e.Worker }},
			{"from the event to the message to Salesforce", func(e Event) Stats { return e.Message }},
		} {
			each(part.events, row.of)
			fmt.Fprintf(w, "%s\t  %s\n", ratio(row.of(part.events[ours]).Median, row.of(part.events[plain]).Median), row.what)
		}
	}
	section("Main thread for one event, by its name, ms", "none: median\tp99\tcalls: median\tp99\tplain: median\tp99\tours: median\tp99\t  ")
	names := sortedKeys(r.Events[ours].Kinds)
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Compare(r.Events[ours].Kinds[b].Median, r.Events[ours].Kinds[a].Median)
	})
	for _, name := range names {
		each(r.Events, func(e Event) Stats { return e.Kinds[name] })
		fmt.Fprintf(w, "  %s\n", name)
	}
	each(r.Events, func(e Event) Stats { return e.Call })
	fmt.Fprintln(w, "  the whole call")
	for _, plugin := range everyPlugin {
		fmt.Fprintf(w, "%.1f\t\t", r.Events[plugin].Asked)
	}
	fmt.Fprintln(w, "  calls of Salesforce in it")
	section("A whole call while tasks are open, main thread busy, ms", "ratio\topen\tplain: median\tp90\tours: median\tp90\t")
	for _, n := range sortedKeys(r.Open[ours]) {
		p, o := r.Open[plain][n].Call, r.Open[ours][n].Call
		fmt.Fprintf(w, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t\n", ratio(o.Median, p.Median), n, p.Median, p.P90, o.Median, o.P90)
	}
	section("Memory after tasks, MB, and the main thread for a whole call then, ms", "tasks\tnone\tplain\tours: JS\twasm\ttogether\treferences\tplain: ms\tours: ms\t")
	for i, o := range r.Memory[ours] {
		fmt.Fprintf(w, "%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t%.2f\t%.2f\t\n", o.Tasks,
			megabytes(r.Memory[none][i].Total()), megabytes(r.Memory[plain][i].Total()),
			megabytes(o.Heap), megabytes(o.Wasm), megabytes(o.Total()), o.References, r.Memory[plain][i].Call.Median, o.Call.Median)
	}
	for _, temperature := range []string{"cold", "warm", "slow"} {
		f := r.Flex[temperature]
		if f[ours].Task.N == 0 {
			continue
		}
		section(fmt.Sprintf("The real Flex UI, %s, %d starts, ms", temperature, f[ours].Task.N), "none: median\tplain: ratio\tmedian\tours: ratio\tp10\tmedian\tp90\t  ")
		for _, row := range []struct {
			what string
			of   func(Flex) Stats
		}{
			{"desktop there", func(f Flex) Stats { return f.Desktop }},
			{"a ringing task can be accepted", func(f Flex) Stats { return f.Task }},
			{"of that, since Flex has come to the plugin", func(f Flex) Stats { return f.Since }},
			{"init holds Flex", func(f Flex) Stats { return f.Held }},
			{"first answer of Salesforce, from init on", func(f Flex) Stats { return f.Ready }},
			{"longest piece of script of the plugin's", func(f Flex) Stats { return f.Own }},
			{"all long tasks from init until then", func(f Flex) Stats { return f.Long }},
		} {
			n, p, o := row.of(f[none]), row.of(f[plain]), row.of(f[ours])
			fmt.Fprintf(w, "%.1f\t%s\t%.1f\t%s\t%.1f\t%.1f\t%.1f\t  %s\n", n.Median, ratio(p.Median, n.Median), p.Median, ratio(o.Median, n.Median), o.P10, o.Median, o.P90, row.what)
		}
	}
	return w.Flush()
}

func ratio(a, b float64) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", a/b)
}

func megabytes(bytes int) float64 { return float64(bytes) / (1 << 20) }

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}
