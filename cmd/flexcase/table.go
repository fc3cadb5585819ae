package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"flexcaselog/internal/sandbox"
)

// print shows the Case and its rows as the org has them, and where the pictures are.
func (d *demo) print(ctx context.Context, story sandbox.Story) error {
	made, err := d.caseOf(ctx, story)
	if err != nil {
		return err
	}
	logs, err := d.centre.Logs(ctx)
	if err != nil {
		return err
	}
	logs = slices.DeleteFunc(logs, func(l sandbox.Log) bool { return l.Reservation != story.Reservation })
	if err := table(d.out, made, logs); err != nil {
		return err
	}
	fmt.Fprintln(d.out)
	for _, path := range d.saved {
		fmt.Fprintln(d.out, path)
	}
	return nil
}

func table(out io.Writer, made sandbox.Case, logs []sandbox.Log) error {
	fmt.Fprintf(out, "\nCase %s  %s  %s  (%s)\n\n", made.Number, made.Origin, made.Subject, made.ID)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "  STATUS\tSTARTED (UTC)\tLASTED\tENDED BY\tNAME\tID")
	for _, l := range logs {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\n",
			l.Status, l.Start.UTC().Format(time.DateOnly+" "+time.TimeOnly), lasted(l), orDash(l.EndedBy), l.Name, l.ID)
	}
	return w.Flush()
}

func lasted(l sandbox.Log) string {
	if l.Duration == nil {
		return "-"
	}
	return fmt.Sprintf("%d s", *l.Duration)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
