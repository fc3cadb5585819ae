package release

import (
	"fmt"
	"regexp"
	"time"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// released is one release.
type released struct {
	sid, configuration string
	at                 time.Time
}

// releases returns the newest releases, the active one first. Twilio's command
// line takes the first of the list for the active one too.
func (s *session) releases(n int) ([]released, error) {
	list, err := s.flex.ListPluginRelease(&flex.ListPluginReleaseParams{Limit: &n})
	if err != nil {
		return nil, clean(err)
	}
	var all []released
	for _, r := range list {
		all = append(all, released{is(r.Sid), is(r.ConfigurationSid), is(r.DateCreated)})
	}
	return all, nil
}

// since returns the releases that came after one, the newest first.
func (s *session) since(sid string) ([]released, error) {
	all, err := s.releases(recently)
	if err != nil {
		return nil, err
	}
	for i, r := range all {
		if r.sid == sid {
			return all[:i], nil
		}
	}
	return all, nil
}

// entries returns the plugins of the first of some releases; none of none.
func (s *session) entries(releases []released) ([]Entry, error) {
	if len(releases) == 0 {
		return nil, nil
	}
	return s.configured(releases[0].configuration)
}

// nothing stands for no version in a note.
const nothing = "none"

// note is the description of a configuration: what was done and by whom. Twilio
// keeps no record of that.
func (s *session) note(verb, from, to string) string {
	return clip(fmt.Sprintf("flexcase %s: %s %s -> %s, by %s", verb, Plugin, either(from, nothing), either(to, nothing), either(s.options.By, "unknown")), maxDescription)
}

var noted = regexp.MustCompile(`^flexcase (deploy|rollback|remove): ` + Plugin + ` (\S+) -> (\S+), by (.+)$`)

// readNote returns what a note says, and false where it is none.
func readNote(text string) (verb, by string, ok bool) {
	m := noted.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return m[1], m[4], true
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
