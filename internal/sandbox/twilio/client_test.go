package twilio

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// flex plays the Flex UI: it asks a Twilio over the network.
type flex struct {
	*Twilio
	t      *testing.T
	server *httptest.Server
}

func newFlex(t *testing.T, config Config) flex {
	t.Helper()
	if config.Delay == 0 {
		config.Delay = -1
	}
	stand := New(config)
	server := httptest.NewServer(stand)
	t.Cleanup(server.Close)
	t.Cleanup(stand.Close) // Before the server, which waits for its connections.
	return flex{Twilio: stand, t: t, server: server}
}

const (
	waitLimit = 10 * time.Second
	waitStep  = 5 * time.Millisecond
)

// ask sends a request to one of Twilio's hosts and returns the answer.
func (f flex) ask(method, host, path string, body any) (*http.Response, []byte) {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), method, f.server.URL+path, bytes.NewReader(mustJSON(body)))
	require.NoError(f.t, err)
	request.Host = host
	request.Header.Set("Origin", "https://flex.twilio.com")
	response, err := http.DefaultClient.Do(request)
	require.NoError(f.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(f.t, err)
	return response, text
}

// askJSON is ask for an answer that is an object.
func (f flex) askJSON(method, host, path string, body any) map[string]any {
	f.t.Helper()
	response, text := f.ask(method, host, path, body)
	require.Equal(f.t, http.StatusOK, response.StatusCode, string(text))
	var answer map[string]any
	require.NoError(f.t, json.Unmarshal(text, &answer))
	return answer
}

// bridge sends a TaskRouter request as Flex does.
func (f flex) request(method, url string, params map[string]any) (status int, payload any) {
	f.t.Helper()
	response, text := f.ask(http.MethodPost, "event-bridge.twilio.com", "/v1/wschannels", map[string]any{
		"url": url, "method": method, "params": params, "token": "t",
	})
	var answer struct {
		Payload any `json:"payload"`
	}
	require.NoError(f.t, json.Unmarshal(text, &answer))
	return response.StatusCode, answer.Payload
}

// line is an open web socket.
type line struct {
	t    *testing.T
	conn *websocket.Conn
}

func (f flex) dial(host, path string) line {
	f.t.Helper()
	conn, _, err := websocket.Dial(f.t.Context(), strings.Replace(f.server.URL, "http", "ws", 1)+path, &websocket.DialOptions{Host: host})
	require.NoError(f.t, err)
	f.t.Cleanup(func() { _ = conn.CloseNow() })
	return line{t: f.t, conn: conn}
}

func (l line) read() []byte {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 10*time.Second)
	defer cancel()
	_, data, err := l.conn.Read(ctx)
	require.NoError(l.t, err)
	return data
}

func (l line) write(kind websocket.MessageType, data []byte) {
	l.t.Helper()
	require.NoError(l.t, l.conn.Write(l.t.Context(), kind, data))
}

func (l line) isDropped() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 10*time.Second)
	defer cancel()
	for {
		if _, _, err := l.conn.Read(ctx); err != nil {
			require.NoError(l.t, ctx.Err(), "the socket is still open")
			return
		}
	}
}

// event reads TaskRouter's next event.
func (l line) event() (kind string, payload map[string]any) {
	l.t.Helper()
	var event struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"payload"`
	}
	require.NoError(l.t, json.Unmarshal(l.read(), &event))
	return event.Type, event.Payload
}

// tab opens a TaskRouter socket that has been greeted.
func (f flex) tab() line {
	f.t.Helper()
	tab := f.dial("event-bridge.twilio.com", "/v1/wschannels")
	kind, payload := tab.event()
	require.Equal(f.t, "init", kind)
	require.Equal(f.t, workerSID, payload["channel_id"])
	return tab
}
