package twilio

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// keepAlive is how often the event bridge shows that it is there; Flex drops a socket that is silent for longer than 15 s or so.
const keepAlive = 10 * time.Second

// tokenLifetime is how long a login lasts, longer than any test and any working day.
const tokenLifetime = 8 * time.Hour

// bridgeEvent is a message of the event bridge's web socket.
type bridgeEvent struct {
	Type    string          `json:"event_type"`
	Payload json.RawMessage `json:"payload"`
}

// emit sends an event to every tab, after the delay. The payload is written down now: Twilio's events, too, say how things were.
func (t *Twilio) emit(event string, payload any) {
	text := mustJSON(bridgeEvent{Type: event, Payload: mustJSON(payload)})
	t.post.post(func() {
		t.log("event: " + event)
		t.bridge.broadcast(text)
	})
}

// greetBridge says what Flex waits for before it asks for anything.
func (t *Twilio) greetBridge(s *socket) {
	s.sendText(mustJSON(bridgeEvent{Type: "init", Payload: mustJSON(map[string]any{
		"channel_id": workerSID, "account_sid": accountSID, "workspace_sid": workspaceSID, "token_lifetime": tokenLifetime.Milliseconds(),
	})}))
	go s.every(keepAlive, func() { s.sendText([]byte(" ")) })
}

// serveBridge answers a TaskRouter request: Flex sends them all as one POST with the true request inside.
func (t *Twilio) serveBridge(w http.ResponseWriter, r *http.Request) {
	var request bridgeRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, messageLimit)).Decode(&request); err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"message": "not a request: " + err.Error()})
		return
	}
	t.log("bridge: " + request.Method + " " + request.URL)
	payload, err := t.answer(request)
	var unknown *UnknownError
	switch {
	case errors.As(err, &unknown):
		writeJSON(w, http.StatusNotFound, map[string]any{"message": err.Error()})
	case err != nil:
		writeJSON(w, http.StatusBadRequest, map[string]any{"message": err.Error()})
	default:
		writeJSON(w, http.StatusOK, map[string]any{"payload": payload})
	}
}
