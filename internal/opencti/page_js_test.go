package opencti

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
)

// browser makes a window with an address, a history, a document, and servers that
// say what each script does, by host. The library behaves as Salesforce's does:
// it is there before it has read the address, throws a string where it cannot
// start, and is silent from then on.
const browser = `(href, servers, extra) => {
	const w = {
		parent: {}, seen: [], asked: 0, copies: 0, state: {key: "flex"},
		location: {href},
		history: {
			get state() { return w.state },
			replaceState(state, title, url) {
				w.state = state;
				w.location.href = new URL(url, w.location.href).href;
			},
		},
		library(mute) {
			let origin = null;
			const api = {
				initialize() {
					const q = new URL(w.location.href).searchParams;
					if (!q.get("sfdcIframeOrigin") || !q.get("mode")) throw "Failed to initialize Open CTI";
					origin = q.get("sfdcIframeOrigin");
				},
				getAppViewInfo(a) {
					w.asked++;
					if (origin === "https://acme.lightning.force.com" && !mute) setTimeout(a.callback, 1, {success: false, errors: []});
				},
			};
			w.copies++;
			w.sforce = {opencti: api};
			return api;
		},
		elements: new Set(),
		document: {
			createElement: () => Object.assign(new EventTarget(), {remove() { w.elements.delete(this) }}),
			head: {
				appendChild(script) {
					const url = new URL(script.src);
					w.elements.add(script);
					w.seen.push(url.host);
					setTimeout(() => (servers[url.host] || servers.any)(w, (event) => script.dispatchEvent(new Event(event)), url), 1);
				},
			},
		},
	};
	extra(w);
	return w;
}`

// besideProgram is what the page has beside the program, made of the loader's own files. As
// between the page and a worker, nothing but what can be cloned passes.
const besideProgram = `(window, openCTI, ask) => {
	let hear;
	const agent = openCTI(window, (payload) => hear?.(structuredClone(payload)));
	return {
		window, ask,
		async openCTI(until, method, ...args) {
			if (until > 0 && Date.now() > until) throw new Error("too late");
			return structuredClone(await agent[method](...structuredClone(args)));
		},
		onClicked(fn) { hear = fn },
	};
}`

// script returns the function that a file of the loader exports.
func script(t *testing.T, file string) safejs.Value {
	t.Helper()
	source, err := os.ReadFile("../../web/" + file)
	require.NoError(t, err)
	return eval(t, "(() => { "+strings.Replace(string(source), "export function", "return function", 1)+"\n})()")
}

// pageOf returns the page of a window.
func pageOf(t *testing.T, window safejs.Value) Page {
	t.Helper()
	ask := script(t, "thread/ask.js")
	host, err := eval(t, besideProgram).Invoke(window, script(t, "opencti.js"), ask)
	require.NoError(t, err)
	asker, err := jscall.NewAsker(jscall.Edge{OnPanic: func(err error) { t.Error(err) }}, ask)
	require.NoError(t, err)
	return NewPage(host, asker)
}

// patience is the deadline of a step where something stays silent, and has to be
// waited for; what comes has to come well within, on a busy machine too.
const patience = 250 * time.Millisecond

// What a server may do with a request for the script.
const (
	serves   = `(w, fire) => { try { w.library().initialize() } catch {} fire("load") }`
	deaf     = `(w, fire) => { w.library().initialize = undefined; fire("load") }`
	muted    = `(w, fire) => { try { w.library(true).initialize() } catch {} fire("load") }`
	misses   = `(w, fire) => fire("error")`
	redirect = `(w, fire) => fire("load")`
	hangs    = `() => {}`
)

// window makes a browser's window. Servers says what each host does with a request
// for the script, any being the rest, and extra what else is true of the window w.
func window(t *testing.T, href string, servers map[string]string, extra string) safejs.Value {
	t.Helper()
	var hosts []string
	for host, does := range servers {
		hosts = append(hosts, `"`+host+`": `+does)
	}
	return eval(t, `(`+browser+`)("`+href+`", {`+strings.Join(hosts, ", ")+`}, (w) => {`+extra+`})`)
}

func mustGet(t *testing.T, v safejs.Value, path ...string) safejs.Value {
	t.Helper()
	v, err := jscall.Get(v, path...)
	require.NoError(t, err)
	return v
}

func requireText(t *testing.T, want string, v safejs.Value, path ...string) {
	t.Helper()
	got, err := jscall.String(v, path...)
	require.NoError(t, err)
	require.Equal(t, want, got)
}
