package main

import (
	"errors"
	"path/filepath"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/sandbox/soak"

	"github.com/spf13/cobra"
)

func soakCommand(dir *string) *cobra.Command {
	var c soak.Config
	var plot string
	cmd := &cobra.Command{
		Use:   "soak",
		Short: "Log thousands of tasks in one browser while Salesforce fails, and count the rows and the memory",
		Long: "Logs thousands of tasks in one browser while some of the calls to Salesforce are refused, late, muted or their answers lost.\n" +
			"Prints how many rows were expected, found, lost and doubled, and by how much memory has grown, and draws both.\n\n" +
			"It fails where a row is lost, doubled or wrong, and where memory has grown by more than 4 MB since the first thousand tasks.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.Tasks < 2 || c.AtOnce < 1 || c.Faults < 0 || c.Faults > 50 || c.Deaths < 0 {
				return errors.New("soak: --tasks must be at least 2, --at-once 1, --faults from 0 to 50, and --deaths 0")
			}
			p := newProgress(cmd.ErrOrStderr())
			defer p.stop()
			c.Progress = p.say
			tags := ""
			if c.Deaths > 0 {
				tags = "faults"
			}
			// Apart from dist, which somebody may be deploying from.
			built, err := bundle.Build(cmd.Context(), bundle.Options{
				Dir: *dir, Out: filepath.Join("out", "soak", "bundle.js"), Tags: tags, Progress: p.say,
			})
			if err != nil {
				return err
			}
			c.Bundle, c.Project = built.Path, within(*dir, "apex")
			report, err := soak.Run(cmd.Context(), c)
			if err != nil {
				return err
			}
			if err := soak.Plot(within(*dir, plot), report); err != nil {
				return err
			}
			if err := report.Print(cmd.OutOrStdout()); err != nil {
				return err
			}
			return report.Err()
		},
	}
	f := cmd.Flags()
	f.IntVar(&c.Tasks, "tasks", 10_000, "how many tasks")
	f.IntVar(&c.AtOnce, "at-once", 16, "how many the agent has at a time")
	f.Float64Var(&c.Faults, "faults", 5, "how many of a hundred calls to Salesforce go wrong")
	f.IntVar(&c.Deaths, "deaths", 0, "how often the program dies")
	f.Uint64Var(&c.Seed, "seed", 1, "what tasks and faults are drawn from")
	f.StringVar(&plot, "plot", "out/soak/soak.png", "where the picture goes")
	return cmd
}
