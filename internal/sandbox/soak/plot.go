package soak

import (
	"fmt"
	"image/color"
	"math"
	"os"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	plotWidth  = 9 * vg.Inch
	plotHeight = 6 * vg.Inch
	plotDPI    = 110
	margin     = 12
)

// Colours that are told apart without red and green.
var (
	blue   = color.RGBA{R: 0x1f, G: 0x5f, B: 0xa8, A: 0xff}
	orange = color.RGBA{R: 0xd9, G: 0x6b, B: 0x0b, A: 0xff}
	grey   = color.RGBA{R: 0x55, G: 0x55, B: 0x55, A: 0xff}
)

// curve is one line of a plot.
type curve struct {
	name  string
	color color.Color
	value func(Sample) float64
}

// Plot draws memory and backlog over the tasks into a PNG file.
func Plot(path string, r Report) error {
	memory, err := panel(r, "Memory of Flex's frame [MB]",
		curve{"WebAssembly", blue, func(s Sample) float64 { return megabytes(s.Wasm) }},
		curve{"JavaScript, without garbage", orange, func(s Sample) float64 { return megabytes(s.Heap) }},
	)
	if err != nil {
		return err
	}
	backlog, err := panel(r, "Backlog [reservations]",
		curve{"completed, not yet wholly in Salesforce", grey, func(s Sample) float64 { return float64(s.Backlog) }},
	)
	if err != nil {
		return err
	}
	memory.Title.Text = fmt.Sprintf("%d tasks, %d of %d calls with a fault, in %s", r.Tasks, r.faulty(), r.Calls, clock(r.Took))
	backlog.X.Label.Text = "tasks completed"

	img := vgimg.NewWith(vgimg.UseWH(plotWidth, plotHeight), vgimg.UseDPI(plotDPI), vgimg.UseBackgroundColor(color.White))
	tiles := draw.Tiles{Rows: 2, Cols: 1, PadTop: margin, PadBottom: margin, PadLeft: margin, PadRight: 2 * margin, PadY: margin}
	plots := [][]*plot.Plot{{memory}, {backlog}}
	for i, row := range plot.Align(plots, tiles, draw.New(img)) {
		plots[i][0].Draw(row[0])
	}
	out, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("soak: plot: %w", err)
	}
	if _, err := (vgimg.PngCanvas{Canvas: img}).WriteTo(out); err != nil {
		out.Close()
		return fmt.Errorf("soak: plot: %w", err)
	}
	return out.Close()
}

func panel(r Report, title string, curves ...curve) (*plot.Plot, error) {
	p := plot.New()
	p.Y.Label.Text = title
	p.X.Min, p.X.Max, p.Y.Min = 0, float64(r.Tasks), 0
	p.Legend.Top, p.Legend.Padding = true, vg.Points(3)
	p.X.Tick.Marker, p.Y.Tick.Marker = round{}, round{}
	p.Add(plotter.NewGrid())
	highest := 1.0
	for _, c := range curves {
		points := make(plotter.XYs, len(r.Samples))
		for i, s := range r.Samples {
			points[i] = plotter.XY{X: float64(s.Done), Y: c.value(s)}
			highest = max(highest, points[i].Y)
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return nil, fmt.Errorf("soak: plot: %w", err)
		}
		line.Color, line.Width = c.color, vg.Points(1.5)
		p.Add(line)
		p.Legend.Add(c.name, line)
	}
	p.Y.Min, p.Y.Max = 0, highest*1.3 // with room for the legend
	return p, nil
}

// round marks an axis at round numbers.
type round struct{}

// mostTicks is how many marks an axis has at most.
const mostTicks = 6

// Ticks implements [plot.Ticker].
func (round) Ticks(least, most float64) (ticks []plot.Tick) {
	step := math.Pow10(int(math.Floor(math.Log10((most - least) / mostTicks))))
	for _, factor := range []float64{2, 2.5, 2} { // 1, 2, 5, 10
		if (most-least)/step > mostTicks {
			step *= factor
		}
	}
	for v := math.Ceil(least/step) * step; v <= most; v += step {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'g', -1, 64)})
	}
	return ticks
}

func megabytes(bytes int) float64 { return float64(bytes) / (1 << 20) }
