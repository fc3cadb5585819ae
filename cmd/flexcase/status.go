package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"flexcaselog/internal/release"

	"github.com/spf13/cobra"
)

func statusCommand(dir *string, w outside) *cobra.Command {
	e, check := &entry{outside: w}, false
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show what is released, since when and by whom, and how it differs from this tree",
		Long: "Shows which version is released in the account, since when, by whom and how large it is, which other versions and plugins there are, and " +
			"how the account differs from this tree. Bytes are compared with dist/bundle.js, where it was built. Only reads.",
		Example: "  flexcase status\n  flexcase status --json --profile live\n  flexcase status --check   # exits with 3 where account and tree differ",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			account, err := e.account(func(string) {})
			if err != nil {
				return err
			}
			s, err := account.Status(cmd.Context(), treeIn(*dir))
			if err != nil {
				return err
			}
			if err := e.print(cmd.OutOrStdout(), s, func(out io.Writer) { printStatus(out, s) }); err != nil {
				return err
			}
			if check && len(s.Drift) > 0 {
				return &wrongError{"the account differs from this tree: " + strings.Join(s.Drift, "; ")}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "exit with 3 where the account differs from this tree")
	e.flags(cmd)
	return cmd
}

func printStatus(out io.Writer, s release.Status) {
	line := func(what, format string, args ...any) {
		fmt.Fprintf(out, "%-9s %s\n", what, fmt.Sprintf(format, args...))
	}
	line("account", "%s", s.Account)
	if s.Released == "" {
		line("released", "-")
	} else {
		by := "somebody who did not use flexcase"
		if s.By != "" {
			by = s.By
		}
		line("released", "%s %s", release.Plugin, s.Released)
		line("since", "%s UTC, by %s", s.Since.UTC().Format(time.DateTime), by)
		if s.Bytes > 0 {
			line("size", "%d bytes, sha256 %.12s…", s.Bytes, s.Digest)
		}
	}
	var names []string
	for _, v := range s.Versions {
		name := v.Version
		if v.Archived {
			name += " (archived)"
		}
		names = append(names, name)
	}
	line("versions", "%s", orDash(strings.Join(names, ", ")))
	names = nil
	for _, other := range s.Others {
		names = append(names, other.Plugin+" "+other.Version)
	}
	line("beside", "%s", orDash(strings.Join(names, ", ")))
	line("tree", "%s", s.Tree)
	if len(s.Drift) == 0 {
		line("drift", "none")
	}
	for _, d := range s.Drift {
		line("drift", "%s", d)
	}
}
