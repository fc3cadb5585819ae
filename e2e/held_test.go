//go:build e2e

package e2e

import (
	"slices"
	"strings"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// In these tests Salesforce does not answer while the agent works. The clicks and
// Flex's own changes of state go through all the same: none of them waits for it.

func TestE2EWrapUpBeforeRunApexAnswers(t *testing.T) {
	d := openDesk(t)
	release := d.hold("runApex")
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.asks("runApex")
	d.hangUp(call)
	d.hears(call, "taskWrapup")
	require.Zero(t, d.calls("saveLog"), "a row without its Case")

	release()
	d.comes("the pop", func() bool { return d.calls("screenPop") == 1 })
	d.complete(call)
	d.keeps(sandbox.StoryOf(call))
}

func TestE2ECompleteBeforeRunApexAnswers(t *testing.T) {
	d := openDesk(t)
	release := d.hold("runApex")
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.asks("runApex")
	d.hangUp(call)
	d.complete(call)
	d.hears(call, "taskCompleted")
	require.Zero(t, d.calls("saveLog"), "a row without its Case")

	release()
	st := sandbox.StoryOf(call)
	st.Pops = sandbox.AtMostOnce
	d.keeps(st)
}

func TestE2ECompleteBeforeTheFirstSaveLogAnswers(t *testing.T) {
	d := openDesk(t)
	release := d.hold("saveLog")
	call := d.ring(twilio.Task{})
	d.accept(call)
	d.asks("saveLog")
	d.hangUp(call)
	d.hears(call, "taskWrapup")
	d.complete(call)
	d.hears(call, "taskCompleted")
	require.Equal(t, 1, d.calls("saveLog"), "a second row before the first has its outcome")

	release()
	d.keeps(sandbox.StoryOf(call))
}

func TestE2EACallThatSalesforceNeverAnswersDoesNotHoldUpTheNext(t *testing.T) {
	d := openDesk(t)
	centre.Console.Mute("runApex")
	t.Cleanup(func() { centre.Console.Unmute("runApex") })
	first := d.ring(twilio.Task{})
	d.accept(first)
	d.asks("runApex")
	centre.Console.Unmute("runApex")
	d.hangUp(first)
	d.complete(first)

	second := d.takes(twilio.Task{})
	d.hangUp(second)
	d.complete(second)
	d.keeps(sandbox.StoryOf(second))
	// The first is asked for again once its time is up.
	late := sandbox.StoryOf(first)
	late.Pops = sandbox.AtMostOnce
	d.keeps(late)
}

// hold makes calls of a method wait in the org until release, or the test ends.
func (d *desk) hold(method string) (release func()) {
	d.t.Helper()
	release = centre.Console.Hold(method)
	d.t.Cleanup(release)
	return release
}

// hears waits until the loader has heard of an event of a reservation, which the program hears next.
func (d *desk) hears(res twilio.Reservation, event string) {
	d.t.Helper()
	d.comes(event, func() bool {
		return slices.ContainsFunc(d.events(res), func(line string) bool { return strings.HasPrefix(line, event+" ") })
	})
}

// asks waits until a call of a method has come.
func (d *desk) asks(method string) {
	d.t.Helper()
	d.comes("a call of "+method, func() bool { return d.calls(method) > 0 })
}
