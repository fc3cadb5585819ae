//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"
)

func TestE2EAPanicDuringACallLeavesFlexToTheAgentAndLosesNothing(t *testing.T) {
	good := centre.Plugin()
	bad := good
	bad.BundlePath = faulty
	centre.Twilio.SetPlugins(bad)
	t.Cleanup(func() { centre.Twilio.SetPlugins(good) })

	d := openDesk(t)
	call := d.ring(twilio.Task{})
	d.accept(call)
	// Not before the first row is there: it must survive what comes.
	accepted := sandbox.StoryOf(call)
	accepted.Statuses = sandbox.WholeCall[:1]
	d.keeps(accepted)

	d.panics()
	d.hangUp(call)
	d.complete(call)
	next := d.takes(twilio.Task{})
	d.customerHangsUp(next)
	d.complete(next)
	d.keeps(sandbox.StoryOf(call))
	d.keeps(sandbox.StoryOf(next))
}

// panics has the Go program die.
func (d *desk) panics() {
	d.t.Helper()
	ctx := d.soon()
	if err := d.flex.Wait(ctx, "a program that can be told to die", "flexCaselog.report().state.faults"); err != nil {
		d.t.Fatal(err)
	}
	if err := d.flex.Eval(ctx, "void new BroadcastChannel('caselogFaults').postMessage('die')", nil); err != nil {
		d.t.Fatal(err)
	}
	d.comes("the loader's word that the program has ended", func() bool { return d.says("caselog:", "its program") })
}
