package opencti

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

const (
	framed  = "https://flex.twilio.com/agent-desktop?clc=1&" + right + "#top"
	lost    = "https://flex.twilio.com/agent-desktop?clc=1#top"
	other   = "https://flex.twilio.com/?sfdcIframeOrigin=https%3A%2F%2Fother.lightning.force.com&mode=Lightning"
	refused = "opencti: the library is loaded but Salesforce does not answer; check that the user is assigned to the call centre" +
		" and that its adapter URL has this page's origin, then reload the Salesforce page"
	queryless = "opencti: the library is loaded but cannot start: the page's address has lost Salesforce's query" +
		" (sfdcIframeOrigin and mode) and it could not be put back; reload the Salesforce page"
)

func TestLoad(t *testing.T) {
	all := []string{"acme.lightning.force.com", "acme.my.salesforce.com", "login.salesforce.com"}
	first := all[:1]
	blocked := "opencti: the library could not be loaded from https://acme.lightning.force.com/support/api/62.0/lightning/opencti_min.js, " +
		"https://acme.my.salesforce.com/support/api/62.0/lightning/opencti_min.js, https://login.salesforce.com/support/api/62.0/lightning/opencti_min.js; " +
		"allow these addresses in the network and the page's content security policy"

	tests := map[string]struct {
		href    string
		servers map[string]string // by host; any is the rest
		extra   string            // what else is true of the window w
		origin  string            // if not Lightning's
		opts    func(*Options)
		silence bool   // something never answers
		after   string // the address afterwards, if it is not href

		seen     []string // the hosts asked, in order
		copies   int64    // of the library, in all
		asked    int64    // proofs of life, each by one call
		elements int      // script elements that are left
		wantErr  string
	}{
		"the script loads and works": {
			href: framed, servers: map[string]string{"any": serves},
			seen: first, copies: 1, asked: 1, elements: 1,
		},
		"the script is missing on the first host": {
			href: framed, servers: map[string]string{"acme.lightning.force.com": misses, "any": serves},
			seen: all[:2], copies: 1, asked: 1, elements: 1,
		},
		"the first host answers with a login page": {
			href: framed, servers: map[string]string{"acme.lightning.force.com": redirect, "any": serves},
			seen: all[:2], copies: 1, asked: 1, elements: 1,
		},
		"the first two hosts never answer": {
			silence: true, href: framed, servers: map[string]string{"login.salesforce.com": serves, "any": hangs},
			seen: all, copies: 1, asked: 1, elements: 1,
		},
		"all hosts fail": {
			href: framed, servers: map[string]string{"any": misses},
			seen: all, wantErr: blocked,
		},
		"all hosts are silent": {
			silence: true, href: framed, servers: map[string]string{"any": hangs},
			seen: all, wantErr: blocked,
		},
		"the document takes no scripts": {
			href: framed, extra: `w.document.head = null`, wantErr: blocked,
		},
		"the page has no document": {
			href: framed, extra: `w.document = undefined`, wantErr: blocked,
		},
		"the query is lost": {
			href: lost, servers: map[string]string{"any": serves},
			seen: first, copies: 1, asked: 1, elements: 1,
		},
		"the query is another origin's": {
			href: other, servers: map[string]string{"any": serves},
			seen: first, copies: 1, asked: 1, elements: 1,
		},
		"the query is lost and all hosts fail": {
			href: lost, servers: map[string]string{"any": misses},
			seen: all, wantErr: blocked,
		},
		"the library started too early is started again": {
			silence: true, href: lost, servers: map[string]string{"any": `(w, fire) => { w.library(); fire("load") }`},
			seen: first, copies: 1, asked: 2, elements: 1,
		},
		"the page navigates while the script loads": {
			href: framed, servers: map[string]string{"any": `(w, fire) => { w.history.replaceState(w.state, "", "https://flex.twilio.com/agent-desktop"); w.library(); fire("load") }`},
			after: "https://flex.twilio.com/agent-desktop",
			seen:  first, copies: 1, asked: 1, elements: 1,
		},
		"the library is silent for good": {
			silence: true, href: lost, servers: map[string]string{"any": muted},
			seen: first, copies: 1, asked: 2, elements: 1, wantErr: refused,
		},
		"the library is silent and cannot be started again": {
			silence: true, href: framed, servers: map[string]string{"any": deaf},
			seen: first, copies: 1, asked: 2, elements: 1, wantErr: refused + ": opencti: this page's Open CTI has no initialize",
		},
		"a live library is there already": {
			href: framed, extra: `w.library().initialize()`,
			copies: 1, asked: 1,
		},
		"a live library is there although the page is in no frame": {
			href: framed, extra: `w.library().initialize(); w.parent = w`, copies: 1, asked: 1,
			origin: "none",
		},
		"a dead library is there and starts again": {
			silence: true, href: lost, extra: `w.library()`,
			copies: 1, asked: 2,
		},
		"a dead library is there and the page navigates while it is asked": {
			silence: true, href: framed, extra: `w.library(); setTimeout(() => w.history.replaceState(w.state, "", "https://flex.twilio.com/agent-desktop"), 20)`,
			after:  "https://flex.twilio.com/agent-desktop",
			copies: 1, asked: 2,
		},
		"a dead library is there and is replaced": {
			silence: true, href: lost, extra: `w.library(true)`, servers: map[string]string{"any": serves},
			seen: first, copies: 2, asked: 3, elements: 1,
		},
		"a dead library is there and all hosts fail": {
			silence: true, href: lost, extra: `w.library(true)`, servers: map[string]string{"any": misses},
			seen: all, copies: 1, asked: 2, wantErr: refused + ": " + blocked,
		},
		"a dead library is there and the first host brings none": {
			silence: true, href: lost, extra: `w.library(true)`, servers: map[string]string{"acme.lightning.force.com": redirect, "any": serves},
			seen: all[:2], copies: 2, asked: 3, elements: 1,
		},
		"something else is called sforce": {
			href: framed, extra: `w.sforce = {opencti: "x"}`, servers: map[string]string{"any": serves},
			seen: first, copies: 1, asked: 1, elements: 1,
		},
		"what is there throws": {
			href: framed, extra: `w.sforce = {get opencti() { throw "no" }}`, servers: map[string]string{"any": misses},
			seen: all, wantErr: blocked,
		},
		"the address cannot be changed": {
			silence: true, href: lost, extra: `w.history.replaceState = () => { throw new Error("SecurityError") }`, servers: map[string]string{"any": serves},
			seen: first, copies: 1, asked: 1, elements: 1, wantErr: queryless + ": JavaScript error: Failed to initialize Open CTI",
		},
		"the page navigates while a library that is silent for good loads": {
			silence: true, href: framed, servers: map[string]string{"any": `(w, fire) => { w.history.replaceState(w.state, "", "https://flex.twilio.com/agent-desktop"); w.library(true); fire("load") }`},
			after: "https://flex.twilio.com/agent-desktop",
			seen:  first, copies: 1, asked: 1, elements: 1, wantErr: refused,
		},
		"a dead library is there, the address cannot be changed and all hosts fail": {
			silence: true, href: lost, extra: `w.library(); w.history.replaceState = () => { throw new Error("SecurityError") }`, servers: map[string]string{"any": misses},
			seen: all, copies: 1, asked: 2, wantErr: queryless + ": " + blocked,
		},
		"a dead library is there and the page navigates while all hosts fail": {
			silence: true, href: lost, extra: `w.library(true)`, servers: map[string]string{"any": `(w, fire) => { w.history.replaceState(w.state, "", "https://flex.twilio.com/agent-desktop"); fire("error") }`},
			after: "https://flex.twilio.com/agent-desktop",
			seen:  all, copies: 1, asked: 2, wantErr: refused + ": " + blocked,
		},
		"the page is in no frame": {
			href: framed, extra: `w.parent = w`,
			wantErr: ErrNotFramed.Error(),
		},
		"the frame's origin is not known": {
			href: framed, origin: "none",
			wantErr: ErrNotFramed.Error(),
		},
		"the origin is no origin": {
			href: framed, origin: "https://acme.lightning.force.com/",
			wantErr: "opencti: load: origin is not like https://acme.lightning.force.com",
		},
		"the version is no version": {
			href: framed, opts: func(o *Options) { o.APIVersion = "62" },
			wantErr: `opencti: load: API version is not like "62.0"`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := window(t, tt.href, tt.servers, tt.extra)
			opts := Options{Origin: lightning, Deadline: long, Edge: jscall.Edge{OnPanic: func(err error) { t.Error(err) }}}
			if tt.silence {
				opts.Deadline = patience
			}
			switch tt.origin {
			case "":
			case "none":
				opts.Origin = ""
			default:
				opts.Origin = tt.origin
			}
			if tt.opts != nil {
				tt.opts(&opts)
			}
			client, err := Load(t.Context(), pageOf(t, w), opts)

			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				require.Nil(t, client)
			} else {
				require.NoError(t, err)
				require.Equal(t, 15*time.Second, client.deadline)
				if tt.elements > 0 {
					require.Equal(t, "Salesforce's library 62.0", client.Host())
					requireText(t, client.Host(), w, "sforce", "opencti", "flexCaselogHost") // for a later program in the page
				} else {
					require.Equal(t, "a copy that was in the page (another plugin's or a stand-in)", client.Host())
				}
			}
			if tt.after == "" {
				tt.after = tt.href
			}
			requireText(t, tt.after, w, "location", "href")
			requireText(t, "flex", w, "state", "key")
			seen, err := jscall.JSON(mustGet(t, w, "seen"))
			require.NoError(t, err)
			require.Equal(t, `["`+strings.Join(tt.seen, `","`)+`"]`, strings.Replace(seen, `[]`, `[""]`, 1))
			copies, err := jscall.Int(w, "copies")
			require.NoError(t, err)
			require.Equal(t, tt.copies, copies)
			asked, err := jscall.Int(w, "asked")
			require.NoError(t, err)
			require.Equal(t, tt.asked, asked)
			elements, err := jscall.Int(w, "elements", "size")
			require.NoError(t, err)
			require.EqualValues(t, tt.elements, elements)
		})
	}
}

func TestLoadProvesLifeWithAnyAnswer(t *testing.T) {
	for name, answer := range map[string]string{
		"a success": `a.callback({success: true, returnValue: {}})`,
		"a refusal": `a.callback({success: false, errors: [{code: "SOFTPHONE_CONTAINER_ERROR"}]})`,
		"nothing":   `a.callback()`,
	} {
		t.Run(name, func(t *testing.T) {
			w := window(t, framed, nil, `w.sforce = {opencti: {getAppViewInfo(a) { `+answer+` }}}`)
			_, err := Load(t.Context(), pageOf(t, w), Options{Deadline: long})
			require.NoError(t, err)
		})
	}
}

// standIns are things that other hosts of the API put into the page, and what comes
// of each.
var standIns = map[string]struct {
	api     string
	lacks   []string // unless all but runApex, saveLog and screenPop
	silence bool     // something never answers
	wantErr string
}{
	"with no more than is needed": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}`,
	},
	"without runApex": {
		api:   `saveLog(a) {}, screenPop(a) {}`,
		lacks: []string{"runApex", "searchAndScreenPop", "refreshView", "getAppViewInfo", "enableClickToDial", "disableClickToDial", "onClickToDial", "setSoftphonePanelVisibility"},
	},
	"that proves its life at once and without a value": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, isSoftphonePanelVisible(a) { a.callback({success: true}) }`,
	},
	"that proves its life later, by its layout": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, getSoftphoneLayout(a) { setTimeout(a.callback, 1, {success: true, returnValue: {}}) }`,
	},
	"that proves its life by its settings": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, getCallCenterSettings(a) { a.callback() }`,
	},
	"that throws at the first proof and gives the second": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, getSoftphoneLayout(a) { throw new Error("not supported") }, getCallCenterSettings(a) { a.callback() }`,
	},
	"that supports no proof": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, getSoftphoneLayout(a) { throw "not supported" }`,
	},
	"whose proof cannot be read": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, get getSoftphoneLayout() { throw "no" }`,
	},
	"whose proof is no function": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, getSoftphoneLayout: null, initialize: true`,
	},
	"that has all methods": {
		api: `runApex(a) {}, saveLog(a) {}, screenPop(a) {}, searchAndScreenPop(a) {}, refreshView(a) {}, getAppViewInfo(a) { a.callback({}) },
			enableClickToDial(a) {}, disableClickToDial(a) {}, onClickToDial(a) {}, setSoftphonePanelVisibility(a) {}`,
		lacks: []string{},
	},
	"that does not answer": {
		api: `runApex(a) {}, getAppViewInfo(a) {}, getCallCenterSettings(a) { a.callback() }`, silence: true,
		wantErr: refused + ": it is another plugin's or a stand-in, which is neither started again nor replaced",
	},
}

func TestLoadUsesAStandIn(t *testing.T) {
	for name, tt := range standIns {
		t.Run(name, func(t *testing.T) {
			w := window(t, framed, map[string]string{"any": serves}, `w.standIn = w.sforce = {opencti: {`+tt.api+`}}`)
			opts := Options{Origin: lightning, Deadline: long, CallDeadline: short}
			if tt.silence {
				opts.Deadline = short
			}
			c, err := Load(t.Context(), pageOf(t, w), opts)
			require.True(t, mustGet(t, w, "sforce").Equal(mustGet(t, w, "standIn")), "it stays where it is")
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				require.ErrorIs(t, err, ErrUnavailable)
				return
			}
			require.NoError(t, err)
			require.Equal(t, inPage, c.Host())
			if tt.lacks == nil {
				tt.lacks = methods[3:]
			}
			require.ElementsMatch(t, tt.lacks, c.Lacks())
		})
	}
}

func TestAStandInNeedsNoFrame(t *testing.T) {
	w := window(t, "https://flex.twilio.com/", nil, `w.parent = w; w.sforce = {opencti: {
		runApex(a) { }, saveLog(a) { a.callback({success: true}) }, screenPop(a) { a.callback({success: true}) }}}`)
	c, err := Load(t.Context(), pageOf(t, w), Options{Deadline: long, CallDeadline: short})
	require.NoError(t, err)

	_, err = c.RunApex(t.Context(), "C", "m", nil)
	requireTimeout(t, err, "runApex")
	_, err = c.SaveLog(t.Context(), map[string]any{"entityApiName": "Task"})
	require.ErrorIs(t, err, ErrNoRecordID)
	require.NoError(t, c.PopRecord(t.Context(), "a0B1"))
	require.Equal(t, &MissingError{Method: "searchAndScreenPop"}, c.SearchAndScreenPop(t.Context(), "x", CallInbound, nil))
}

func TestAnEmptyAPIIsNoStandIn(t *testing.T) {
	for name, api := range map[string]string{
		"an empty object":                     `{}`,
		"one that can only be started":        `{initialize() {}}`,
		"one that tells what nobody asks for": `{getCallCenterSettings() { throw "no" }}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := window(t, framed, map[string]string{"any": serves}, `w.sforce = {opencti: `+api+`}`)
			c, err := Load(t.Context(), pageOf(t, w), Options{Origin: lightning, Deadline: long})
			require.NoError(t, err)
			require.Equal(t, "Salesforce's library 62.0", c.Host())
			require.Len(t, c.Lacks(), len(methods)-1, "the browser's library has only its proof of life")

			_, err = Load(t.Context(), pageOf(t, window(t, framed, nil, `w.sforce = {opencti: `+api+`}`)), Options{})
			require.ErrorIs(t, err, ErrNotFramed)
		})
	}
}

func TestLoadLeavesSomebodyElsesAddressAlone(t *testing.T) {
	tests := map[string]struct{ navigation, want string }{
		"Flex goes to another path": {
			navigation: `w.location.href = w.location.href.replace("agent-desktop", "teams"); w.state = {key: "teams"}`,
			want:       "https://flex.twilio.com/teams?clc=1#top",
		},
		"Flex goes to another query": {
			navigation: `w.location.href = "https://flex.twilio.com/teams?page=2"; w.state = {key: "teams"}`,
			want:       "https://flex.twilio.com/teams?page=2",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := window(t, lost, map[string]string{
				"any": `(w, fire) => { w.library().initialize(); ` + tt.navigation + `; fire("load") }`,
			}, "")
			_, err := Load(t.Context(), pageOf(t, w), Options{Origin: lightning, Deadline: long})
			require.NoError(t, err)
			requireText(t, tt.want, w, "location", "href")
			requireText(t, "teams", w, "state", "key")
		})
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	tests := map[string]struct {
		servers map[string]string
		extra   string
	}{
		"while a script loads":                 {servers: map[string]string{"any": hangs}},
		"while a new library is asked":         {servers: map[string]string{"any": muted}},
		"while a library that is there is":     {extra: `w.library(true)`},
		"while the last script fails to load":  {servers: map[string]string{"login.salesforce.com": hangs, "any": misses}},
		"while one that was started is silent": {servers: map[string]string{"any": deaf}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := span.WithTimeout(t.Context(), short)
			defer cancel()
			w := window(t, lost, tt.servers, tt.extra)
			_, err := Load(ctx, pageOf(t, w), Options{Origin: lightning, Deadline: time.Hour})
			require.EqualError(t, err, "opencti: load: context deadline exceeded")
			requireText(t, lost, w, "location", "href")
		})
	}
}

func TestLoadedClientCalls(t *testing.T) {
	w := window(t, framed, map[string]string{"any": `(w, fire, url) => {
		const api = w.library(); api.initialize();
		api.saveLog = (a) => a.callback({success: true, returnValue: {recordId: url.pathname === "/support/api/63.0/lightning/opencti_min.js" ? "a1" : "no"}});
		api.runApex = () => {};
		fire("load"); fire("load"); fire("error");
	}`}, "")
	client, err := Load(t.Context(), pageOf(t, w), Options{APIVersion: "63.0", Origin: lightning, Deadline: long, CallDeadline: short})
	require.NoError(t, err)
	id, err := client.SaveLog(t.Context(), map[string]any{"entityApiName": "Task"})
	require.NoError(t, err)
	require.Equal(t, "a1", id)
	_, err = client.RunApex(t.Context(), "C", "m", nil)
	requireTimeout(t, err, "runApex")
}
