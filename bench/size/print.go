package size

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Print writes the report as tables.
func (r Report) Print(out io.Writer) error {
	fmt.Fprintf(out, "%.3f times the smallest program with syscall/js and safejs, packed as ours is\n", r.Ratio())
	fmt.Fprintf(out, "%.3f times the same as `go build -trimpath -ldflags=\"-s -w\"` and gzip -9 make it\n\n", r.PlainRatio())
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\traw\tgzip\tbrotli\tpacked\t")
	row := func(name string, s Sizes) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t\n", name, comma(s.Raw), comma(s.Gzip), comma(s.Brotli), comma(s.Packed))
	}
	row("plugin", r.Plugin)
	row("floor", r.Floor)
	row("floor, plain", r.Plain)
	if err := w.Flush(); err != nil {
		return err
	}

	fmt.Fprint(out, "\nBytes of each package, unpacked, by what they are more than in the floor\n\n")
	fmt.Fprintln(w, "code\ttables\tmore than the floor\t  package")
	var rest Package
	for _, p := range r.Packages {
		if p.Extra() < 2000 {
			rest.Code += p.Code
			rest.Tables += p.Tables
			rest.Floor += p.Floor
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t  %s\n", comma(p.Code), comma(p.Tables), comma(p.Extra()), p.Path)
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t  all others\n", comma(rest.Code), comma(rest.Tables), comma(rest.Extra()))
	fmt.Fprintf(w, "%s\t%s\t\t  together; and %s of types, texts and pointer maps, which nobody can be charged with\n", comma(r.Code), comma(r.Tables), comma(r.Memory))
	if err := w.Flush(); err != nil || r.Settings == nil {
		return err
	}

	fmt.Fprint(out, "\nSettings\n\n")
	fmt.Fprintln(w, "raw\tgzip\tfloor, gzip\tratio\t  setting")
	for _, s := range r.Settings {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t  %s\n", comma(s.Plugin.Raw), comma(s.Plugin.Gzip), comma(s.Floor.Gzip), s.Ratio(), s.What)
	}
	if err := w.Flush(); err != nil {
		return err
	}

	fmt.Fprint(out, "\nWhat a use adds to the floor, in bytes of gzip\n\n")
	for _, i := range r.Imports {
		fmt.Fprintf(w, "%s\t  %s\n", comma(i.Bytes), i.What)
	}
	return w.Flush()
}

// comma writes a number with commas between its thousands.
func comma(n int) string {
	if n < 0 {
		return "-" + comma(-n)
	}
	digits := fmt.Sprint(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}
