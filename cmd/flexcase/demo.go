package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/browser"
	"flexcaselog/internal/sandbox/twilio"
)

// demo is one call that plays by itself, and what it tells and shows.
type demo struct {
	out      io.Writer
	centre   *sandbox.Sandbox
	page     *browser.Page
	flex     *browser.Frame
	agent    sandbox.Agent
	pictures string

	rang  time.Time
	saved []string
}

// stepLimit is when a step of the call counts as not happening.
const stepLimit = time.Minute

func (d *demo) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	return d.agent.Ready(ctx)
}

// play rings, takes, wraps up and completes a call, and judges what came of it.
func (d *demo) play(ctx context.Context, talk, wrapup time.Duration) error {
	if err := os.MkdirAll(d.pictures, 0o755); err != nil {
		return err
	}
	d.rang = time.Now()
	call := d.centre.Twilio.Ring(sandbox.Caller)
	story := sandbox.StoryOf(call)
	story.Statuses, story.Pops = nil, 0
	for _, step := range []struct {
		name     string
		do       func(context.Context) error
		statuses []string
		shown    string // Flex's button that the picture waits for
		picture  string
		stay     time.Duration
	}{
		{
			name: "a call rings", shown: twilio.AcceptButton, picture: "1-ringing", stay: time.Second,
			do: func(ctx context.Context) error { return d.agent.Select(ctx, call) },
		},
		{
			name: "agent accepts", shown: twilio.HangUpButton, picture: "2-on-the-call", stay: talk, statuses: sandbox.WholeCall[:1],
			do: func(ctx context.Context) error { return d.agent.Accept(ctx, call) },
		},
		{
			name: "customer hangs up", shown: twilio.CompleteButton, picture: "3-wrap-up", stay: wrapup, statuses: sandbox.WholeCall[:2],
			do: func(context.Context) error { return d.centre.Twilio.CustomerHangsUp(call.SID) },
		},
		{
			name: "agent completes", picture: "4-completed", statuses: sandbox.WholeCall,
			do: func(ctx context.Context) error { return d.agent.Complete(ctx, call) },
		},
	} {
		if err := d.step(ctx, step.name, step.do); err != nil {
			return err
		}
		story.Statuses, story.Pops = step.statuses, min(1, len(step.statuses))
		if err := d.told(ctx, story); err != nil {
			return err
		}
		if err := d.pause(ctx, step.stay); err != nil {
			return err
		}
		if err := d.picture(ctx, step.picture, step.shown, story); err != nil {
			return err
		}
	}
	return d.print(ctx, story)
}

func (d *demo) step(ctx context.Context, name string, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	// Before it is done: doing it takes Flex a moment.
	fmt.Fprintf(d.out, "%s  %-18s ", clock(time.Since(d.rang)), name)
	if err := do(ctx); err != nil {
		fmt.Fprintln(d.out)
		return err
	}
	return nil
}

// told waits until Salesforce knows what has happened, and ends the line with it.
func (d *demo) told(ctx context.Context, story sandbox.Story) error {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	if len(story.Statuses) == 0 {
		fmt.Fprintln(d.out, "Flex offers it to the agent")
		return nil
	}
	if err := d.centre.Await(ctx, story); err != nil {
		fmt.Fprintln(d.out)
		return fmt.Errorf("the org is not what the contract promises: %w", err)
	}
	if len(story.Statuses) > 1 {
		fmt.Fprintf(d.out, "row %q saved\n", story.Statuses[len(story.Statuses)-1])
		return nil
	}
	made, err := d.caseOf(ctx, story)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "Case %s created, popped\n", made.Number)
	return nil
}

func (d *demo) pause(ctx context.Context, stay time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(stay):
		return nil
	}
}

// picture saves what the console shows once it shows the state.
func (d *demo) picture(ctx context.Context, name, button string, story sandbox.Story) error {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	if button != "" {
		if err := d.flex.Wait(ctx, "its button", fmt.Sprintf("document.querySelector(%q)", button)); err != nil {
			return err
		}
	}
	if n := len(story.Statuses); n > 0 {
		row := fmt.Sprintf("document.querySelector('[data-status=%q]')", story.Statuses[n-1])
		if err := d.page.Wait(ctx, "the row in the Case", row); err != nil {
			return err
		}
	}
	png, err := d.page.Screenshot(ctx)
	if err != nil {
		return err
	}
	path := filepath.Join(d.pictures, name+".png")
	if err := os.WriteFile(path, png, 0o644); err != nil {
		return err
	}
	d.saved = append(d.saved, path)
	return nil
}

func (d *demo) caseOf(ctx context.Context, story sandbox.Story) (sandbox.Case, error) {
	cases, err := d.centre.Cases(ctx)
	if err != nil {
		return sandbox.Case{}, err
	}
	for _, c := range cases {
		if c.Engagement == story.Engagement {
			return c, nil
		}
	}
	return sandbox.Case{}, fmt.Errorf("the org has no Case of %s", story.Engagement)
}
