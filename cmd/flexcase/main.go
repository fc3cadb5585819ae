// Command flexcase is the operator's tool of flex-caselog: it builds the plugin,
// runs it against a contact centre on this machine, and deploys it. A file per
// command; what a command does is in the packages under internal.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := root().ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		// The person asked for it, so it is no error to explain.
		fmt.Fprintln(os.Stderr, "flexcase: stopped")
		return exitStopped
	default:
		fmt.Fprintln(os.Stderr, "flexcase:", err)
		return exitCode(err)
	}
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "flexcase",
		Short:         "Build flex-caselog, try it on this machine, and deploy it",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	var dir string
	cmd.PersistentFlags().StringVarP(&dir, "dir", "C", ".", "the repository")
	cmd.AddCommand(buildCommand(&dir), sandboxCommand(&dir), apexCommand(&dir), soakCommand(&dir), sizeCommand(&dir), linesCommand(&dir), benchCommand(&dir), peakCommand())
	cmd.AddCommand(accountCommands(&dir, reality())...)
	cmd.AddCommand(docsCommand(&dir, reality()))
	return cmd
}
