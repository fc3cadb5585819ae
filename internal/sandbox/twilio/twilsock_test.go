package twilio

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

func TestParseTwilsock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		message string
		method  string
		payload string
		reason  string
	}{
		"a message without a payload":      {"TWILSOCK V3.0 17\r\n{\"method\":\"init\"}\r\n", "init", "", ""},
		"one without even the last line":   {"TWILSOCK V3.0 17\r\n{\"method\":\"init\"}", "init", "", ""},
		"a header that is cut short":       {"TWILSOCK V3.0 12\r\n{\"method\":\"message\",\"payload_size\":2}\r\nhi", "", "", "unexpected end of JSON input"},
		"a payload as long as it says":     {"TWILSOCK V3.0 37\r\n{\"method\":\"message\",\"payload_size\":2}\r\nhi", "message", "hi", ""},
		"a payload shorter than it says":   {"TWILSOCK V3.0 37\r\n{\"method\":\"message\",\"payload_size\":3}\r\nhi", "", "", "a payload of 3 bytes in 2"},
		"a payload of less than nothing":   {"TWILSOCK V3.0 38\r\n{\"method\":\"message\",\"payload_size\":-2}\r\nhi", "", "", "a payload of -2"},
		"a header that is longer than all": {"TWILSOCK V3.0 99\r\n{}", "", "", `a header of "99" bytes in 2`},
		"a header of less than nothing":    {"TWILSOCK V3.0 -1\r\n{}", "", "", "a header of"},
		"a header whose length is a word":  {"TWILSOCK V3.0 two\r\n{}", "", "", "a header of"},
		"a header that is not JSON":        {"TWILSOCK V3.0 2\r\n{]", "", "", "invalid character"},
		"another version":                  {"TWILSOCK V2.0 2\r\n{}", "", "", "not a Twilsock message"},
		"nothing":                          {"", "", "", "not a Twilsock message"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header, payload, err := parseTwilsock([]byte(test.message))
			if test.reason != "" {
				require.ErrorIs(t, err, errNotTwilsock)
				require.ErrorContains(t, err, test.reason)
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.method, header.Method)
			require.Equal(t, test.payload, string(payload))
		})
	}
}

// Whatever comes in, parsing does not panic, and what is read can be written and read again.
func FuzzParseTwilsock(f *testing.F) {
	f.Add([]byte("TWILSOCK V3.0 17\r\n{\"method\":\"init\"}\r\n"))
	f.Add([]byte("TWILSOCK V3.0 37\r\n{\"method\":\"message\",\"payload_size\":2}\r\nhi"))
	f.Add([]byte("TWILSOCK V3.0 99999999999999999999\r\n{}"))
	f.Add(writeTwilsock(map[string]any{"method": "reply", "id": "é\r\n"}, map[string]any{"a": []int{1}}))
	f.Fuzz(func(t *testing.T, message []byte) {
		header, payload, err := parseTwilsock(message)
		if err != nil {
			require.ErrorIs(t, err, errNotTwilsock)
			return
		}
		again, payloadAgain, err := parseTwilsock(writeTwilsock(map[string]any{"method": header.Method, "id": header.ID}, string(payload)))
		require.NoError(t, err)
		require.Equal(t, header.Method, again.Method)
		require.Equal(t, header.ID, again.ID)
		require.JSONEq(t, string(mustJSON(string(payload))), string(payloadAgain))
	})
}

func TestWhatFlexAsksOverTwilsock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, host, path string
		code               float64
		field              string
		value              any
		unknown            []string
	}{
		"a call's conference": {"GET", "cds.us1.twilio.com", "/v3/Maps/WTabc.CS?x=y", 200, "unique_name", "WTabc.CS", nil},
		"who is in it":        {"GET", "cds.us1.twilio.com", "/v3/Maps/WTabc.CS/Items", 200, "items", []any{}, nil},
		"a subscription":      {"POST", "cds.us1.twilio.com", "/v4/Subscriptions", 200, "max_batch_size", 1000.0, nil},
		"telemetry":           {"POST", "flex-sdk.twilio.com", "/v1/Telemetry/Events", 200, "", nil, nil},
		"conversations":       {"GET", "aim.us1.twilio.com", "/Client/v2/Configuration", 404, "code", 404.0, nil},
		"what nobody knows":   {"GET", "x.twilio.com", "/v1/Things", 404, "code", 404.0, []string{"twilsock GET x.twilio.com/v1/Things"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFlex(t, Config{})
			socket := f.dial("tsock.us1.twilio.com", "/v3/wsconnect")
			socket.write(websocket.MessageBinary, writeTwilsock(map[string]any{
				"method": "message", "id": "TM1", "http_request": map[string]any{"method": test.method, "host": test.host, "path": test.path},
			}, nil))
			header, payload := socket.twilsock()
			require.Equal(t, "reply", header["method"])
			require.Equal(t, "TM1", header["id"])
			require.EqualValues(t, 200, header["status"].(map[string]any)["code"], "Sync does not catch anything else")
			require.Equal(t, test.code, header["http_status"].(map[string]any)["code"])
			require.Equal(t, test.value, payload[test.field])
			require.Equal(t, test.unknown, f.Unknown())
		})
	}
}

func TestTwilsockIsGreeted(t *testing.T) {
	t.Parallel()
	f := newFlex(t, Config{})
	socket := f.dial("tsock.us1.twilio.com", "/v3/wsconnect")
	for _, method := range []string{"init", "update", "close"} {
		socket.write(websocket.MessageBinary, writeTwilsock(map[string]any{"method": method, "id": method}, nil))
		header, _ := socket.twilsock()
		require.Equal(t, method, header["id"])
	}
	socket.write(websocket.MessageBinary, []byte("nonsense"))
	require.Eventually(t, func() bool { return len(f.Unknown()) == 1 }, waitLimit, waitStep)
	f.DropSockets()
	socket.isDropped()
}

func TestASubscriptionIsConfirmed(t *testing.T) {
	t.Parallel()
	for action, event := range map[string]string{"establish": "subscription_established", "cancel": "subscription_canceled"} {
		socket := newFlex(t, Config{}).dial("tsock.us1.twilio.com", "/v3/wsconnect")
		socket.write(websocket.MessageBinary, writeTwilsock(map[string]any{
			"method": "message", "id": "TM1",
			"http_request": map[string]any{"method": "POST", "host": "cds.us1.twilio.com", "path": "/v4/Subscriptions"},
		}, map[string]any{
			"action": action, "correlation_id": 7, "requests": []any{map[string]any{"object_sid": "MP1", "object_type": "map"}},
		}))
		header, _ := socket.twilsock()
		require.Equal(t, "reply", header["method"])
		header, payload := socket.twilsock()
		require.Equal(t, "notification", header["method"])
		require.Equal(t, "com.twilio.rtd.cds.map", header["message_type"])
		require.Equal(t, event, payload["event_type"])
		require.EqualValues(t, 7, payload["correlation_id"])
		require.Equal(t, "MP1", payload["event"].(map[string]any)["object_sid"])
	}
}

// twilsock reads the next message, of which it wants to know more than the stand-in does.
func (l line) twilsock() (header, payload map[string]any) {
	l.t.Helper()
	message := l.read()
	_, body, err := parseTwilsock(message)
	require.NoError(l.t, err)
	head := message[len(twilsockStart):]
	for head[0] != '{' {
		head = head[1:]
	}
	require.NoError(l.t, json.NewDecoder(bytes.NewReader(head)).Decode(&header))
	if len(body) > 0 {
		require.NoError(l.t, json.Unmarshal(body, &payload))
	}
	return header, payload
}
