package main

import (
	"context"
	"fmt"
	"io"

	"flexcaselog/internal/release"

	"github.com/spf13/cobra"
)

func rollbackCommand(w outside) *cobra.Command {
	e, to := &entry{outside: w}, ""
	cmd := &cobra.Command{
		Use:   "rollback",
		Short: "Release an earlier version of the plugin again",
		Long: "Releases an earlier version of the plugin again, with the other plugins as they are now. Without --to it is the version before the newest " +
			"change; given a second time it does not go back further, so it may be repeated after a break.",
		Example: "  flexcase rollback\n  flexcase rollback --to 0.1.0 --profile live",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.change(cmd, func(ctx context.Context, a *release.Account) (*release.Published, error) { return a.Rollback(ctx, to) })
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the version to release")
	e.flags(cmd)
	return cmd
}

func removeCommand(w outside) *cobra.Command {
	e := &entry{outside: w}
	cmd := &cobra.Command{
		Use:   "remove",
		Short: "Take the plugin out of the release",
		Long: "Releases the other plugins without this one. Its versions and files stay in the account, so `flexcase rollback` and `flexcase deploy` " +
			"bring it back. To switch it off without a release: `flexcase configure set enabled=false`.",
		Example: "  flexcase remove\n  flexcase remove --profile staging --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.change(cmd, func(ctx context.Context, a *release.Account) (*release.Published, error) { return a.Remove(ctx) })
		},
	}
	e.flags(cmd)
	return cmd
}

// change makes a release and says what became of it.
func (e *entry) change(cmd *cobra.Command, do func(context.Context, *release.Account) (*release.Published, error)) error {
	p := newProgress(cmd.ErrOrStderr())
	defer p.stop()
	account, err := e.account(p.say)
	if err != nil {
		return err
	}
	done, err := do(cmd.Context(), account)
	if err != nil {
		return err
	}
	return e.print(cmd.OutOrStdout(), done, func(out io.Writer) {
		switch {
		case done.Superseded != "":
			fmt.Fprintf(out, "It was released, and right afterwards somebody else has released %s %s, which stays.\n", release.Plugin, done.Superseded)
		case done.Already && done.To == "":
			fmt.Fprintf(out, "%s is not released: there was nothing to do.\n", release.Plugin)
		case done.Already:
			fmt.Fprintf(out, "%s %s is released already: there was nothing to do.\n", release.Plugin, done.To)
		case done.To == "":
			fmt.Fprintf(out, "%s %s is taken out of the release%s: agents are without it when they load Flex again.\n", release.Plugin, done.From, before(done))
		default:
			fmt.Fprintf(out, "%s %s is released again%s: agents get it when they load Flex again.\n", release.Plugin, done.To, before(done))
		}
	})
}
