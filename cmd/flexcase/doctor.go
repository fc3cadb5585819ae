package main

import (
	"context"
	"fmt"
	"io"

	"flexcaselog/internal/release"
	"flexcaselog/internal/release/doctor"

	"github.com/spf13/cobra"
)

// doctorOptions are the flags of flexcase doctor.
type doctorOptions struct {
	entry
	org, token string
}

func doctorCommand(dir *string, w outside) *cobra.Command {
	o := &doctorOptions{entry: entry{outside: w}}
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look whether everything is in place, and say what mends what is not",
		Long: "Looks at the Twilio account (credentials, Flex version, plugin, settings, allowed URLs), at this tree (version, bytes) and with --org at " +
			"the Salesforce org (objects, fields, class, permission set, call centre, limits). Every line is ok, wrong, or look: what cannot be seen from " +
			"here. Only reads. Exits with 3 where something is wrong.\n\n" +
			"The org's token is better given in SF_ACCESS_TOKEN than with --token, which other users of this computer can see.",
		Example: "  flexcase doctor\n" +
			"  SF_ACCESS_TOKEN=$(sf org display --target-org my-org --json | jq -r .result.accessToken) \\\n" +
			"    flexcase doctor --org https://acme.my.salesforce.com\n" +
			"  flexcase doctor --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd, *dir) },
	}
	cmd.Flags().StringVar(&o.org, "org", "", "the URL of the Salesforce org")
	cmd.Flags().StringVar(&o.token, "token", "", "an access token for the org; SF_ACCESS_TOKEN where it is not given")
	o.flags(cmd)
	return cmd
}

func (o *doctorOptions) run(cmd *cobra.Command, dir string) error {
	var org *doctor.Org
	lightning := ""
	if o.org != "" {
		token := o.token
		if token == "" {
			token = o.getenv("SF_ACCESS_TOKEN")
		}
		var err error
		if org, err = doctor.OpenOrg(o.org, token, o.salesforce); err != nil {
			return err
		}
		lightning = org.Lightning()
	}
	checks, names := o.twilioSide(cmd.Context(), dir, lightning)
	if org != nil {
		checks = append(checks, doctor.Salesforce(cmd.Context(), org, names)...)
	}
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	if err := o.print(cmd.OutOrStdout(), map[string]any{"sound": doctor.Sound(checks), "checks": checks}, func(out io.Writer) { printChecks(out, checks) }); err != nil {
		return err
	}
	if !doctor.Sound(checks) {
		return &wrongError{"something is wrong: see above what mends it"}
	}
	return nil
}

// twilioSide looks at the account, and returns what the package is called in the
// org by its settings.
func (o *doctorOptions) twilioSide(ctx context.Context, dir, lightning string) ([]doctor.Check, doctor.Names) {
	settings := release.Settings{}
	var checks []doctor.Check
	account, err := o.account(func(string) {})
	if err != nil {
		checks = []doctor.Check{{Side: "twilio", Name: "credentials", State: doctor.Wrong, Found: err.Error(), Mend: "see what the message says"}}
	} else {
		checks = doctor.Twilio(ctx, account, treeIn(dir), lightning)
		if set, err := account.Settings(ctx); err == nil {
			settings = set
		}
	}
	c := settings.Config()
	return checks, doctor.Names{APIVersion: c.APIVersion, ApexClass: c.ApexClass, LogObject: c.LogObject}
}

func printChecks(out io.Writer, checks []doctor.Check) {
	n := map[doctor.State]int{}
	for _, c := range checks {
		n[c.State]++
		fmt.Fprintf(out, "%-6s %-10s %s: %s\n", c.State, c.Side, c.Name, c.Found)
		if c.Mend != "" {
			fmt.Fprintf(out, "%-6s %-10s -> %s\n", "", "", c.Mend)
		}
	}
	fmt.Fprintf(out, "%d ok, %d wrong, %d to look at\n", n[doctor.OK], n[doctor.Wrong], n[doctor.Look])
}
