package twilio

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"
)

// phone plays the Voice SDK of one tab.
type phone struct{ line }

func (f flex) phone() phone {
	f.t.Helper()
	p := phone{f.dial("voice-js.roaming.twilio.com", "/signal")}
	p.say("listen", map[string]any{"token": "t"})
	require.Equal(f.t, identity, p.hear("connected")["token"].(map[string]any)["identity"])
	p.say("register", map[string]any{"media": map[string]any{"audio": true}})
	p.hear("ready")
	return p
}

func (p phone) say(kind string, payload map[string]any) {
	p.t.Helper()
	p.write(websocket.MessageText, mustJSON(signal{Type: kind, Version: signallingVersion, Payload: mustJSON(payload)}))
}

func (p phone) hear(kind string) map[string]any {
	p.t.Helper()
	var heard signal
	for heard.Type == "" { // Heartbeats have none.
		_ = json.Unmarshal(p.read(), &heard)
	}
	require.Equal(p.t, kind, heard.Type)
	var payload map[string]any
	require.NoError(p.t, json.Unmarshal(heard.Payload, &payload))
	return payload
}

// pickUp answers an invitation as a browser does, and returns its end of the connection.
func (p phone) pickUp(invite map[string]any) *webrtc.PeerConnection {
	p.t.Helper()
	connection, _, err := loopbackConnection()
	require.NoError(p.t, err)
	p.t.Cleanup(func() { _ = connection.Close() })
	require.NoError(p.t, connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: invite["sdp"].(string)}))
	answer, err := connection.CreateAnswer(nil)
	require.NoError(p.t, err)
	gathered := webrtc.GatheringCompletePromise(connection)
	require.NoError(p.t, connection.SetLocalDescription(answer))
	<-gathered
	p.say("answer", map[string]any{"callsid": invite["callsid"], "sdp": connection.LocalDescription().SDP})
	return connection
}

// accept is the agent's click in a tab.
func (f flex) accept(sid string) {
	f.t.Helper()
	status, _ := f.request("POST", theWorker+"/Reservations/"+sid, map[string]any{"Instruction": "conference"})
	require.Equal(f.t, 200, status)
}

func (f flex) becomes(sid string, status Status) {
	f.t.Helper()
	require.Eventually(f.t, func() bool {
		reservation, _ := f.Reservation(sid)
		return reservation.Status == status
	}, waitLimit, waitStep, "never %s", status)
}

func TestACallIsAcceptedOnceTheBrowserHasTakenIt(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	here, there := f.phone(), f.phone()
	call := f.Ring(Task{})
	f.accept(call.SID)
	f.accept(call.SID) // A second tab's click is no second call.
	ringing := here.hear("invite")
	require.Equal(t, customerNumber, ringing["parameters"].(map[string]any)["From"])
	require.Equal(t, ringing["callsid"], there.hear("invite")["callsid"])
	reservation, _ := f.Reservation(call.SID)
	require.Equal(t, Pending, reservation.Status)

	connection := here.pickUp(ringing)
	sound := make(chan struct{})
	connection.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		if packet, _, err := track.ReadRTP(); err == nil && len(packet.Payload) > 0 {
			close(sound)
		}
	})
	f.becomes(call.SID, Accepted)
	require.Equal(t, ringing["callsid"], there.hear("cancel")["callsid"])
	select {
	case <-sound:
	case <-time.After(waitLimit):
		require.Fail(t, "there is no silence to be heard")
	}

	here.say("hangup", map[string]any{"callsid": ringing["callsid"]})
	f.becomes(call.SID, Wrapping)
}

func TestTheCustomerEndsACall(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answered bool
		end      func(f flex, sid string) error
		hears    string
	}{
		"by hanging up": {true, func(f flex, sid string) error { return f.CustomerHangsUp(sid) }, "hangup"},
		"by giving up while the browser is asked": {false, func(f flex, sid string) error { return f.CustomerCancels(sid) }, "cancel"},
		"or a supervisor completes it":            {true, func(f flex, sid string) error { return f.Complete(sid) }, "hangup"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{})
			tab := f.phone()
			call := f.Ring(Task{})
			f.accept(call.SID)
			invite := tab.hear("invite")
			if test.answered {
				tab.pickUp(invite)
				f.becomes(call.SID, Accepted)
			}
			require.NoError(t, test.end(f, call.SID))
			require.Equal(t, invite["callsid"], tab.hear(test.hears)["callsid"])
			after, _ := f.Reservation(call.SID)
			// What the browser says too late changes nothing.
			tab.say("answer", map[string]any{"callsid": invite["callsid"], "sdp": "v=0"})
			tab.hear("cancel")
			tab.say("hangup", map[string]any{"callsid": invite["callsid"]})
			tab.say("reinvite", map[string]any{"callsid": invite["callsid"], "sdp": "v=0"})
			tab.hear("hangup")
			tab.say("register", nil)
			tab.hear("ready")
			now, _ := f.Reservation(call.SID)
			require.Equal(t, after, now)
		})
	}
}

func TestAnAgentIsLetInWithoutAudio(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		task  Task
		phone bool
	}{
		"where no tab listens":                 {Task{}, false},
		"whose browser does not take the call": {Task{}, true},
		"who has a phone on the desk":          {Task{Deskphone: true}, true},
		"for a chat":                           {Task{Channel: "chat"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{})
			f.voice.patience = 50 * time.Millisecond
			if test.phone {
				f.phone()
			}
			call := f.Ring(test.task)
			f.accept(call.SID)
			f.becomes(call.SID, Accepted)
			require.Empty(t, f.voice.calls)
		})
	}
}

func TestALegThatCannotBeMadeIsNoLeg(t *testing.T) {
	t.Parallel()
	leg, offer, err := newLeg(func() {})
	require.NoError(t, err)
	require.Contains(t, offer, "127.0.0.1")
	require.NotContains(t, offer, "0.0.0.0 ", "a candidate that others could reach")
	err = leg.answer("nonsense")
	require.ErrorContains(t, err, "the browser's answer")
	require.NotNil(t, errors.Unwrap(err))
	leg.close()
	leg.close()
}
