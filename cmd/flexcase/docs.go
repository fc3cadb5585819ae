package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The lines of a file between which the reference is.
const (
	referenceBegins = "<!-- reference: `flexcase docs --write docs/deployment.md` writes what follows -->"
	referenceEnds   = "<!-- end of reference -->"
)

func docsCommand(w outside) *cobra.Command {
	file := ""
	cmd := &cobra.Command{
		Use:   "docs",
		Short: "Print the reference of the commands that work in an account, as Markdown",
		Long: "Prints the reference of the commands that work in an account, as it is in docs/deployment.md: made of the commands themselves, so that it " +
			"cannot say anything else than they do. A test fails where the file is older than the commands.",
		Example: "  flexcase docs\n  flexcase docs --write docs/deployment.md",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text := reference(w)
			if file == "" {
				_, err := io.WriteString(cmd.OutOrStdout(), text)
				return err
			}
			have, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			next, err := withReference(string(have), text)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			return os.WriteFile(file, []byte(next), 0o644)
		},
	}
	cmd.Flags().StringVar(&file, "write", "", "the file to put it into, between its two marks")
	return cmd
}

// withReference puts the reference into a text, in the place of the one that is
// there.
func withReference(text, reference string) (string, error) {
	head, rest, ok := strings.Cut(text, referenceBegins)
	_, tail, ends := strings.Cut(rest, referenceEnds)
	if !ok || !ends {
		return "", fmt.Errorf("it has no place for the reference: the lines %q and %q", referenceBegins, referenceEnds)
	}
	return head + referenceBegins + "\n\n" + reference + "\n" + referenceEnds + tail, nil
}

// reference writes what there is to know of the commands.
func reference(w outside) string {
	dir := "."
	root := &cobra.Command{Use: "flexcase"}
	root.PersistentFlags().StringVarP(&dir, "dir", "C", dir, "the repository")
	root.AddCommand(accountCommands(&dir, w)...)
	var out strings.Builder
	for _, cmd := range root.Commands() {
		describe(&out, cmd)
	}
	out.WriteString("### Exit codes\n\n| code | meaning |\n|---|---|\n")
	for _, c := range exitCodes {
		fmt.Fprintf(&out, "| %d | %s |\n", c.code, c.means)
	}
	return out.String()
}

func describe(out *strings.Builder, cmd *cobra.Command) {
	fmt.Fprintf(out, "### %s\n\n%s.\n\n", cmd.CommandPath(), cmd.Short)
	if cmd.Runnable() {
		fmt.Fprintf(out, "    %s\n\n", cmd.UseLine())
	}
	fmt.Fprintf(out, "%s\n\n", cmd.Long)
	if flags := cmd.LocalFlags(); cmd.Runnable() && flags.HasAvailableFlags() {
		out.WriteString("| flag | meaning |\n|---|---|\n")
		flags.VisitAll(func(f *pflag.Flag) {
			name := "`--" + f.Name
			if f.Shorthand != "" {
				name = "`-" + f.Shorthand + "`, " + name
			}
			if kind, _ := pflag.UnquoteUsage(f); kind != "" {
				name += " " + kind
			}
			meaning := f.Usage
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
				meaning += fmt.Sprintf(" (default `%s`)", f.DefValue)
			}
			fmt.Fprintf(out, "| %s` | %s |\n", name, meaning)
		})
		out.WriteString("\n")
	}
	if cmd.Example != "" {
		out.WriteString("Examples:\n\n")
		for line := range strings.SplitSeq(cmd.Example, "\n") {
			fmt.Fprintf(out, "    %s\n", strings.TrimPrefix(line, "  "))
		}
		out.WriteString("\n")
	}
	for _, sub := range cmd.Commands() {
		describe(out, sub)
	}
}
