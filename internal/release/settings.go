package release

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"flexcaselog/internal/flexbridge"
)

// settingsPath is where the plugin's settings are in ui_attributes.
var settingsPath = []string{"custom_data", "features", "caselog"}

// Settings are the plugin's settings as they are in the account: what is not there
// has its default.
type Settings map[string]json.RawMessage

// ParseSettings reads settings. It errors where the text is no JSON object.
func ParseSettings(text []byte) (Settings, error) {
	var s Settings
	if len(text) == 0 {
		return Settings{}, nil
	}
	if err := json.Unmarshal(text, &s); err != nil || s == nil {
		return nil, errors.New("release: the settings are no JSON object")
	}
	return s, nil
}

// Faults returns what the plugin would complain of, a sentence each.
func (s Settings) Faults() []string {
	layer, err := s.layer()
	if err != nil {
		return []string{err.Error()}
	}
	_, faults := flexbridge.ParseConfig([]map[string]any{layer})
	return faults
}

// layer is the settings as the plugin reads them.
func (s Settings) layer() (map[string]any, error) {
	layer := map[string]any{}
	for key, value := range s {
		var v any
		if err := json.Unmarshal(value, &v); err != nil {
			return nil, fmt.Errorf("the setting %q is no JSON", key)
		}
		layer[key] = v
	}
	return layer, nil
}

// Config returns what the plugin makes of the settings: the others have their
// defaults.
func (s Settings) Config() flexbridge.Config {
	layer, _ := s.layer()
	c, _ := flexbridge.ParseConfig([]map[string]any{layer})
	return c
}

// All returns every setting there is: what is set, and the defaults of the others.
func (s Settings) All() map[string]any { return s.Config().Values() }

// Set takes a setting given as key=value. A value that is no JSON is text, and so
// is one that the setting can have as text only: shells take the quotes away.
func (s Settings) Set(assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok || key == "" {
		return refuse("%q sets nothing: write it as key=value", assignment)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	as := json.RawMessage(tidy(json.RawMessage(value)))
	if !json.Valid(as) || len(Settings{key: as}.Faults()) > 0 && len(Settings{key: text}.Faults()) == 0 {
		as = text
	}
	s[key] = as
	return nil
}

// Diff returns what turns the settings into others, a line for each that goes
// ("- ") and each that comes ("+ ").
func (s Settings) Diff(next Settings) []string {
	keys := map[string]bool{}
	for _, side := range []Settings{s, next} {
		for key := range side {
			keys[key] = true
		}
	}
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		was, is := tidy(s[key]), tidy(next[key])
		if was == is {
			continue
		}
		if was != "" {
			lines = append(lines, fmt.Sprintf("- %s: %s", key, was))
		}
		if is != "" {
			lines = append(lines, fmt.Sprintf("+ %s: %s", key, is))
		}
	}
	return lines
}

// tidy writes a value without its blanks.
func tidy(value json.RawMessage) string {
	var small bytes.Buffer
	if json.Compact(&small, value) != nil {
		return string(value)
	}
	return small.String()
}

// Settings reads the plugin's settings.
func (a *Account) Settings(ctx context.Context) (Settings, error) {
	return a.session(ctx).settings()
}

func (s *session) settings() (Settings, error) {
	c, err := s.config()
	if err != nil {
		return nil, err
	}
	text, err := child(c.UI, settingsPath)
	if err != nil {
		return nil, err
	}
	return ParseSettings(text)
}

// Configure replaces the plugin's settings, where they still are what they were
// when it was decided, and nothing else. It errors where somebody has changed them
// since, and where the plugin would complain of the new ones: a [*Refusal].
func (a *Account) Configure(ctx context.Context, was, next Settings) error {
	if faults := next.Faults(); len(faults) > 0 {
		return refuse("%s", strings.Join(faults, "; "))
	}
	s := a.session(ctx)
	step := post(flexHost, "/v1/Configuration", "set the settings")
	_, err := ensure(s, step, func() (bool, bool, error) {
		have, err := s.settings()
		return true, len(have.Diff(next)) == 0, err
	}, func() (bool, error) {
		c, err := s.config()
		if err != nil {
			return false, err
		}
		text, err := child(c.UI, settingsPath)
		if err != nil {
			return false, err
		}
		have, err := ParseSettings(text)
		if err != nil {
			return false, err
		}
		if len(have.Diff(was)) > 0 {
			return false, refuse("somebody else has changed the settings meanwhile: look again with `flexcase configure get`")
		}
		value, err := json.Marshal(next)
		if err != nil {
			return false, fmt.Errorf("release: %w", err)
		}
		all, err := graft(c.UI, settingsPath, value)
		if err != nil {
			return false, err
		}
		return true, s.setConfig(map[string]any{"ui_attributes": all})
	})
	return err
}
