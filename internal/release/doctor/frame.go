package doctor

import (
	"context"
	"fmt"
	"strings"

	"flexcaselog/internal/release"
)

// frame is whether Flex lets Salesforce show it. No API tells which URLs are
// allowed; the header of Flex's own page does, where it is sent to somebody who is
// not logged in.
// See https://www.twilio.com/docs/flex/admin-guide/setup/secure-iframe
func (r *report) frame(ctx context.Context, account *release.Account, shot release.Snapshot, lightning string) {
	const name = "allowed URLs"
	want := "https://" + lightning
	if lightning == "" {
		want = "https://<your domain>.lightning.force.com"
	}
	mend := fmt.Sprintf("enter %s under Allowed URLs: Twilio Console > Flex > Manage > Settings", want)
	policy, err := account.FramePolicy(ctx, shot.RuntimeDomain)
	ancestors, ok := directive(policy, "frame-ancestors")
	if err != nil || !ok || lightning == "" {
		r.look(name, "they cannot be seen from here", "see for yourself, and if it is missing "+mend)
		return
	}
	fault := ""
	if !allows(ancestors, lightning) {
		fault = fmt.Sprintf("Flex lets itself be shown by %s, and not by %s", strings.Join(ancestors, " "), want)
	}
	r.judge(name, fault, mend, want+" may show Flex")
}

// directive returns the values of a directive of a Content-Security-Policy.
func directive(policy, name string) ([]string, bool) {
	for part := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(part); len(words) > 0 && strings.EqualFold(words[0], name) {
			return words[1:], true
		}
	}
	return nil, false
}

// allows tells whether a list of sources has a host.
func allows(sources []string, host string) bool {
	for _, s := range sources {
		s = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(s), "https://"), "/")
		if tail, any := strings.CutPrefix(s, "*"); s == "*" || s == strings.ToLower(host) || any && tail != "" && strings.HasSuffix(strings.ToLower(host), tail) {
			return true
		}
	}
	return false
}
