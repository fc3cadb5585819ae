package main

import (
	"fmt"
	"time"

	"flexcaselog/internal/bundle"

	"github.com/spf13/cobra"
)

func buildCommand(dir *string) *cobra.Command {
	var out, tags string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the plugin into one script for Flex",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := newProgress(cmd.ErrOrStderr())
			defer p.stop()
			began := time.Now()
			res, err := bundle.Build(cmd.Context(), bundle.Options{Dir: *dir, Out: out, Tags: tags, Progress: p.say})
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d bytes, of which the program %d unpacked and %d packed; %s\n",
				res.Path, res.Bytes, res.WasmBytes, res.GzipBytes, clock(time.Since(began)))
			return err
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "dist/bundle.js", "where the script goes")
	cmd.Flags().StringVar(&tags, "tags", "", "Go build tags, for tests")
	return cmd
}
