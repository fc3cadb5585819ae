package main

import (
	"flexcaselog/bench/size"

	"github.com/spf13/cobra"
)

func sizeCommand(dir *string) *cobra.Command {
	var treemap string
	var quick bool
	cmd := &cobra.Command{
		Use:   "size",
		Short: "Say where the bytes of the program in the browser are",
		Long: "Builds the plugin's program and the smallest program there can be, and prints what each linked package costs,\n" +
			"what the compiler's settings do, and what a use of a package would add. Draws the packages as a map.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := newProgress(cmd.ErrOrStderr())
			defer p.stop()
			report, err := size.Run(cmd.Context(), *dir, !quick, p.say)
			if err != nil {
				return err
			}
			if treemap != "" {
				if err := size.Treemap(within(*dir, treemap), report); err != nil {
					return err
				}
			}
			return report.Print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&treemap, "treemap", "", "where the picture goes; none is drawn without")
	cmd.Flags().BoolVar(&quick, "quick", false, "only the packages")
	return cmd
}
