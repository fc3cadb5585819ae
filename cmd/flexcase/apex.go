package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"flexcaselog/internal/apexrun"
	"flexcaselog/internal/sandbox/org"

	"github.com/spf13/cobra"
)

func apexCommand(dir *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "apex",
		Short: "Run the tests of the Salesforce package with no Salesforce org, and test those tests",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(apexTestCommand(dir), apexMutateCommand(dir))
	return cmd
}

// apexTest are the flags of flexcase apex test.
type apexTest struct {
	project, junit string
	least          int
	quiet          bool
}

func apexTestCommand(dir *string) *cobra.Command {
	var o apexTest
	cmd := &cobra.Command{
		Use:   "test [FILTER]",
		Short: "Run the Apex tests, and print their results and how many lines they ran",
		Long: "Runs the Apex tests whose Class.method contains FILTER, or all of them, in an org that stands in for Salesforce.\n\n" +
			"It fails where a test fails, where there is none, and where all of them together run less of a class than --coverage asks for.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.project, o.junit = within(*dir, o.project), within(*dir, o.junit)
			return o.run(cmd.Context(), cmd.OutOrStdout(), strings.Join(args, ""))
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.project, "apex", "apex", "the SFDX project")
	f.StringVar(&o.junit, "junit", "", "the file to write the results to for a CI system")
	f.IntVar(&o.least, "coverage", 0, "the percentage of lines that must have run in each class; of no effect with FILTER")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print failures and totals only")
	return cmd
}

func (o apexTest) run(ctx context.Context, out io.Writer, filter string) (err error) {
	report, err := testApex(ctx, o.project, filter)
	if err != nil {
		return err
	}
	if o.junit != "" {
		if err := writeJUnit(o.junit, report); err != nil {
			return err
		}
	}
	failed := o.printTests(out, report)
	low := 0
	if filter == "" {
		low = o.printCoverage(out, report.Coverage)
	}
	fmt.Fprintf(out, "\n%d passed, %d failed\n", len(report.Tests)-failed, failed)
	switch {
	case len(report.Tests) == 0:
		return errors.New("apex test: no test of that name")
	case failed > 0:
		return fmt.Errorf("apex test: %d of %d failed", failed, len(report.Tests))
	case low > 0:
		return fmt.Errorf("apex test: the tests run less than %d %% of %d classes", o.least, low)
	}
	return nil
}

// testApex runs tests in an org of their own.
func testApex(ctx context.Context, project, filter string) (report apexrun.Report, err error) {
	o, err := org.Open(ctx, org.Config{ProjectDir: project})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	return o.Test(ctx, filter)
}

func (o apexTest) printTests(out io.Writer, report apexrun.Report) (failed int) {
	for _, t := range report.Tests {
		switch {
		case t.Err != nil:
			failed++
			fmt.Fprintf(out, "FAIL  %s.%s\n      %s\n", t.Class, t.Method, strings.TrimPrefix(t.Err.Error(), "apexrun: "))
		case !o.quiet:
			fmt.Fprintf(out, "ok    %s.%s (%d ms)\n", t.Class, t.Method, t.Took.Milliseconds())
		}
	}
	return failed
}

// printCoverage counts the classes of which too little ran.
func (o apexTest) printCoverage(out io.Writer, classes []apexrun.Coverage) (low int) {
	var covered, total int
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nCLASS\tLINES\tRAN\tMISSED")
	for _, c := range classes {
		covered, total = covered+c.Covered, total+c.Total
		short := c.Covered*100 < o.least*c.Total
		if short {
			low++
		}
		if !o.quiet || short {
			missed := strings.Trim(fmt.Sprint(c.Missed), "[]")
			fmt.Fprintf(w, "%s\t%d\t%d %%\t%s\n", c.Class, c.Total, c.Covered*100/c.Total, missed)
		}
	}
	if total > 0 {
		fmt.Fprintf(w, "all\t%d\t%d %%\t\n", total, covered*100/total)
	}
	_ = w.Flush() // out is a terminal or a pipe: there is nobody else to tell
	return low
}

func writeJUnit(path string, report apexrun.Report) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("apex test: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return report.JUnit(file)
}
