package twilio

import (
	"fmt"
	"time"
)

// SetActivity puts the worker into the activity of that name, as a supervisor does: Available, Break or Offline. It errors where the
// account has no such activity.
func (t *Twilio) SetActivity(name string) error {
	for _, activity := range activities(time.Now()) {
		if activity.FriendlyName == name {
			t.router.setActivity(activity.SID)
			return nil
		}
	}
	return fmt.Errorf("twilio: there is no activity %q", name)
}

// VoiceGone takes the worker's voice away, as an access token that is refused does. A Flex that starts then is without voice for good:
// StartOutboundCall does nothing, and says so to nobody but the agent. One that runs already is left unregistered.
func (t *Twilio) VoiceGone() { t.voice.refuse(true) }

// VoiceBack is the end of VoiceGone.
func (t *Twilio) VoiceBack() { t.voice.refuse(false) }

// HasVoice tells whether a Flex that starts now has voice.
func (t *Twilio) HasVoice() bool { return !t.voice.refuses() }

// accessTokenInvalid is the gateway's refusal of a token.
const accessTokenInvalid = 31204

func (v *voice) refuse(on bool) {
	v.mu.Lock()
	v.refusing = on
	v.mu.Unlock()
	if !on {
		return
	}
	v.endAll()
	for _, s := range v.sockets.all() {
		sayRefused(s)
	}
}

func (v *voice) refuses() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refusing
}

func sayRefused(s *socket) {
	say(s, "error", map[string]any{"error": map[string]any{"code": accessTokenInvalid, "message": "Access Token invalid"}})
}
