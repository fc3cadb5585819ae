package flexbridge

import (
	"fmt"
	"strings"

	"flexcaselog/internal/lean"
)

// Config is what the admin can set.
type Config struct {
	Enabled      bool
	APIVersion   string   // of Open CTI
	Channels     []string // task channels that get a Case
	ScreenPop    string   // accept, select or off
	ClickToDial  bool
	TrustedHosts []string // accepted as Salesforce besides the built-in list
	ApexClass    string
	LogObject    string
	LogLevel     string // debug, info, warn or error

	PopTarget       string // case, contact, search or flow:<API name>
	PopOutbound     bool   // whether there is a screen pop where the agent called
	OpenPanelOnRing bool   // the softphone panel opens when a task is offered
	DefaultCountry  string // of numbers that are clicked without one: ISO 3166, two letters
	InternalCalls   bool   // whether calls among colleagues get a Case
	DispositionPath string // into the attributes
	NotesPath       string // into the attributes
	LogFields       []LogField
	LogActivity     bool // whether there is a standard activity, too
	SelectLog       bool // whether the report notes which task was viewed
}

// DefaultConfig returns what holds where nothing is set.
func DefaultConfig() Config {
	return Config{
		Enabled:    true,
		APIVersion: "62.0",
		Channels:   []string{"voice", "chat", "sms", "whatsapp", "web", "email", "messenger"},
		ScreenPop:  "accept",
		ApexClass:  "TwilioCaseController",
		LogObject:  "TwilioCallLog__c",
		LogLevel:   "warn",

		PopTarget:       "case",
		PopOutbound:     true,
		DispositionPath: "conversations.outcome",
		NotesPath:       "conversations.content",
	}
}

// setting is one key: what a right value is, in words, and how it is taken. What
// it means to people is in docs.go, which no browser loads.
type setting struct {
	want string
	take func(c *Config, value any) bool
}

// settings are all keys there are.
var settings = map[string]setting{
	"enabled":       {"true or false", flag(func(c *Config) *bool { return &c.Enabled })},
	"api_version":   {`text such as "62.0"`, text(func(c *Config) *string { return &c.APIVersion }, isAPIVersion)},
	"channels":      {"a list of task channels", list(func(c *Config) *[]string { return &c.Channels })},
	"screen_pop":    {`"accept", "select" or "off"`, text(func(c *Config) *string { return &c.ScreenPop }, oneOf("accept", "select", "off"))},
	"click_to_dial": {"true or false", flag(func(c *Config) *bool { return &c.ClickToDial })},
	"trusted_hosts": {"a list of host names", list(func(c *Config) *[]string { return &c.TrustedHosts })},
	"apex_class":    {"the name of an Apex class", text(func(c *Config) *string { return &c.ApexClass }, isAPIName)},
	"log_object":    {"the API name of an object", text(func(c *Config) *string { return &c.LogObject }, isAPIName)},
	"log_level":     {`"debug", "info", "warn" or "error"`, text(func(c *Config) *string { return &c.LogLevel }, oneOf("debug", "info", "warn", "error"))},

	"pop_target":         {`"case", "contact", "search" or "flow:" and the API name of a flow`, text(func(c *Config) *string { return &c.PopTarget }, isPopTarget)},
	"pop_outbound":       {"true or false", flag(func(c *Config) *bool { return &c.PopOutbound })},
	"open_panel_on_ring": {"true or false", flag(func(c *Config) *bool { return &c.OpenPanelOnRing })},
	"default_country":    {`a country's two letters, such as "GB", or ""`, text(func(c *Config) *string { return &c.DefaultCountry }, isCountry)},
	"internal_calls":     {"true or false", flag(func(c *Config) *bool { return &c.InternalCalls })},
	"disposition_path":   {`a path into the task's attributes, such as "conversations.outcome"`, text(func(c *Config) *string { return &c.DispositionPath }, isPath)},
	"notes_path":         {`a path into the task's attributes, such as "conversations.content"`, text(func(c *Config) *string { return &c.NotesPath }, isPath)},
	"log_activity":       {"true or false", flag(func(c *Config) *bool { return &c.LogActivity })},
	"select_log":         {"true or false", flag(func(c *Config) *bool { return &c.SelectLog })},
}

// logFieldsKey is the one setting of which a part may be right.
const logFieldsKey = "log_fields"

// ParseConfig lays the layers over the defaults, key by key. What it does not
// know or cannot use it names in a warning, and keeps what it had.
func ParseConfig(layers []map[string]any) (Config, []string) {
	c := DefaultConfig()
	var warnings []string
	for _, layer := range layers {
		for _, key := range lean.Keys(layer) {
			s, known := settings[key]
			switch {
			case key == logFieldsKey:
				fields, problem := logFields(layer[key])
				if problem != "" {
					warnings = append(warnings, fmt.Sprintf("the setting %q must %s", key, problem))
				}
				if fields != nil || problem == "" {
					c.LogFields = fields
				}
			case !known:
				warnings = append(warnings, fmt.Sprintf("the setting %q is not known and has no effect", key))
			case !s.take(&c, layer[key]):
				warnings = append(warnings, fmt.Sprintf("the setting %q must be %s; it is ignored", key, s.want))
			}
		}
	}
	return c, warnings
}

func flag(field func(*Config) *bool) func(*Config, any) bool {
	return func(c *Config, value any) bool {
		b, ok := value.(bool)
		if ok {
			*field(c) = b
		}
		return ok
	}
}

func text(field func(*Config) *string, right func(string) bool) func(*Config, any) bool {
	return func(c *Config, value any) bool {
		s, ok := value.(string)
		if !ok || !right(s) {
			return false
		}
		*field(c) = s
		return true
	}
}

func list(field func(*Config) *[]string) func(*Config, any) bool {
	return func(c *Config, value any) bool {
		values, ok := value.([]any)
		if !ok {
			return false
		}
		items := make([]string, len(values))
		for i, v := range values {
			if items[i], ok = v.(string); !ok {
				return false
			}
		}
		*field(c) = items
		return true
	}
}

func oneOf(words ...string) func(string) bool {
	return func(s string) bool {
		for _, w := range words {
			if s == w {
				return true
			}
		}
		return false
	}
}

// isAPIVersion tells whether s is a version of Salesforce's API: "62.0".
func isAPIVersion(s string) bool {
	major, ok := strings.CutSuffix(s, ".0")
	return ok && (len(major) == 2 || len(major) == 3) && strings.Trim(major, "0123456789") == ""
}

// isPopTarget tells whether s is something that can be shown.
func isPopTarget(s string) bool {
	flow, ok := strings.CutPrefix(s, flowTarget)
	return s == "case" || s == "contact" || s == "search" || ok && isAPIName(flow)
}

// flowTarget is what stands before a flow's API name in pop_target.
const flowTarget = "flow:"

// isCountry tells whether s may be a country's two letters, or is none.
func isCountry(s string) bool {
	return s == "" || len(s) == 2 && 'A' <= s[0] && s[0] <= 'Z' && 'A' <= s[1] && s[1] <= 'Z'
}

// isAPIName tells whether s may be the name of a class or object in Salesforce,
// with or without a namespace.
func isAPIName(s string) bool {
	if s == "" {
		return false
	}
	for i, r := range s {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r != '_' && r != '.' && (r < '0' || r > '9')) {
			return false
		}
	}
	return true
}
