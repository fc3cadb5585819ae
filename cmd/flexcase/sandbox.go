package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"

	"github.com/spf13/cobra"
)

// sandboxOptions are the flags of flexcase sandbox. Paths are relative to dir
// unless they are absolute.
type sandboxOptions struct {
	dir string

	bundle, cache, apex, rows, pictures string

	window, headless, verbose bool

	talk, wrapup time.Duration
}

func sandboxCommand(dir *string) *cobra.Command {
	var o sandboxOptions
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a contact centre on this machine: the real Flex in a Salesforce console",
		Long: "Runs a contact centre on this machine: the real Flex in a Salesforce console, with this plugin in it.\n\n" +
			"With a screen it opens the console in Chromium and runs until the window is closed. Without one it plays a call by itself,\n" +
			"prints the Case and the rows that came of it, and saves pictures of the console.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.window && o.headless {
				return errors.New("--window and --headless exclude each other")
			}
			o.dir = *dir
			return o.run(cmd)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.window, "window", false, "open a window even if there seems to be no screen")
	f.BoolVar(&o.headless, "headless", false, "play a call without a window even if there is a screen")
	f.StringVar(&o.bundle, "bundle", "", "the plugin's bundle; it is built when not given")
	f.StringVar(&o.cache, "cache", ".cache/flexhost", "where Flex UI is kept once it has been made")
	f.StringVar(&o.apex, "apex", "apex", "the SFDX project the org is made of")
	f.StringVar(&o.rows, "rows", "", "the SQLite file for the org's rows; in memory when not given")
	f.StringVar(&o.pictures, "pictures", "out/sandbox", "where the pictures go")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print each message between Flex and Twilio")
	f.DurationVar(&o.talk, "talk", 4*time.Second, "how long the call that plays by itself takes")
	f.DurationVar(&o.wrapup, "wrapup", 3*time.Second, "how long its wrap-up takes")
	return cmd
}

func (o sandboxOptions) run(cmd *cobra.Command) (err error) {
	ctx := cmd.Context()
	p := newProgress(cmd.ErrOrStderr())
	defer p.stop()
	// Found first: who has no Chromium should not wait for npm to learn it.
	chromium, err := browser.Find()
	if err != nil {
		return err
	}
	if o.bundle == "" {
		built, err := bundle.Build(ctx, bundle.Options{Dir: o.dir, Out: "dist/bundle.js", Progress: p.say})
		if err != nil {
			return err
		}
		o.bundle = built.Path
	} else {
		o.bundle = o.path(o.bundle)
	}
	config := sandbox.Config{
		BundlePath: o.bundle, CacheDir: o.path(o.cache), ProjectDir: o.path(o.apex), Progress: p.say,
	}
	if o.verbose {
		config.Log = func(line string) { fmt.Fprintln(cmd.ErrOrStderr(), line) }
	}
	if o.rows != "" {
		config.Database = o.path(o.rows)
	}
	centre, err := sandbox.Start(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, centre.Close()) }()

	window := !o.headless && (o.window || browser.HasScreen())
	p.say("Starting Chromium.")
	b, err := browser.Start(ctx, browser.Options{
		Addr: centre.Addr(), Certificate: centre.Certificate(), Window: window, Program: chromium,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	page, err := b.Open(ctx, sandbox.ConsoleURL)
	if err != nil {
		return err
	}
	p.say("Waiting for Flex.")
	d := &demo{out: cmd.OutOrStdout(), centre: centre, page: page, flex: page.Frame(sandbox.FlexHost), pictures: o.path(o.pictures)}
	d.agent = sandbox.Agent{Screen: d.flex, Twilio: centre.Twilio}
	if err := d.ready(ctx); err != nil {
		return err
	}
	p.rest()
	if window {
		return o.stay(ctx, cmd, b, page)
	}
	return d.play(ctx, o.talk, o.wrapup)
}

// stay leaves the window to the person until it is closed.
func (o sandboxOptions) stay(ctx context.Context, cmd *cobra.Command, b *browser.Browser, page *browser.Page) error {
	fmt.Fprintln(cmd.OutOrStdout(), "The console is open. Its bar at the bottom rings a call. Close the window, or press Ctrl-C, to end.")
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-page.Closed():
	case <-b.Done():
	}
	return nil
}

func (o sandboxOptions) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(o.dir, p)
}
