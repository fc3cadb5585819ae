//go:build e2e

package e2e

import (
	"testing"

	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// contact makes a Contact with a number, and opens it.
func (d *desk) contact(number string) string {
	d.t.Helper()
	id, err := centre.Org.Insert(d.soon(), "Contact", map[string]any{"FirstName": "Ada", "LastName": "Lovelace", "Phone": number})
	require.NoError(d.t, err)
	require.NoError(d.t, d.page.Eval(d.soon(), lightning.Open("Contact", id), nil))
	return id
}

// canClick waits until numbers can be clicked, or can't.
func (d *desk) canClick(can bool) {
	d.t.Helper()
	want := "document.querySelector('" + lightning.AnyNumber + "') === null"
	if can {
		want = "document.querySelector('" + lightning.AnyNumber + "') !== null"
	}
	require.NoError(d.t, d.page.Wait(d.soon(), "numbers that can be clicked, or can't", want))
}

// dialled is the reservation of the call that was made since.
func (d *desk) dialled(since int) (call twilio.Reservation) {
	d.t.Helper()
	d.comes("the call", func() bool {
		offers := centre.Twilio.Offers()
		if len(offers) > since {
			call = offers[since]
		}
		return len(offers) > since
	})
	d.rung = append(d.rung, call)
	return call
}

func TestE2EANumberThatIsClickedIsCalled(t *testing.T) {
	d := configured(t, map[string]any{"click_to_dial": true, "default_country": "GB"})
	contact := d.contact("(020) 7946-0958 ext. 12")
	d.canClick(true)
	since := len(centre.Twilio.Offers())
	require.NoError(t, d.page.Click(d.soon(), lightning.AnyNumber))
	call := d.dialled(since)
	require.NoError(t, d.flex.Wait(d.soon(), "the extension", "document.body.innerText.includes('The extension is 12')"))
	require.Equal(t, "+442079460958", call.Attributes["outbound_to"])
	require.Equal(t, contact, call.Attributes["recordId"])
	require.NoError(t, d.agent.Becomes(d.soon(), call, twilio.Accepted))
	d.canClick(false) // the agent is busy
	d.isPopped(call)
	require.Equal(t, contact, d.caseOf(call).Contact, "the one it was dialled from")
	d.hangUp(call)
	d.complete(call)
	d.hasRows(call, 3)
	require.NoError(t, d.page.Eval(d.soon(), lightning.Open("Contact", contact), nil))
	d.canClick(true)
	require.Len(t, centre.Twilio.Offers(), since+1, "it was called once")
}

func TestE2ENumbersCanNotBeClickedWhenNobodyCanCall(t *testing.T) {
	t.Run("nobody wants it", func(t *testing.T) {
		d := openDesk(t)
		d.ends(d.takes(twilio.Task{}))
		d.contact("+442079460958")
		require.NoError(t, d.page.Wait(d.soon(), "the number", "document.querySelector('.phone')"))
		d.canClick(false)
		require.Zero(t, d.calls("onClickToDial"))
	})
	t.Run("offline, and back", func(t *testing.T) {
		d := configured(t, map[string]any{"click_to_dial": true})
		d.contact("+442079460958")
		d.canClick(true)
		require.NoError(t, centre.Twilio.SetActivity("Offline"))
		t.Cleanup(func() { require.NoError(t, centre.Twilio.SetActivity("Available")) })
		d.canClick(false)
		require.NoError(t, d.flex.Wait(d.soon(), "the reason", "document.body.innerText.includes('while you are offline in Flex')"))
		require.NoError(t, centre.Twilio.SetActivity("Available"))
		d.canClick(true)
	})
	t.Run("without voice", func(t *testing.T) {
		centre.Twilio.VoiceGone()
		t.Cleanup(centre.Twilio.VoiceBack)
		d := configured(t, map[string]any{"click_to_dial": true})
		d.contact("+442079460958")
		require.NoError(t, d.flex.Wait(d.soon(), "the reason", "document.body.innerText.includes('Flex has no telephone')"))
		d.canClick(false)
	})
	t.Run("without a microphone, and with one again", func(t *testing.T) {
		d := configured(t, map[string]any{"click_to_dial": true})
		d.contact("+442079460958")
		d.canClick(true)
		// What Twilio's Voice SDK does when it is unplugged.
		require.NoError(t, d.flex.Eval(d.soon(), `(() => {
			const { audio } = Twilio.Flex.Manager.getInstance().voiceClient;
			audio.availableInputDevices.clear();
			audio.emit('deviceChange', []);
		})()`, nil))
		require.NoError(t, d.flex.Wait(d.soon(), "the reason", "document.body.innerText.includes('Flex has no telephone')"))
		d.canClick(false)
		require.NoError(t, d.flex.Eval(d.soon(), "void navigator.mediaDevices.dispatchEvent(new Event('devicechange'))", nil))
		d.canClick(true)
	})
}

func TestE2ETwoIntegrationsThatDialMakeOneCall(t *testing.T) {
	// Another integration hears the same click, and is as quick as it can be.
	set(t, map[string]any{"click_to_dial": true})
	d := openDeskWith(t, `window.addEventListener('message', ({data}) => {
		if (data?.methodName === 'onClickToDial' && data.response?.number) {
			Twilio.Flex.Actions.invokeAction('StartOutboundCall', {destination: data.response.number});
		}
	});`)
	d.contact("+442079460958")
	d.canClick(true)
	since := len(centre.Twilio.Offers())
	require.NoError(t, d.page.Click(d.soon(), lightning.AnyNumber))
	call := d.dialled(since)
	require.NoError(t, d.flex.Wait(d.soon(), "the sentence", "document.body.innerText.includes('Two integrations dial')"))
	require.NoError(t, d.agent.Becomes(d.soon(), call, twilio.Accepted))
	d.comes("the line for the admin", func() bool { return d.says("caselog:", "another integration dials") })
	d.hangUp(call)
	d.complete(call)
	d.hasRows(call, 3)
	require.Len(t, centre.Twilio.Offers(), since+1)
}
