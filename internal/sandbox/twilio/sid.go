package twilio

import (
	"crypto/rand"
	"encoding/hex"
)

// The one account and its one worker. internal/sandbox/flexhost's page logs in with the same SIDs; a test compares them.
const (
	accountSID   = "AC00000000000000000000000000000001"
	flexUserSID  = "FU00000000000000000000000000000001"
	workspaceSID = "WS00000000000000000000000000000001"
	workerSID    = "WK00000000000000000000000000000001"
	workflowSID  = "WW00000000000000000000000000000001"
	queueSID     = "WQ00000000000000000000000000000001"
	instanceSID  = "IS00000000000000000000000000000001"
	identity     = "agent1"
)

// newSID returns an identifier that looks like Twilio's and is never given out twice.
func newSID(prefix string) string {
	var random [16]byte
	// crypto/rand.Read never fails: it ends the program where the system has no randomness.
	_, _ = rand.Read(random[:])
	return prefix + hex.EncodeToString(random[:])
}
