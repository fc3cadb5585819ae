package twilio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Twilsock message is one binary web socket message:
//
//	TWILSOCK V3.0 <length of the header>\r\n<header, JSON>\r\n<payload, as long as the header says>
const twilsockStart = "TWILSOCK V3.0 "

var errNotTwilsock = errors.New("twilio: not a Twilsock message")

// twilsockHeader is what of an incoming header matters here.
type twilsockHeader struct {
	Method      string `json:"method"`
	ID          string `json:"id"`
	PayloadSize int    `json:"payload_size"`
	HTTPRequest *struct {
		Host   string `json:"host"`
		Path   string `json:"path"`
		Method string `json:"method"`
	} `json:"http_request"`
}

// parseTwilsock errors where the message is not one or is shorter than it says.
func parseTwilsock(message []byte) (twilsockHeader, []byte, error) {
	line, rest, found := bytes.Cut(message, []byte("\r\n"))
	length, isTwilsock := strings.CutPrefix(string(line), twilsockStart)
	if !found || !isTwilsock {
		return twilsockHeader{}, nil, errNotTwilsock
	}
	size, err := strconv.Atoi(length)
	if err != nil || size < 0 || size > len(rest) {
		return twilsockHeader{}, nil, fmt.Errorf("%w: a header of %q bytes in %d", errNotTwilsock, length, len(rest))
	}
	var header twilsockHeader
	if err := json.Unmarshal(rest[:size], &header); err != nil {
		return twilsockHeader{}, nil, fmt.Errorf("%w: %w", errNotTwilsock, err)
	}
	payload, found := bytes.CutPrefix(rest[size:], []byte("\r\n"))
	if header.PayloadSize < 0 || header.PayloadSize > len(payload) || (!found && header.PayloadSize > 0) {
		return twilsockHeader{}, nil, fmt.Errorf("%w: a payload of %d bytes in %d", errNotTwilsock, header.PayloadSize, len(payload))
	}
	return header, payload[:header.PayloadSize], nil
}

// writeTwilsock fills in the header's fields about the payload; a nil payload is none.
func writeTwilsock(header map[string]any, payload any) []byte {
	var body []byte
	if payload != nil {
		body = mustJSON(payload)
		header["payload_type"] = "application/json"
	}
	header["payload_size"] = len(body)
	head := mustJSON(header)
	message := append([]byte(twilsockStart), strconv.Itoa(len(head))...)
	message = append(message, "\r\n"...)
	message = append(message, head...)
	message = append(message, "\r\n"...)
	return append(message, body...)
}
