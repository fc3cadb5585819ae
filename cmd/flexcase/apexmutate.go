package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"flexcaselog/internal/apexrun"
	"flexcaselog/internal/apexrun/mutate"

	"github.com/spf13/cobra"
)

// apexMutation are the flags of flexcase apex mutate.
type apexMutation struct {
	dir, project, reasons, also string
	most, least                 int
	verbose                     bool
}

func apexMutateCommand(dir *string) *cobra.Command {
	var o apexMutation
	cmd := &cobra.Command{
		Use:   "mutate",
		Short: "Break the Salesforce package a line at a time, and see whether anything notices",
		Long: "Breaks the shipped classes and metadata a line at a time, in a copy, and loads and tests each break as flexcase apex test does;\n" +
			"then agents do their main job with it, who have one permission less each. What nothing notices is listed, with the reason that is given for it in --reasons.\n\n" +
			"It fails where less than --least percent are noticed.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.dir = *dir
			o.project, o.reasons = within(*dir, o.project), within(*dir, o.reasons)
			return o.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.project, "apex", "apex", "the SFDX project")
	f.StringVar(&o.reasons, "reasons", "internal/apexrun/mutate/survivors.txt", "why breaks may go unnoticed: lines of KEY ## REASON")
	f.StringVar(&o.also, "also", "", "a shell command that looks at what the tests let pass; $APEX is the broken project")
	f.IntVar(&o.most, "most", 0, "how many breaks to try, spread evenly; all when 0")
	f.IntVar(&o.least, "least", 90, "the percentage that must be noticed")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print what notices each break")
	return cmd
}

// within resolves a path of the repository.
func within(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

func (o apexMutation) run(ctx context.Context, out io.Writer) (err error) {
	reasons, err := readReasons(o.reasons)
	if err != nil {
		return err
	}
	all, err := mutate.Generate(o.project)
	if err != nil {
		return err
	}
	chosen := mutate.Spread(all, o.most)
	copied, err := os.MkdirTemp("", "flexcase-mutants-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(copied)) }()
	if err := mutate.Copy(o.project, copied); err != nil {
		return err
	}
	agents, err := newJob(ctx, copied, 1)
	if err != nil {
		return err
	}
	began := time.Now()
	if by, err := o.check(ctx, mutate.Mutant{}, agents, copied, time.Minute); err != nil || by != "" {
		return errors.Join(fmt.Errorf("apex mutate: the package fails as it is: %s", by), err)
	}
	patience := 10*time.Since(began) + 10*time.Second
	fmt.Fprintf(out, "%d breaks of %d are tried\n", len(chosen), len(all))
	caught := 0
	steps := map[string]int{}
	for i, m := range chosen {
		by, err := mutate.Try(ctx, m, copied, func(ctx context.Context, project string) (string, error) {
			return o.check(ctx, m, agents, project, patience)
		})
		if err != nil {
			return err
		}
		if by != "" {
			caught++
			step, _, _ := strings.Cut(by, ":")
			steps[step]++
			if o.verbose {
				fmt.Fprintf(out, "%4d  %s:%d: %s: %s\n", i+1, filepath.Base(m.File), m.Line, m.What, by)
			}
			continue
		}
		reason := reasons[m.Key()]
		if reason == "" {
			reason = "no reason is given"
		}
		fmt.Fprintf(out, "UNNOTICED  %s:%d: %s %s\n  - %s\n  + %s\n  %s\n", filepath.Base(m.File), m.Line, m.What, m.Of, m.Before, m.After, reason)
	}
	if len(chosen) == 0 {
		return errors.New("apex mutate: nothing to break")
	}
	fmt.Fprintf(out, "\n%d of %d breaks were noticed: %d %%\n", caught, len(chosen), caught*100/len(chosen))
	for _, step := range slices.Sorted(maps.Keys(steps)) {
		fmt.Fprintf(out, "  %4d by %s\n", steps[step], step)
	}
	if caught*100 < o.least*len(chosen) {
		return fmt.Errorf("apex mutate: less than %d %% were noticed", o.least)
	}
	return nil
}

// check tries a project within a time: a break may make it run without end. The tests of the broken class come first.
func (o apexMutation) check(ctx context.Context, m mutate.Mutant, agents *job, project string, patience time.Duration) (caughtBy string, err error) {
	bounded, stop := context.WithTimeout(ctx, patience)
	defer stop()
	own := strings.TrimSuffix(filepath.Base(m.File), filepath.Ext(m.File)) + "Test."
	for _, filter := range []string{own, ""} {
		switch report, err := testApex(bounded, project, filter); {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err != nil:
			return "loading: " + err.Error(), nil
		case firstFailure(report) != "":
			return "the tests: " + firstFailure(report), nil
		case filter == "" && len(report.Tests) == 0:
			return "the tests: there are none", nil
		}
	}
	switch difference, err := agents.differs(bounded, project); {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "the agents: " + err.Error(), nil
	case difference != "":
		return "the agents: " + difference, nil
	}
	if o.also == "" {
		return "", nil
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", o.also)
	cmd.Dir, cmd.Env = o.dir, append(os.Environ(), "APEX="+project)
	if said, err := cmd.CombinedOutput(); err != nil {
		return "the command: " + strings.TrimSpace(string(said)), ctx.Err()
	}
	return "", nil
}

func firstFailure(report apexrun.Report) string {
	for _, t := range report.Tests {
		if t.Err != nil {
			return t.Class + "." + t.Method
		}
	}
	return ""
}

// readReasons reads lines of KEY ## REASON. An empty line and one that begins with # say nothing.
func readReasons(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("apex mutate: %w", err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if key, reason, ok := strings.Cut(strings.TrimSpace(line), " ## "); ok && !strings.HasPrefix(line, "#") {
			out[key] = reason
		}
	}
	return out, nil
}
