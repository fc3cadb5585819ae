package soak

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// MaxGrowth is by how many bytes memory may grow.
const MaxGrowth = 4 << 20

// mostWrong is how many sentences are printed.
const mostWrong = 20

// Print writes the report for a person.
func (r Report) Print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(name string, format string, args ...any) {
		fmt.Fprintf(w, "%s\t"+format+"\n", append([]any{name}, args...)...)
	}
	line("tasks", "%d in %s", r.Tasks, clock(r.Took))
	line("calls", "%d, of which %d with a fault", r.Calls, r.faulty())
	for _, kind := range kinds {
		line("  "+kind, "%d", r.Faults[kind])
	}
	line("rows expected", "%d", r.Rows.Expected)
	line("rows found", "%d", r.Rows.Found)
	line("lost", "%d", r.Rows.Lost)
	line("doubled", "%d", r.Rows.Doubled)
	line("out of order", "%d", r.Rows.OutOfOrder)
	line("Cases", "%d", r.Rows.Cases)
	line("screen pops", "%d", r.Rows.Pops)
	line("second pops", "%d", r.Rows.SecondPops)
	line("otherwise wrong", "%d", len(r.Rows.Wrong))
	line("agent told", "%d times", r.Told)
	for _, s := range []Sample{r.Before, r.After} {
		line(fmt.Sprintf("memory after %d", s.Done), "WebAssembly %.2f MB, JavaScript %.2f MB", megabytes(s.Wasm), megabytes(s.Heap))
	}
	line("grown by", "%.2f MB", megabytes(r.Growth()))
	if err := w.Flush(); err != nil {
		return err
	}
	for i, sentence := range r.Rows.Wrong {
		if i == mostWrong {
			fmt.Fprintf(out, "… and %d more\n", len(r.Rows.Wrong)-i)
			break
		}
		fmt.Fprintln(out, sentence)
	}
	return nil
}

// Err is nil where nothing is lost or doubled, and memory has stayed.
func (r Report) Err() error {
	if err := r.Rows.Err(); err != nil {
		return fmt.Errorf("soak: %w", err)
	}
	if r.Growth() > MaxGrowth {
		return fmt.Errorf("soak: memory has grown by %.2f MB, which is more than %.0f", megabytes(r.Growth()), megabytes(MaxGrowth))
	}
	return nil
}

func (r Report) faulty() (n int) {
	for _, of := range r.Faults {
		n += of
	}
	return n
}

func clock(d time.Duration) string {
	s := int(d.Seconds())
	return fmt.Sprintf("%d:%02d minutes", s/60, s%60)
}
