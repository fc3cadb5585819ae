package twilio

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// receiveTwilsock answers what Sync and Conversations ask for: there is nothing in either. That is enough for Flex to be fully up;
// without any answer each client waits 20 s and Flex goes into its degraded mode.
func (t *Twilio) receiveTwilsock(s *socket, data []byte) {
	header, body, err := parseTwilsock(data)
	if err != nil {
		t.noteUnknown("twilsock: " + err.Error())
		return
	}
	reply := map[string]any{"method": "reply", "id": header.ID, "status": status(http.StatusOK)}
	switch header.Method {
	case "init":
		reply["continuation_token"] = "sandbox"
		reply["continuation_token_status"] = map[string]any{"reissued": true, "reissue_reason": "MISSING", "reissue_message": ""}
		reply["capabilities"] = []string{"client_update"}
		reply["offline_storage"] = map[string]any{}
		reply["init_registrations"] = []any{}
		reply["debug_info"] = map[string]any{}
		s.sendBinary(writeTwilsock(reply, nil))
	case "message":
		code, payload := http.StatusNotFound, any(map[string]any{"code": http.StatusNotFound, "message": "not found"})
		if request := header.HTTPRequest; request != nil {
			path, _, _ := strings.Cut(request.Path, "?")
			code, payload = t.syncAnswer(request.Method, request.Host, path)
			if !strings.HasPrefix(path, "/v1/Telemetry") { // There is one of those for nearly everything Flex does.
				t.log("twilsock: " + request.Method + " " + request.Host + path + " " + strconv.Itoa(code))
			}
		}
		// A transport status of 404 would be an error that Sync does not catch: it belongs into http_status.
		reply["http_status"] = status(code)
		reply["http_headers"] = map[string]any{"content-type": "application/json"}
		s.sendBinary(writeTwilsock(reply, payload))
		confirmSubscriptions(s, body)
	case "close", "update":
		s.sendBinary(writeTwilsock(reply, nil))
	}
}

// syncRoutes are the requests over Twilsock that have an answer. The map <task SID>.CS is where a call's conference would be.
var syncRoutes = []struct {
	path   *regexp.Regexp
	answer func(name string) any
}{
	{regexp.MustCompile(`/v3/Maps/([^/]+)$`), syncMap},
	{regexp.MustCompile(`/Items($|/)`), func(string) any { return map[string]any{"items": []any{}, "meta": map[string]any{}} }},
	{regexp.MustCompile(`/Subscriptions($|/)`), func(string) any {
		return map[string]any{"max_batch_size": 1000, "server_time": timestamp(time.Now()), "estimated_delivery_in_ms": 1000}
	}},
	{regexp.MustCompile(`/Telemetry($|/)`), func(string) any { return map[string]any{} }},
}

func (t *Twilio) syncAnswer(method, host, path string) (int, any) {
	for _, route := range syncRoutes {
		if match := route.path.FindStringSubmatch(path); match != nil {
			return http.StatusOK, route.answer(match[1])
		}
	}
	// There are no Conversations here, and that is no gap: Flex shows a chat's task without its messages, and all its buttons work.
	if !absent.MatchString(path) {
		t.noteUnknown("twilsock " + method + " " + host + anonymous.ReplaceAllString(path, "$1…"))
	}
	return http.StatusNotFound, map[string]any{"code": http.StatusNotFound, "message": "not found"}
}

var absent = regexp.MustCompile(`^/Client/v2/Configuration$`)

// confirmSubscriptions tells Sync that it is subscribed; one that is not told asks again, for ever. A body that asks for no
// subscription is left alone.
func confirmSubscriptions(s *socket, body []byte) {
	var request struct {
		Action        string `json:"action"`
		CorrelationID int64  `json:"correlation_id"`
		Requests      []struct {
			ObjectSID  string `json:"object_sid"`
			ObjectType string `json:"object_type"`
		} `json:"requests"`
	}
	events := map[string]string{"establish": "subscription_established", "cancel": "subscription_canceled"}
	if json.Unmarshal(body, &request) != nil || events[request.Action] == "" {
		return
	}
	for _, object := range request.Requests {
		s.sendBinary(writeTwilsock(map[string]any{
			"method": "notification", "id": newSID("TN"), "message_type": "com.twilio.rtd.cds." + object.ObjectType,
		}, map[string]any{
			"event_type": events[request.Action], "correlation_id": request.CorrelationID, "event_protocol_version": 3,
			"event": map[string]any{
				"object_sid": object.ObjectSID, "object_type": object.ObjectType, "last_event_id": 0, "replay_status": "completed",
			},
		}))
	}
}

func syncMap(name string) any {
	url := "https://cds.us1.twilio.com/v3/Maps/" + name
	now := timestamp(time.Now())
	return map[string]any{
		"sid": "MP" + nonWord.ReplaceAllString(name, ""), "unique_name": name, "account_sid": accountSID, "service_sid": instanceSID,
		"url": url, "links": map[string]any{"items": url + "/Items"}, "revision": "0", "last_event_id": 0, "date_expires": nil,
		"date_created": now, "date_updated": now, "created_by": "system",
	}
}

var nonWord = regexp.MustCompile(`\W`)

func status(code int) map[string]any {
	return map[string]any{"code": code, "status": strings.ToUpper(http.StatusText(code))}
}

// timestamp is how Twilio's REST APIs write a time.
func timestamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }
