package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"flexcaselog/internal/bundle"

	"github.com/spf13/cobra"
)

func linesCommand(dir *string) *cobra.Command {
	var tags string
	cmd := &cobra.Command{
		Use:   "lines [FILE]",
		Short: "Put file and line into a stack of the program in the browser",
		Long: "Reads what the console says where the program has died, from FILE or the standard input, and prints it with file and line of each function. " +
			"The program that is shipped has no lines, since they would be a twelfth of what every agent downloads, and says ?:0 for all of them. " +
			"So it is built once more, with its lines: by this tree, which has to be that of the version in the report.",
		Example: "  flexcase lines console.txt\n  pbpaste | flexcase lines",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			if len(args) > 0 {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer func() { _ = f.Close() }()
				in = f
			}
			text, err := io.ReadAll(in)
			if err != nil {
				return err
			}
			if !strings.Contains(string(text), "?:0") {
				return errors.New("there is no stack to put lines into: no ?:0 is in what was read")
			}
			p := newProgress(cmd.ErrOrStderr())
			p.say("building the program with its lines")
			table, err := bundle.Lines(cmd.Context(), bundle.Options{Dir: *dir, Tags: tags})
			p.stop()
			if err != nil {
				return err
			}
			e := table.Explain(string(text))
			if _, err := io.WriteString(cmd.OutOrStdout(), e.Text); err != nil {
				return err
			}
			if e.Missed > 0 || e.Found == 0 {
				return &wrongError{fmt.Sprintf("%d of the stack's functions are not in this tree's program, %d are: look whether it is the tree of the version in the report, "+
					"and `go version` that of the machine that built it", e.Missed, e.Found)}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&tags, "tags", "", "Go build tags, for tests")
	return cmd
}
