package sandbox

import (
	"context"
	"fmt"
	"time"

	"flexcaselog/internal/sandbox/twilio"
)

// Screen is where Flex is seen: a frame in the console, or a page of its own.
type Screen interface {
	Click(ctx context.Context, selector string) error
	ClickNth(ctx context.Context, selector string, n int) error
	Wait(ctx context.Context, what, expression string) error
	Eval(ctx context.Context, expression string, out any) error
}

// Agent works in a Flex desktop with Flex's own buttons, and believes Twilio, not
// the screen, about what came of it.
type Agent struct {
	Screen Screen
	Twilio *twilio.Twilio
}

// Ready waits until Flex has started, logged in, listens for tasks, and has all it needs for calls where the account has voice.
func (a Agent) Ready(ctx context.Context) error {
	if err := a.Screen.Wait(ctx, "Flex's desktop", present(twilio.Desktop)); err != nil {
		return err
	}
	if err := until(ctx, "Flex listens to TaskRouter", func() bool { return a.Twilio.Tabs() > 0 }); err != nil {
		return err
	}
	if !a.Twilio.HasVoice() {
		return nil
	}
	return a.Screen.Wait(ctx, "Flex's microphone", twilio.HasMicrophone)
}

// Accept takes the task that rings.
func (a Agent) Accept(ctx context.Context, res twilio.Reservation) error {
	return a.press(ctx, res, twilio.AcceptButton, twilio.Accepted)
}

// Reject refuses the task that rings.
func (a Agent) Reject(ctx context.Context, res twilio.Reservation) error {
	return a.press(ctx, res, twilio.RejectButton, twilio.Rejected)
}

// Finish ends a task that Flex has no wrap-up for: an email, or one of a channel of the account's own.
func (a Agent) Finish(ctx context.Context, res twilio.Reservation) error {
	return a.pressOf(ctx, res, twilio.EndChatButton, twilio.Completed)
}

// Talking waits until Flex has read that the agent and the customer are in the call.
func (a Agent) Talking(ctx context.Context, res twilio.Reservation) error {
	return a.Screen.Wait(ctx, "both in the call", fmt.Sprintf(
		"window.Twilio.Flex.Manager.getInstance().store.getState().flex.worker.tasks.get(%q)?.conference?.participants.length === 2", res.SID))
}

// Do runs one of Flex's own actions and waits for its end. The payload is JavaScript, in which task is Flex's task of the reservation;
// the zero reservation has none. It errors where the action does.
func (a Agent) Do(ctx context.Context, action string, res twilio.Reservation, payload string) error {
	script := fmt.Sprintf(`(async () => {
		const flex = window.Twilio.Flex;
		const task = flex.Manager.getInstance().store.getState().flex.worker.tasks.get(%q);
		await flex.Actions.invokeAction(%q, %s);
		return '';
	})().catch((e) => String((e && e.message) || e))`, res.SID, action, payload)
	var refused string
	if err := a.Screen.Eval(ctx, script, &refused); err != nil {
		return err
	}
	if refused != "" {
		return fmt.Errorf("sandbox: Flex refuses %s: %s", action, refused)
	}
	return nil
}

// HangUp ends a call, or a chat, from the agent's side.
func (a Agent) HangUp(ctx context.Context, res twilio.Reservation) error {
	button := twilio.EndChatButton
	if res.Channel == "voice" {
		button = twilio.HangUpButton
	}
	return a.pressOf(ctx, res, button, twilio.Wrapping)
}

// Complete ends the wrap-up.
func (a Agent) Complete(ctx context.Context, res twilio.Reservation) error {
	return a.pressOf(ctx, res, twilio.CompleteButton, twilio.Completed)
}

// pressOf presses a button of one task.
func (a Agent) pressOf(ctx context.Context, res twilio.Reservation, button string, then twilio.Status) error {
	return a.insist(ctx, res, then, func(ctx context.Context) error {
		if err := a.Select(ctx, res); err != nil {
			return err
		}
		return a.Screen.Click(ctx, button)
	})
}

// press presses a button that is there whatever is selected.
func (a Agent) press(ctx context.Context, res twilio.Reservation, button string, then twilio.Status) error {
	return a.insist(ctx, res, then, func(ctx context.Context) error { return a.Screen.Click(ctx, button) })
}

// insist presses until Twilio has the reservation in a state. A Flex that has just started may drop a selection again, and one that
// just then replaces a button loses the click on it.
func (a Agent) insist(ctx context.Context, res twilio.Reservation, then twilio.Status, press func(context.Context) error) error {
	for {
		if now, ok := a.Twilio.Reservation(res.SID); ok && now.Status == then {
			return nil
		}
		short, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := press(short)
		if err == nil {
			err = a.Becomes(short, res, then)
		}
		cancel()
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
}

// Becomes waits until Twilio has the reservation in a state.
func (a Agent) Becomes(ctx context.Context, res twilio.Reservation, want twilio.Status) error {
	return until(ctx, fmt.Sprintf("reservation %s is %s", res.SID, want), func() bool {
		now, ok := a.Twilio.Reservation(res.SID)
		return ok && now.Status == want
	})
}

// Select clicks through the list of tasks until the one is selected. Its items
// do not say which task they are; only Flex's own state does.
func (a Agent) Select(ctx context.Context, res twilio.Reservation) error {
	const selected = twilio.State + "?.view?.selectedTaskSid"
	for item := 0; ; item++ {
		var sid string
		if err := a.Screen.Eval(ctx, selected+" ?? ''", &sid); err != nil {
			return err
		}
		if sid == res.SID {
			return nil
		}
		if err := a.Screen.Wait(ctx, "a task in the list", present(twilio.TaskItem)); err != nil {
			return err
		}
		var items int
		if err := a.Screen.Eval(ctx, fmt.Sprintf("document.querySelectorAll(%q).length", twilio.TaskItem), &items); err != nil {
			return err
		}
		// Flex may put the list into another order meanwhile, so nothing here is
		// waited for longer than it takes to look again.
		short, cancel := context.WithTimeout(ctx, 2*time.Second)
		if a.Screen.ClickNth(short, twilio.TaskItem, item%max(items, 1)) == nil {
			_ = a.Screen.Wait(short, "another selection", fmt.Sprintf("(%s ?? '') !== %q", selected, sid))
		}
		cancel()
		if ctx.Err() != nil {
			return fmt.Errorf("sandbox: selecting %s: %w", res.SID, context.Cause(ctx))
		}
	}
}

func present(selector string) string { return fmt.Sprintf("document.querySelector(%q)", selector) }

// until looks again and again until something is so. It errors when ctx ends.
func until(ctx context.Context, what string, so func() bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("sandbox: waiting until %s: %w", what, context.Cause(ctx))
		case <-tick.C:
		}
	}
	return nil
}
