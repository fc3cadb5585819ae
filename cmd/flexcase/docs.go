package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// document is a file of docs/ that is made of the program itself, as a whole or, in
// a text that somebody has written, between two marks.
type document struct {
	name string
	text func() (string, error)
	// marked says that the text goes between the marks.
	marked bool
}

// The lines of a file between which what was made is.
const (
	madeBegins = "<!-- `go run ./cmd/flexcase docs` writes what follows -->"
	madeEnds   = "<!-- the end of that -->"
)

// documents are all of them. A test fails where one is older than the program.
func documents(w outside) []document {
	return []document{
		{name: "deployment.md", marked: true, text: func() (string, error) { return reference(w), nil }},
		{name: "configuration.md", marked: true, text: settingsTable},
		{name: "configuration.schema.json", text: settingsSchema},
	}
}

func docsCommand(dir *string, w outside) *cobra.Command {
	return &cobra.Command{
		Use:   "docs",
		Short: "Write the documents that are made of the program itself",
		Long: "Writes what in docs/ is made of the program itself, so that it cannot say anything else than that does: the reference of the commands " +
			"(deployment.md), the table of the settings (configuration.md) and their JSON Schema (configuration.schema.json). " +
			"A test fails where one of them is older than the program.",
		Example: "  flexcase docs",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, d := range documents(w) {
				if err := d.write(cmd.OutOrStdout(), filepath.Join(*dir, "docs")); err != nil {
					return fmt.Errorf("docs/%s: %w", d.name, err)
				}
			}
			return nil
		},
	}
}

// write brings the file in dir up to date, and says so where it was not.
func (d document) write(out io.Writer, dir string) error {
	path := filepath.Join(dir, d.name)
	have, next, err := d.next(path)
	if err != nil || have == next {
		return err
	}
	if err := os.WriteFile(path, []byte(next), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, path)
	return err
}

// next returns what is in the file, and what should be.
func (d document) next(path string) (have, next string, err error) {
	old, err := os.ReadFile(path)
	if err != nil && (d.marked || !os.IsNotExist(err)) {
		return "", "", err
	}
	made, err := d.text()
	if err != nil {
		return "", "", err
	}
	if !d.marked {
		return string(old), made, nil
	}
	next, err = between(string(old), made)
	return string(old), next, err
}

// between puts what was made into a text, in the place of what is there.
func between(text, made string) (string, error) {
	head, rest, ok := strings.Cut(text, madeBegins)
	_, tail, ends := strings.Cut(rest, madeEnds)
	if !ok || !ends {
		return "", fmt.Errorf("it has no place for what is made: the lines %q and %q", madeBegins, madeEnds)
	}
	return head + madeBegins + "\n\n" + made + "\n" + madeEnds + tail, nil
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
