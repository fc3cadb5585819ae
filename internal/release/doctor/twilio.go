package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"flexcaselog/internal/release"
)

// Twilio looks at the account and at what was built from this tree. lightning is
// the host of the org's console, or empty where it is not known.
func Twilio(ctx context.Context, account *release.Account, tree release.Tree, lightning string) []Check {
	r := &report{side: "twilio"}
	shot, err := account.Look(ctx)
	if err != nil {
		r.wrong("credentials", strings.TrimPrefix(err.Error(), "release: "), "see what the message says; nothing else can be looked at before")
		return r.checks
	}
	r.ok("credentials", "they open account "+shot.Account)
	r.flex(shot)
	r.plugin(shot)
	r.settings(shot)
	r.frame(ctx, account, shot, lightning)
	r.side = "bundle"
	r.bundle(shot, tree)
	return r.checks
}

// flex is what of Flex itself has to be right.
func (r *report) flex(shot release.Snapshot) {
	major := regexp.MustCompile(`^\D*(\d+)`).FindStringSubmatch(shot.UIVersion)
	switch {
	case major == nil:
		r.look("Flex version", fmt.Sprintf("the account names none (%q)", shot.UIVersion), "see that Flex UI 2 is chosen: Flex > Manage > Versioning")
	default:
		n, _ := strconv.Atoi(major[1]) // only digits
		fault := ""
		if n < 2 {
			fault = fmt.Sprintf("Flex UI %s, and the plugin needs 2", shot.UIVersion)
		}
		r.judge("Flex version", fault, "choose Flex UI 2: Flex > Manage > Versioning", "Flex UI "+shot.UIVersion)
	}
	fault := ""
	if !shot.PluginService {
		fault = "plugins are switched off in this account"
	}
	r.judge("plugins allowed", fault, "set plugin_service_enabled to true in the Flex Configuration: https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api", "plugins are switched on")
	fault = ""
	for _, name := range shot.Integrations {
		if strings.Contains(strings.ToLower(name), "salesforce") {
			fault = fmt.Sprintf("Flex's own integration %q is on: it loads Open CTI too, and each takes the other's answers", name)
		}
	}
	r.judge("Flex's own Salesforce integration", fault, "switch it off: Flex > Manage > Integrations > Salesforce", "it is off")
}

// plugin is whether agents get the plugin.
func (r *report) plugin(shot release.Snapshot) {
	const name = "plugin released"
	p := shot.Released
	switch {
	case !shot.Registered:
		r.wrong(name, "the account has no plugin "+release.Plugin, "run `flexcase deploy`")
		return
	case shot.Archived:
		r.wrong(name, "the plugin is archived", "ask Twilio's support to restore it")
		return
	case p == nil:
		r.wrong(name, "it is in the account, and not in the active release", "run `flexcase deploy`, or `flexcase rollback --to` a version that is there")
		return
	case p.Archived:
		r.wrong(name, fmt.Sprintf("version %s is released and archived", p.Version), "run `flexcase deploy` with another --version")
		return
	}
	by := shot.By
	if by == "" {
		by = "somebody who did not use flexcase"
	}
	r.ok(name, fmt.Sprintf("version %s since %s UTC, by %s", p.Version, shot.Since.UTC().Format(time.DateTime), by))

	fault := ""
	if _, ok := shot.Hosted[p.URL]; !ok {
		fault = fmt.Sprintf("nothing is served at %s from here", p.URL)
	}
	r.judge("bundle served", fault, fmt.Sprintf("run `flexcase deploy` with a --version of its own, or `flexcase rollback`: somebody has replaced what the environment %s serves", release.Plugin), p.URL)
	fault = ""
	if !shot.ServiceKnown {
		fault = "Flex does not know the Serverless service that the bundle is in, so it does not sign what agents ask for"
	}
	r.judge("service registered", fault, "run `flexcase deploy`: it registers the service", "Flex knows it")
}

// settings is whether the plugin understands its settings.
func (r *report) settings(shot release.Snapshot) {
	const name = "settings"
	set, err := release.ParseSettings(shot.Settings)
	if shot.SettingsErr != nil {
		err = shot.SettingsErr
	}
	if err != nil {
		r.wrong(name, strings.TrimPrefix(err.Error(), "release: "), "mend ui_attributes.custom_data.features.caselog in the Flex Configuration by hand")
		return
	}
	fault := strings.Join(set.Faults(), "; ")
	r.judge(name, fault, "run `flexcase configure set` with --unset for what has no effect, or with a right value", fmt.Sprintf("%d set, the others have their defaults", len(set)))
	fault = ""
	var enabled bool
	if json.Unmarshal(set["enabled"], &enabled) == nil && !enabled {
		fault = "the plugin is switched off by its setting enabled"
	}
	r.judge("switched on", fault, "run `flexcase configure set enabled=true`", "yes")
}

// bundle is whether this tree is what agents get.
func (r *report) bundle(shot release.Snapshot, tree release.Tree) {
	p := shot.Released
	if p == nil {
		r.look("version", fmt.Sprintf("this tree has version %s, and none is released", tree.Version), "run `flexcase deploy`")
		return
	}
	fault := ""
	if p.Version != tree.Version {
		fault = fmt.Sprintf("agents get version %s, and this tree has %s", p.Version, tree.Version)
	}
	r.judge("version", fault, "run `flexcase deploy`, or look from the tag of the version that is released", "agents get the version of this tree, "+tree.Version)
	have := shot.Hosted[p.URL].Digest
	switch {
	case fault != "" || have == "":
	case tree.Digest == "":
		r.look("bytes", "there is no dist/bundle.js to compare with", "run `flexcase build` and look again")
	default:
		fault := ""
		if have != tree.Digest {
			fault = fmt.Sprintf("version %s is released with other bytes than dist/bundle.js", p.Version)
		}
		r.judge("bytes", fault, "run `flexcase build`; if they still differ, deploy these with a --version of their own", "agents get the bytes of dist/bundle.js")
	}
}
