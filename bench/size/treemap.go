package size

import (
	"fmt"
	"image/color"
	"os"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	mapWidth  = 10 * vg.Inch
	mapHeight = 6 * vg.Inch
	mapDPI    = 110
)

// Colours that are told apart without red and green.
var (
	ours     = color.RGBA{R: 0x1f, G: 0x5f, B: 0xa8, A: 0xff}
	standard = color.RGBA{R: 0xd9, G: 0x6b, B: 0x0b, A: 0xff}
	inFloor  = color.RGBA{R: 0xdd, G: 0xdd, B: 0xdd, A: 0xff}
)

// tile is one rectangle of a map.
type tile struct {
	label string
	bytes float64
	color color.RGBA
	box   vg.Rectangle
}

// Treemap draws a rectangle for each package, its area as large as its share: grey
// what the floor has as well, blue what is ours, orange what we have the standard
// library link.
func Treemap(path string, r Report) error {
	var tiles []tile
	var shared float64
	for _, p := range r.Packages {
		shared += float64(min(p.Floor, p.Bytes()))
		extra := float64(p.Extra())
		if extra < 1000 {
			continue
		}
		c := standard
		if strings.HasPrefix(p.Path, "flexcaselog/") || p.Path == "main" {
			c = ours
		}
		tiles = append(tiles, tile{label: fmt.Sprintf("%s\n%.0f kB", strings.TrimPrefix(p.Path, "flexcaselog/internal/"), extra/1000), bytes: extra, color: c})
	}
	grey := tile{label: fmt.Sprintf("in the floor as well: the runtime, fmt, reflect, safejs\n%.0f kB", shared/1000), bytes: shared, color: inFloor}
	tiles = append([]tile{grey}, tiles...)
	squarify(tiles, vg.Rectangle{Max: vg.Point{X: mapWidth, Y: mapHeight}})

	img := vgimg.NewWith(vgimg.UseWH(mapWidth, mapHeight), vgimg.UseDPI(mapDPI), vgimg.UseBackgroundColor(color.White))
	c := draw.New(img)
	for _, t := range tiles {
		t.draw(c)
	}
	out, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("size: treemap: %w", err)
	}
	if _, err := (vgimg.PngCanvas{Canvas: img}).WriteTo(out); err != nil {
		out.Close()
		return fmt.Errorf("size: treemap: %w", err)
	}
	return out.Close()
}

func (t tile) draw(c draw.Canvas) {
	box := t.box
	corners := []vg.Point{box.Min, {X: box.Max.X, Y: box.Min.Y}, box.Max, {X: box.Min.X, Y: box.Max.Y}}
	c.FillPolygon(t.color, corners)
	c.StrokeLines(draw.LineStyle{Color: color.White, Width: vg.Points(1)}, append(corners, corners[0]))
	style := draw.TextStyle{Color: color.White, Font: font.From(plotter.DefaultFont, 10), XAlign: text.XLeft, YAlign: text.YTop, Handler: text.Plain{Fonts: font.DefaultCache}}
	if t.color == inFloor {
		style.Color = color.Black
	}
	const pad = 4
	size := box.Size()
	for ; style.Font.Size >= 6; style.Font.Size-- { // smaller is not to be read
		if style.Width(t.label)+2*pad <= size.X && style.Height(t.label)+2*pad <= size.Y {
			c.FillText(style, vg.Point{X: box.Min.X + pad, Y: box.Max.Y - pad}, t.label)
			return
		}
	}
}

// squarify lays tiles, the largest first, into a box: row by row along the shorter
// side, a row as long as that makes its tiles squarer. See Bruls, Huizing and van
// Wijk, Squarified Treemaps, 2000.
func squarify(tiles []tile, box vg.Rectangle) {
	if len(tiles) == 0 {
		return
	}
	var total float64
	for _, t := range tiles {
		total += t.bytes
	}
	size := box.Size()
	wide := size.X >= size.Y
	side, other := float64(min(size.X, size.Y)), float64(max(size.X, size.Y))
	n, sum := 1, tiles[0].bytes
	for n < len(tiles) && worst(tiles[:n+1], sum+tiles[n].bytes, side, other, total) <= worst(tiles[:n], sum, side, other, total) {
		sum += tiles[n].bytes
		n++
	}
	thick := vg.Length(sum / total * other)
	var along vg.Length
	for i := range tiles[:n] {
		length := vg.Length(tiles[i].bytes / sum * side)
		b := &tiles[i].box
		if wide {
			b.Min = vg.Point{X: box.Min.X, Y: box.Max.Y - along - length}
			b.Max = vg.Point{X: box.Min.X + thick, Y: box.Max.Y - along}
		} else {
			b.Min = vg.Point{X: box.Min.X + along, Y: box.Max.Y - thick}
			b.Max = vg.Point{X: box.Min.X + along + length, Y: box.Max.Y}
		}
		along += length
	}
	if wide {
		box.Min.X += thick
	} else {
		box.Max.Y -= thick
	}
	squarify(tiles[n:], box)
}

// worst is how far from square the worst tile of a row would be.
func worst(row []tile, sum, side, other, total float64) (w float64) {
	thick := sum / total * other
	for _, t := range row {
		length := t.bytes / sum * side
		w = max(w, thick/length, length/thick)
	}
	return w
}
