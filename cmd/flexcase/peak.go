package main

import (
	"flexcaselog/bench/peak"

	"github.com/spf13/cobra"
)

func peakCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "peak",
		Short: "Reckon what 10, 1,000 and 10,000 agents cost an org, and simulate their busiest hour",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return peak.Print(cmd.OutOrStdout()) },
	}
}
