package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"flexcaselog/bench"

	"github.com/spf13/cobra"
)

func benchCommand(dir *string) *cobra.Command {
	c := bench.Config{}
	var out, plots string
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure the plugin beside one in plain JavaScript, in Chromium",
		Long: "Measures what the plugin costs: bytes, start, events, memory; on a bare page and in the real Flex UI, beside no plugin and\n" +
			"one in plain JavaScript that makes the same calls. Prints ratios, and writes bench.json and pictures.\n\n" +
			"It takes the better part of an hour on a machine that does nothing else; --quick is a look in some minutes.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := newProgress(cmd.ErrOrStderr())
			defer p.stop()
			c.Dir, c.Progress = *dir, p.say
			report, err := bench.Run(cmd.Context(), c)
			if err != nil {
				return err
			}
			folder := within(*dir, out)
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			text, err := json.MarshalIndent(report, "", "\t")
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(folder, "bench.json"), append(text, '\n'), 0o644); err != nil {
				return err
			}
			pictures := within(*dir, plots)
			if c.Quick || plots == "" {
				pictures = folder // what means nothing goes into no document
			}
			if err := bench.Plot(pictures, report); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout())
			return report.Print(cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&c.Quick, "quick", false, "a look in some minutes, whose figures mean nothing")
	f.BoolVar(&c.Flex, "flex", true, "the real Flex UI, too")
	f.StringVar(&out, "out", "out/bench", "the folder that bench.json goes to")
	f.StringVar(&plots, "plots", "", "the folder that the pictures go to, unless it is a quick look; empty means that of bench.json")
	return cmd
}
