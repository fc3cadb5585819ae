package opencti

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	lightning = "https://acme.lightning.force.com"
	right     = "sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&mode=Lightning"
)

var repairTests = map[string]struct{ href, want string }{
	"a query that is right stays": {
		href: "https://flex.twilio.com/?mode=Lightning&clc=1&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&nonce=1",
		want: "https://flex.twilio.com/?mode=Lightning&clc=1&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&nonce=1",
	},
	"an origin that is not encoded is right too": {
		href: "https://flex.twilio.com/?mode=Lightning&sfdcIframeOrigin=https://acme.lightning.force.com",
		want: "https://flex.twilio.com/?mode=Lightning&sfdcIframeOrigin=https://acme.lightning.force.com",
	},
	"a lost query comes back": {
		href: "https://flex.twilio.com/agent-desktop",
		want: "https://flex.twilio.com/agent-desktop?" + right,
	},
	"an empty query is a lost one": {
		href: "https://flex.twilio.com/?",
		want: "https://flex.twilio.com/?" + right,
	},
	"the fragment stays where it is": {
		href: "https://flex.twilio.com/#/agent?x",
		want: "https://flex.twilio.com/?" + right + "#/agent?x",
	},
	"other parameters stay as they are written": {
		href: "https://flex.twilio.com/?a=%20b&c&d=e=f",
		want: "https://flex.twilio.com/?a=%20b&c&d=e=f&" + right,
	},
	"another origin is replaced": {
		href: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Fevil.example&mode=Lightning",
		want: "https://flex.twilio.com/?" + right,
	},
	"a repeated origin is made single": {
		href: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&mode=Lightning&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com",
		want: "https://flex.twilio.com/?" + right,
	},
	"Visualforce's spelling is another parameter": {
		href: "https://flex.twilio.com/?sfdcIFrameOrigin=https%3A%2F%2Facme.lightning.force.com&mode=Lightning",
		want: "https://flex.twilio.com/?sfdcIFrameOrigin=https%3A%2F%2Facme.lightning.force.com&" + right,
	},
	"a lost mode comes back": {
		href: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com",
		want: "https://flex.twilio.com/?" + right,
	},
	"an empty mode is a lost one": {
		href: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&mode=",
		want: "https://flex.twilio.com/?" + right,
	},
	"another mode is kept": {
		href: "https://flex.twilio.com/?mode=Console",
		want: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&mode=Console",
	},
	"a parameter over which the library would stumble is left out": {
		href: "https://flex.twilio.com/?q=100%&r=%FF&s=%zz&t=%20&" + right,
		want: "https://flex.twilio.com/?t=%20&" + right,
	},
	"an origin with a broken encoding is replaced": {
		href: "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2&mode=Lightning",
		want: "https://flex.twilio.com/?" + right,
	},
}

func TestRepairURL(t *testing.T) {
	t.Parallel()
	for name, tt := range repairTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, changed := repairURL(tt.href, lightning)
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.href != tt.want, changed)
		})
	}
}

// FuzzRepairURL holds the promises of the repair: the library can start with what
// comes out, a second repair changes nothing, and nothing but the query is touched, so
// that it can be taken back.
func FuzzRepairURL(f *testing.F) {
	for _, tt := range repairTests {
		f.Add(tt.href)
	}
	f.Fuzz(func(t *testing.T, href string) {
		repaired, changed := repairURL(href, lightning)
		require.Equal(t, href != repaired, changed)
		require.Equal(t, [2]string{lightning, "started"}, start(repaired), repaired)

		again, changed := repairURL(repaired, lightning)
		require.Equal(t, repaired, again)
		require.False(t, changed)

		path, _, fragment := splitURL(href)
		newPath, _, newFragment := splitURL(repaired)
		require.Equal(t, [2]string{path, fragment}, [2]string{newPath, newFragment})
	})
}

// start reads an address as the library does when it starts: what it takes for
// the origin, and whether it starts.
func start(href string) [2]string {
	href, _, _ = strings.Cut(href, "#")
	_, search, _ := strings.Cut(href, "?")
	params := map[string][]string{}
	for pair := range strings.SplitSeq(search, "&") {
		parts := strings.Split(pair, "=")
		value := ""
		if len(parts) > 1 {
			value = parts[1]
		}
		decoded, err := url.PathUnescape(value)
		if err != nil {
			return [2]string{"", "stumbled over " + pair}
		}
		params[parts[0]] = append(params[parts[0]], decoded)
	}
	if len(params["sfdcIframeOrigin"]) != 1 || len(params["mode"]) != 1 || params["mode"][0] == "" {
		return [2]string{"", "did not start"}
	}
	return [2]string{params["sfdcIframeOrigin"][0], "started"}
}
