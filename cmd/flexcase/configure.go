package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"flexcaselog/internal/release"

	"github.com/spf13/cobra"
)

func configureCommand(w outside) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "configure",
		Short: "Read and set the plugin's settings in the Flex Configuration",
		Long: "Reads and sets what is at ui_attributes.custom_data.features.caselog in the account's Flex Configuration, and touches nothing else there. " +
			"Agents get new settings when they load Flex again; no release is needed.",
	}
	cmd.AddCommand(configureGet(w), configureSet(w), configureValidate(w))
	return cmd
}

func configureGet(w outside) *cobra.Command {
	e, all := &entry{outside: w}, false
	cmd := &cobra.Command{
		Use:     "get [KEY]",
		Short:   "Print the settings, or one of them",
		Long:    "Prints the settings as JSON, or the value of one. What is not there has its default: --all prints those too.",
		Example: "  flexcase configure get\n  flexcase configure get --all\n  flexcase configure get screen_pop",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			account, err := e.account(func(string) {})
			if err != nil {
				return err
			}
			s, err := account.Settings(cmd.Context())
			if err != nil {
				return err
			}
			var result any = s
			switch {
			case len(args) == 1:
				value, ok := s[args[0]]
				if !ok {
					return fmt.Errorf("%s is not set, so it has its default: see `flexcase configure get --all`", args[0])
				}
				result = value
			case all:
				result = s.All()
			}
			e.json = true // settings are JSON, whoever reads them
			return e.print(cmd.OutOrStdout(), result, nil)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "print the defaults of what is not set too")
	e.flags(cmd)
	return cmd
}

// setOptions are the flags of flexcase configure set.
type setOptions struct {
	entry
	unset []string
	file  string
	yes   bool
}

func configureSet(w outside) *cobra.Command {
	o := &setOptions{entry: entry{outside: w}}
	cmd := &cobra.Command{
		Use:   "set [KEY=VALUE]...",
		Short: "Change settings",
		Long: "Changes settings: shows what would change, asks, and changes it. Values are JSON, or text where they are none. " +
			"What the plugin would complain of is refused, and so is a change of what somebody else has changed in the meantime.",
		Example: "  flexcase configure set screen_pop=select\n" +
			"  flexcase configure set 'channels=[\"voice\",\"whatsapp\"]' --unset log_level --yes\n" +
			"  flexcase configure set --file caselog.json",
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.unset, "unset", nil, "settings to take away, so that they have their defaults again")
	f.StringVar(&o.file, "file", "", "a JSON object of settings to set")
	f.BoolVarP(&o.yes, "yes", "y", false, "don't ask")
	o.flags(cmd)
	return cmd
}

func (o *setOptions) run(cmd *cobra.Command, args []string) error {
	if len(args)+len(o.unset) == 0 && o.file == "" {
		return errors.New("nothing to set: give KEY=VALUE, --unset or --file")
	}
	account, err := o.account(func(string) {})
	if err != nil {
		return err
	}
	was, err := account.Settings(cmd.Context())
	if err != nil {
		return err
	}
	next, err := o.next(was, args)
	if err != nil {
		return err
	}
	diff := append([]string{}, was.Diff(next)...)
	say := cmd.ErrOrStderr()
	for _, line := range diff {
		fmt.Fprintln(say, line)
	}
	if len(diff) > 0 {
		if faults := next.Faults(); len(faults) > 0 {
			return &release.Refusal{Reason: strings.Join(faults, "; ")}
		}
		if !o.yes && !agreed(cmd.InOrStdin(), say) {
			return errors.New("nothing was changed: say yes, or give --yes")
		}
		if err := account.Configure(cmd.Context(), was, next); err != nil {
			return err
		}
	}
	return o.print(cmd.OutOrStdout(), map[string]any{"changed": len(diff) > 0, "diff": diff}, func(out io.Writer) {
		if len(diff) == 0 {
			fmt.Fprintln(out, "It is so already: there was nothing to do.")
			return
		}
		fmt.Fprintln(out, "The settings are changed: agents get them when they load Flex again.")
	})
}

// next returns the settings as they are to be.
func (o *setOptions) next(was release.Settings, args []string) (release.Settings, error) {
	next := maps.Clone(was)
	if o.file != "" {
		text, err := os.ReadFile(o.file)
		if err != nil {
			return nil, err
		}
		more, err := release.ParseSettings(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.file, err)
		}
		maps.Copy(next, more)
	}
	for _, key := range o.unset {
		delete(next, key)
	}
	for _, arg := range args {
		if err := next.Set(arg); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// agreed asks, and takes silence for no.
func agreed(in io.Reader, out io.Writer) bool {
	fmt.Fprint(out, "Change it? [y/N] ")
	line, _ := bufio.NewReader(in).ReadString('\n')
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(line)))
}

func configureValidate(w outside) *cobra.Command {
	e := &entry{outside: w}
	cmd := &cobra.Command{
		Use:     "validate [FILE]",
		Short:   "Say what the plugin would complain of in the settings",
		Long:    "Says what the plugin would complain of in the settings of the account, or in a file with a JSON object of settings. Exits with 3 where there is something.",
		Example: "  flexcase configure validate\n  flexcase configure validate caselog.json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := e.given(cmd, args)
			if err != nil {
				return err
			}
			faults := append([]string{}, s.Faults()...)
			if err := e.print(cmd.OutOrStdout(), map[string]any{"settings": s, "faults": faults}, func(out io.Writer) {
				for _, fault := range faults {
					fmt.Fprintln(out, fault)
				}
				if len(faults) == 0 {
					fmt.Fprintf(out, "The %d settings are right; the others have their defaults.\n", len(s))
				}
			}); err != nil {
				return err
			}
			if len(faults) > 0 {
				return &wrongError{fmt.Sprintf("%d of the settings have no effect", len(faults))}
			}
			return nil
		},
	}
	e.flags(cmd)
	return cmd
}

// given returns the settings of a file, or of the account where none is named.
func (e *entry) given(cmd *cobra.Command, args []string) (release.Settings, error) {
	if len(args) == 0 {
		account, err := e.account(func(string) {})
		if err != nil {
			return nil, err
		}
		return account.Settings(cmd.Context())
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	if !json.Valid(text) {
		return nil, fmt.Errorf("%s is no JSON", args[0])
	}
	return release.ParseSettings(text)
}
