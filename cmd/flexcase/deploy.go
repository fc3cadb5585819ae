package main

import (
	"fmt"
	"io"
	"path/filepath"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/release"

	"github.com/spf13/cobra"
)

// deployOptions are the flags of flexcase deploy.
type deployOptions struct {
	entry
	dir                                 string
	bundle, version, changelog          string
	public, noRelease, noSmoke, dryPlan bool
}

func deployCommand(dir *string, w outside) *cobra.Command {
	o := deployOptions{entry: entry{outside: w}}
	cmd := &cobra.Command{
		Use:   "deploy",
		Short: "Build the plugin, put it into a Twilio account and release it to every agent",
		Long: "Builds the plugin, runs it once in Node, uploads it to Twilio Assets, registers it with Flex and releases it to every agent.\n\n" +
			"The account is left as `twilio flex:plugins:deploy` and `twilio flex:plugins:release` would leave it; other plugins, their phases and " +
			"their files stay. Whatever breaks it off, the same command goes on from there. A version whose bytes are there already is left alone; " +
			"with other bytes it is refused, because agents may run it.",
		Example: "  flexcase deploy\n" +
			"  flexcase deploy --dry-run\n" +
			"  flexcase deploy --version 0.2.0-rc.1 --no-release --profile staging\n" +
			"  flexcase deploy --changelog \"Cases for WhatsApp\" --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.dir = *dir
			return o.run(cmd)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.version, "version", "", "the version to deploy it as; that of the tree where it is not given")
	f.StringVar(&o.changelog, "changelog", "", "what is new in it, for who reads the plugin's page in Flex")
	f.BoolVar(&o.public, "public", false, "let anybody download the files; without it, only who is logged in to Flex")
	f.BoolVar(&o.noRelease, "no-release", false, "put it there and register it, without giving it to agents")
	f.BoolVar(&o.noSmoke, "no-smoke", false, "don't run the bundle in Node first")
	f.BoolVar(&o.dryPlan, "dry-run", false, "print what would be changed in the account, request by request, and change nothing")
	f.StringVar(&o.bundle, "bundle", "", "a bundle that is built already, with its map beside it")
	o.flags(cmd)
	return cmd
}

func (o *deployOptions) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	p := newProgress(cmd.ErrOrStderr())
	defer p.stop()
	// First: who has no credentials should not wait for the build to learn it.
	account, err := o.account(p.say)
	if err != nil {
		return err
	}
	path := o.bundle
	if path == "" {
		built, err := o.build(ctx, bundle.Options{Dir: o.dir, Out: "dist/bundle.js", Progress: p.say})
		if err != nil {
			return err
		}
		path = built.Path
	}
	if o.version == "" {
		o.version = bundle.Version
	}
	artifact, err := release.Load(path, o.version, bundle.MaxBytes)
	if err != nil {
		return err
	}
	if o.version != bundle.Version {
		p.say(fmt.Sprintf("note: it is deployed as %s, and calls itself %s in the browser's console", o.version, bundle.Version))
	}
	if !o.noSmoke {
		p.say("Running the bundle once in Node")
		if err := o.smoke(ctx, path); err != nil {
			return err
		}
	}
	options := release.DeployOptions{
		Artifact: artifact, Changelog: o.changelog, Public: o.public, NoRelease: o.noRelease, Smoked: !o.noSmoke, Tool: bundle.Version,
	}
	if o.dryPlan {
		done, err := account.PlanDeploy(ctx, options)
		if err != nil {
			return err
		}
		return o.print(cmd.OutOrStdout(), done, func(out io.Writer) { printPlan(out, done) })
	}
	done, err := account.Deploy(ctx, options)
	if err != nil {
		return err
	}
	return o.print(cmd.OutOrStdout(), done, func(out io.Writer) { printDeployed(out, done) })
}

func printPlan(out io.Writer, d release.Deployed) {
	if len(d.Plan.Steps) == 0 {
		fmt.Fprintf(out, "%s %s is there already in account %s: there is nothing to do.\n", release.Plugin, d.Version, d.Account)
		return
	}
	fmt.Fprintf(out, "To deploy %s %s (sha256 %.12s…) into account %s:\n", release.Plugin, d.Version, d.Digest, d.Account)
	for i, s := range d.Plan.Steps {
		fmt.Fprintf(out, "%3d. %s\n     %s https://%s%s\n", i+1, s.What, s.Method, s.Host, s.Path)
	}
	fmt.Fprintln(out, "Nothing was changed.")
}

func printDeployed(out io.Writer, d release.Deployed) {
	name := release.Plugin + " " + d.Version
	switch {
	case d.Published == nil && d.Changed:
		fmt.Fprintf(out, "%s is in account %s and not released: run it again without --no-release to release it.\n", name, d.Account)
	case d.Published == nil || !d.Changed:
		fmt.Fprintf(out, "%s is there already in account %s: there was nothing to do.\n", name, d.Account)
	case d.Published.Superseded != "":
		fmt.Fprintf(out, "%s was released in account %s, and right afterwards somebody else has released %s, which stays.\n", name, d.Account, d.Published.Superseded)
	default:
		fmt.Fprintf(out, "%s is released in account %s%s: agents get it when they load Flex again.\n", name, d.Account, before(d.Published))
	}
	fmt.Fprintf(out, "%s\n", d.URL)
}

// before says what was released before, and what stays.
func before(p *release.Published) string {
	text := ""
	if p.From != "" && p.To != "" && p.From != p.To {
		text = ", in the place of " + p.From
	}
	switch n := len(p.Others); n {
	case 0:
	case 1:
		text += ", beside 1 other plugin"
	default:
		text += fmt.Sprintf(", beside %d other plugins", n)
	}
	return text
}

// treeIn is the tree in a folder: its version, and what was built of it.
func treeIn(dir string) release.Tree {
	return release.Tree{Version: bundle.Version, Digest: release.DigestOf(filepath.Join(dir, "dist", "bundle.js"))}
}
