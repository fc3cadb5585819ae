package bench

import (
	"fmt"
	"image/color"
	"path/filepath"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Colours that are told apart without red and green.
var (
	blue   = color.RGBA{R: 0x1f, G: 0x5f, B: 0xa8, A: 0xff}
	orange = color.RGBA{R: 0xd9, G: 0x6b, B: 0x0b, A: 0xff}
	green  = color.RGBA{R: 0x5b, G: 0xa3, B: 0x8a, A: 0xff}
	grey   = color.RGBA{R: 0x88, G: 0x88, B: 0x88, A: 0xff}
)

var colours = map[string]color.RGBA{none: grey, calls: green, plain: orange, ours: blue}

// Plot draws bench-start.png, bench-events.png, bench-open.png, bench-memory.png and
// bench-flex.png into a folder.
func Plot(folder string, r Report) error {
	start := bars("Until Salesforce has answered, bare page [ms]", []string{plain, ours}, []group{
		{"cold", func(p string) Stats { return r.Cold[p].Ready }},
		{"warm", func(p string) Stats { return r.Warm[p].Ready }},
		{"cold, CPU 4x slower", func(p string) Stats { return r.ColdSlow[p].Ready }},
	})
	event := bars("Main thread for one event of Flex [ms]", everyPlugin, []group{
		{"a task is accepted", func(p string) Stats { return r.Events[p].Kinds["taskAccepted"] }},
		{"its wrap-up begins", func(p string) Stats { return r.Events[p].Kinds["taskWrapup"] }},
		{"the agent hangs up", func(p string) Stats { return r.Events[p].Kinds["afterHangupCall"] }},
		{"the task is selected", func(p string) Stats { return r.Events[p].Kinds["afterSelectTask"] }},
	})
	open := plot.New()
	open.Title.Text = "Main thread for a whole call while tasks are open, median and p90 [ms]"
	open.X.Scale, open.X.Label.Text, open.Y.Min = plot.LogScale{}, "tasks that are open", 0
	var counts plot.ConstantTicks
	for _, n := range sortedKeys(r.Open[ours]) {
		counts = append(counts, plot.Tick{Value: float64(n), Label: strconv.Itoa(n)})
	}
	open.X.Tick.Marker = counts
	memory := plot.New()
	memory.Title.Text, memory.X.Label.Text, memory.Y.Min = "Memory of Flex's frame and the worker [MB]", "tasks that are over", 0
	memory.Legend.Top, open.Legend.Top, open.Legend.Left = true, true, true
	for _, p := range []string{none, plain, ours} {
		var median, p90, total plotter.XYs
		for _, n := range sortedKeys(r.Open[p]) {
			median = append(median, plotter.XY{X: float64(n), Y: r.Open[p][n].Call.Median})
			p90 = append(p90, plotter.XY{X: float64(n), Y: r.Open[p][n].Call.P90})
		}
		for _, m := range r.Memory[p] {
			total = append(total, plotter.XY{X: float64(m.Tasks), Y: megabytes(m.Total())})
		}
		for _, l := range []struct {
			plot   *plot.Plot
			points plotter.XYs
			name   string
			dashed bool
		}{{open, median, p, false}, {open, p90, "", true}, {memory, total, p, false}} {
			if len(l.points) == 0 {
				continue
			}
			line, err := plotter.NewLine(l.points)
			if err != nil {
				return fmt.Errorf("bench: plot: %w", err)
			}
			line.Color, line.Width = colours[p], vg.Points(1.5)
			if l.dashed {
				line.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
			}
			l.plot.Add(line)
			if l.name != "" {
				l.plot.Legend.Add(l.name, line)
			}
		}
	}
	memory.X.Max *= 1.05 // else its last number is cut
	open.X.Max *= 1.2
	for _, p := range []*plot.Plot{open, memory} {
		p.Title.Padding = vg.Points(8)
		p.Y.Max *= 1.25 // the legend is there
	}
	flex := bars("The real Flex UI until a ringing task can be accepted [ms]", []string{none, plain, ours}, []group{
		{"cold", func(p string) Stats { return r.Flex["cold"][p].Task }},
		{"warm", func(p string) Stats { return r.Flex["warm"][p].Task }},
		{"warm, CPU 4x slower", func(p string) Stats { return r.Flex["slow"][p].Task }},
	})
	for name, p := range map[string]*plot.Plot{"start": start, "events": event, "open": open, "memory": memory, "flex": flex} {
		if name == "flex" && r.Flex == nil {
			continue
		}
		p.BackgroundColor = color.White
		if err := p.Save(7*vg.Inch, 4*vg.Inch, filepath.Join(folder, "bench-"+name+".png")); err != nil {
			return fmt.Errorf("bench: plot: %w", err)
		}
	}
	return nil
}
