package release

import (
	"encoding/json"
	"fmt"
	"slices"
)

const configURL = "https://flex-api.twilio.com/v1/Configuration"

// flexConfig is what is read of the Flex Configuration. The SDK would make
// floating point numbers of the settings of others, which must come back as they
// were; so the request is the SDK's and the reading is done here.
// See https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
type flexConfig struct {
	AccountSID    string          `json:"account_sid"`
	UIVersion     string          `json:"ui_version"`
	RuntimeDomain string          `json:"runtime_domain"`
	PluginService *bool           `json:"plugin_service_enabled"`
	Services      []string        `json:"serverless_service_sids"`
	UI            json.RawMessage `json:"ui_attributes"`
	// Integrations are read with care: their form is nowhere written down.
	Integrations []json.RawMessage `json:"integrations"`
}

// integrations returns what those of Flex's own integrations are called that are
// switched on.
func (c flexConfig) integrations() []string {
	var on []string
	for _, text := range c.Integrations {
		var one map[string]any
		if json.Unmarshal(text, &one) != nil || one["active"] != true {
			continue
		}
		name, _ := one["name"].(string)
		kind, _ := one["type"].(string)
		on = append(on, either(name, kind))
	}
	return on
}

func (s *session) config() (flexConfig, error) {
	var c flexConfig
	answer, err := s.requests.Get(configURL, nil, map[string]any{"Content-Type": "application/x-www-form-urlencoded"}, "")
	if err != nil {
		return c, clean(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(&c); err != nil {
		return c, fmt.Errorf("release: the Flex Configuration: %w", err)
	}
	if c.AccountSID != s.credentials.AccountSID {
		return c, refuse("the credentials are those of account %s and not of %s: check TWILIO_ACCOUNT_SID", c.AccountSID, s.credentials.AccountSID)
	}
	return c, nil
}

func (s *session) setConfig(properties map[string]any) error {
	properties["account_sid"] = s.credentials.AccountSID
	body, err := json.Marshal(properties)
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	answer, err := s.requests.Post(configURL, nil, map[string]any{"Content-Type": "application/json"}, "", body...)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// register has Flex know the service, in the place of one that is gone.
func (s *session) register(serviceSID, gone string) error {
	step := post(flexHost, "/v1/Configuration", "register the Serverless service with Flex")
	_, err := ensure(s, step, func() (bool, bool, error) {
		if serviceSID == "" {
			return false, false, nil
		}
		c, err := s.config()
		return true, slices.Contains(c.Services, serviceSID), err
	}, func() (bool, error) {
		c, err := s.config()
		if err != nil {
			return false, err
		}
		sids := slices.DeleteFunc(c.Services, func(sid string) bool { return sid == gone && gone != "" })
		return true, s.setConfig(map[string]any{"serverless_service_sids": append(sids, serviceSID)})
	})
	return err
}
