package caselog

import "strings"

// PopMode is when a Case is shown to the agent.
type PopMode uint8

// The pop modes.
const (
	// PopOnAccept shows the Case once the agent has accepted the task.
	PopOnAccept PopMode = iota
	// PopNever leaves the screen alone.
	PopNever
)

// Policy is what the admin decides. Its zero value logs no channel at all.
type Policy struct {
	Channels []string // the task channels that get a Case
	Pop      PopMode
}

// covers tells whether tasks of this channel get a Case.
func (p Policy) covers(channel string) bool {
	for _, c := range p.Channels {
		if strings.EqualFold(c, channel) {
			return true
		}
	}
	return false
}
