package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"flexcaselog/internal/bundle"
	"flexcaselog/internal/release"

	"github.com/spf13/cobra"
)

// outside is what the commands that work in an account need of the world. Tests
// put another one there.
type outside struct {
	getenv func(string) string
	home   func() (string, error)
	// twilio and salesforce carry the requests; nil for the network.
	twilio, salesforce http.RoundTripper
	build              func(context.Context, bundle.Options) (bundle.Result, error)
	smoke              func(context.Context, string) error
}

func reality() outside {
	return outside{getenv: os.Getenv, home: os.UserHomeDir, build: bundle.Build, smoke: release.Smoke}
}

// accountCommands are the commands that work in a Twilio account.
func accountCommands(dir *string, w outside) []*cobra.Command {
	return []*cobra.Command{
		deployCommand(dir, w), rollbackCommand(w), removeCommand(w), statusCommand(dir, w), configureCommand(w), doctorCommand(dir, w),
	}
}

// entry is how an account is entered, and how results are told: the flags that all
// commands of this kind have.
type entry struct {
	outside
	profile string
	json    bool
}

func (e *entry) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&e.profile, "profile", "", "the profile of the Twilio CLI whose account it is; without it, what TWILIO_ACCOUNT_SID and the like say")
	cmd.Flags().BoolVar(&e.json, "json", false, "print the result as JSON")
}

// credentials are those of the profile that is named, or of the environment, or of
// the active profile: as the Twilio CLI does it.
func (e *entry) credentials() (release.Credentials, error) {
	if e.profile == "" && e.getenv("TWILIO_ACCOUNT_SID") != "" {
		return release.FromEnv(e.getenv)
	}
	home, err := e.home()
	if err != nil {
		return release.Credentials{}, err
	}
	if e.profile == "" {
		// Without either, it is the environment that most have forgotten to set.
		if _, err := os.Stat(filepath.Join(home, ".twilio-cli", "config.json")); err != nil {
			return release.FromEnv(e.getenv)
		}
	}
	return release.FromProfile(home, e.profile, e.getenv)
}

// account opens the account. Steps are told to say.
func (e *entry) account(say func(string)) (*release.Account, error) {
	c, err := e.credentials()
	if err != nil {
		return nil, err
	}
	say("Working in " + c.String())
	return release.Open(c, release.Options{Transport: e.twilio, Progress: say, By: e.by()}), nil
}

// by is who is at work.
func (e *entry) by() string {
	for _, name := range []string{"GITHUB_ACTOR", "USER", "USERNAME"} {
		if who := e.getenv(name); who != "" {
			return who
		}
	}
	return ""
}

// print writes a result, as JSON or in words.
func (e *entry) print(out io.Writer, result any, words func(io.Writer)) error {
	if !e.json {
		words(out)
		return nil
	}
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, string(text))
	return err
}
