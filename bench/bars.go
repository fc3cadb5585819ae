package bench

import (
	"image/color"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// group is bars beside each other.
type group struct {
	name string
	of   func(plugin string) Stats
}

// bars draws medians, with lines from p10 to p90.
func bars(title string, plugins []string, groups []group) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.Title.Padding = title, vg.Points(8)
	p.Y.Min, p.X.Min, p.X.Max = 0, -0.6, float64(len(groups))-0.4
	p.Legend.Top, p.Legend.Left, p.Legend.XOffs = true, true, vg.Points(8)
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.name
		for _, plugin := range plugins {
			p.Y.Max = max(p.Y.Max, g.of(plugin).P90)
		}
	}
	p.Y.Max *= 1.3 // the legend is there
	p.Y.Tick.Marker = shortTicks{}
	for i, plugin := range plugins {
		c := columns{fill: colours[plugin], at: (float64(i) - float64(len(plugins)-1)/2) * barWidth}
		for _, g := range groups {
			c.heights = append(c.heights, g.of(plugin))
		}
		p.Add(c)
		p.Legend.Add(plugin, c)
	}
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.6, float64(len(groups))-0.4
	return p
}

// shortTicks are the usual ones, with no more digits than they need.
type shortTicks struct{ plot.DefaultTicks }

// Ticks implements plot.Ticker.
func (t shortTicks) Ticks(low, high float64) []plot.Tick {
	ticks := t.DefaultTicks.Ticks(low, high)
	for i, tick := range ticks {
		if tick.Label != "" {
			ticks[i].Label = strconv.FormatFloat(tick.Value, 'g', 6, 64)
		}
	}
	return ticks
}

// barWidth is that of a bar, where a group is one wide.
const barWidth = 0.18

// columns are the bars of one plugin, one in each group.
type columns struct {
	heights []Stats
	at      float64 // beside the group's middle
	fill    color.Color
}

// Plot implements plot.Plotter.
func (c columns) Plot(canvas draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&canvas)
	spread := draw.LineStyle{Color: color.Black, Width: vg.Points(0.8)}
	for i, s := range c.heights {
		if s.N == 0 {
			continue // nothing was measured
		}
		middle := float64(i) + c.at
		left, right := x(middle-barWidth*0.46), x(middle+barWidth*0.46)
		canvas.FillPolygon(c.fill, []vg.Point{{X: left, Y: y(0)}, {X: left, Y: y(s.Median)}, {X: right, Y: y(s.Median)}, {X: right, Y: y(0)}})
		canvas.StrokeLine2(spread, x(middle), y(s.P10), x(middle), y(s.P90))
		for _, end := range []float64{s.P10, s.P90} {
			canvas.StrokeLine2(spread, x(middle)-vg.Points(3), y(end), x(middle)+vg.Points(3), y(end))
		}
	}
}

// Thumbnail implements plot.Thumbnailer.
func (c columns) Thumbnail(canvas *draw.Canvas) {
	low, high := canvas.Min, canvas.Max
	canvas.FillPolygon(c.fill, []vg.Point{low, {X: low.X, Y: high.Y}, high, {X: high.X, Y: low.Y}})
}
