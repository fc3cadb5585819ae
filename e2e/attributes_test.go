//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"

	"github.com/stretchr/testify/require"
)

// nothing takes away every attribute that Twilio itself sets.
var nothing = map[string]any{
	"from": nil, "caller": nil, "to": nil, "called": nil, "direction": nil, "call_sid": nil, "account_sid": nil, "name": nil,
}

func TestE2EOddAttributesReachTheCase(t *testing.T) {
	d := openDesk(t)
	for name, tt := range map[string]struct {
		attributes map[string]any
		customer   string // how the rows are named
		subject    string // how the Case's subject ends
	}{
		"quotes":                    {map[string]any{"name": `O'Brien "Bob" \`}, `O'Brien "Bob" \`, `O'Brien "Bob" \`},
		"emoji":                     {map[string]any{"name": "Zoë 👩‍🚀🎉"}, "Zoë 👩‍🚀🎉", "Zoë 👩‍🚀🎉"},
		"what separates parameters": {map[string]any{"name": "a&phone=1+1=2%20#;"}, "a&phone=1+1=2%20#;", "a&phone=1+1=2%20#;"},
		"markup":                    {map[string]any{"name": "<img src=x onerror=alert(1)>"}, "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"},
		"300 characters":            {map[string]any{"name": strings.Repeat("n", 300)}, strings.Repeat("n", 300), "nnn"},
		"300 astral characters":     {map[string]any{"name": "x" + strings.Repeat("😀", 300)}, "x" + strings.Repeat("😀", 300), ""},
		"other types":               {map[string]any{"name": 42, "from": []any{"+1"}, "caller": map[string]any{}}, "", ""},
		"none at all":               {nothing, "", ""},
	} {
		d.plays(name, func() {
			call := d.takes(twilio.Task{Attributes: tt.attributes})
			d.customerHangsUp(call)
			d.complete(call)
			st := sandbox.StoryOf(call)
			st.Customer = tt.customer
			d.keeps(st)
			require.True(d.t, strings.HasSuffix(d.caseOf(call).Subject, tt.subject), d.caseOf(call).Subject)
		})
	}
}
