package opencti

import (
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// sends checks a binding whose method returns nothing: in every way, and that it
// passes these arguments and no others.
func sends(t *testing.T, method, args string, call func(span.Context, *Client) error) {
	t.Helper()
	try(t, method, map[string]way{
		"answers later":           {body: `setTimeout(() => a.callback({success: true, returnValue: null, errors: null}), 1)`},
		"answers at once":         {body: `a.callback({success: true, returnValue: null, errors: null})`},
		"answers a success only":  {body: `a.callback({success: true})`},
		"answers a value":         {body: `a.callback({success: true, returnValue: {more: 1}})`},
		"sends what it was given": {body: `const {callback, ...rest} = a; callback({success: JSON.stringify(rest, (k, v) => v && v.constructor === Object ? Object.fromEntries(Object.entries(v).sort()) : v) === '` + args + `'})`},
	}, func(ctx span.Context, c *Client) (any, error) {
		return nil, call(ctx, c)
	})
}

func TestEnableClickToDial(t *testing.T) {
	sends(t, "enableClickToDial", `{}`, func(ctx span.Context, c *Client) error { return c.EnableClickToDial(ctx) })
}

func TestDisableClickToDial(t *testing.T) {
	sends(t, "disableClickToDial", `{}`, func(ctx span.Context, c *Client) error { return c.DisableClickToDial(ctx) })
}

// dial returns a client of a library that keeps its listeners, in order, as
// Salesforce's does, and the function that has them hear a click.
func dial(t *testing.T) (c *Client, click func(payload string)) {
	t.Helper()
	c = salesforce(t, long, "onClickToDial", `(this.listeners = this.listeners || []).push(a.listener); this.args = Object.keys(a).join()`)
	return c, func(payload string) {
		_, err := eval(t, `(api) => { for (const l of api.listeners) l(`+payload+`) }`).Invoke(library(t, c.page))
		require.NoError(t, err)
	}
}

func TestOnClickToDial(t *testing.T) {
	tests := map[string]struct {
		payload string // the arguments of the listener
		want    []Click
		odd     bool
	}{
		"a click": {
			payload: `{number: "+44 20 7183 8750", recordId: "0031", recordName: "Ann", objectType: "Contact", accountId: "0011", contactId: "0031", personAccount: true, params: ""}`,
			want:    []Click{{"+44 20 7183 8750", "0031", "Ann", "Contact", "0011", "0031", true}},
		},
		"a click as the older guide has it": {payload: `{returnValue: {number: "1"}}`, want: []Click{{Number: "1"}}},
		"a number that is a number":         {payload: `{number: 442071838750}`, want: []Click{{Number: "442071838750"}}},
		"more than one argument":            {payload: `{number: "1"}, {number: "2"}`, want: []Click{{Number: "1"}}},
		"a record that cannot be read":      {payload: `{number: "1", get recordName() { throw "no" }}`, want: []Click{{Number: "1"}}},
		"what refers to itself":             {payload: `(() => { const p = {number: "1"}; p.params = p; return p })()`, want: []Click{{Number: "1"}}},
		"nothing":                           {payload: ``, odd: true},
		"null":                              {payload: `null`, odd: true},
		"a text":                            {payload: `"442071838750"`, odd: true},
		"a number that is none":             {payload: `{number: NaN}`, odd: true},
		"a number that is a symbol":         {payload: `{number: Symbol("1")}`, odd: true},
		"a number that cannot be read":      {payload: `{get number() { throw "no" }}`, odd: true},
		"what cannot be read at all":        {payload: `new Proxy({}, {ownKeys() { throw "no" }, get() { throw "no" }})`, odd: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, click := dial(t)
			var heard []Click
			var odd []string
			require.NoError(t, c.OnClickToDial(t.Context(),
				func(c Click) { heard = append(heard, c) },
				func(err error) { odd = append(odd, err.Error()) }))
			requireText(t, "listener", library(t, c.page), "args")
			click(tt.payload)
			require.Equal(t, tt.want, heard)
			if tt.odd {
				require.Equal(t, []string{"opencti: onClickToDial: strange answer: a click without a number"}, odd)
			} else {
				require.Empty(t, odd)
			}
		})
	}
}

func TestOnClickToDialRegistersOnce(t *testing.T) {
	c, click := dial(t)
	var heard []string
	listen := func(ctx span.Context, who string) {
		require.NoError(t, c.OnClickToDial(ctx, func(c Click) { heard = append(heard, who+c.Number) }, func(err error) { t.Error(err) }))
	}
	ctx, cancel := span.WithCancel(t.Context())
	listen(ctx, "first ")
	click(`{number: "1"}`)
	click(`{number: "2"}`)
	cancel()
	click(`{number: "3"}`)
	click(`null`)
	listen(t.Context(), "second ")
	click(`{number: "4"}`)
	listen(t.Context(), "third ")
	click(`{number: "5"}`)
	require.Equal(t, []string{"first 1", "first 2", "second 4", "third 5"}, heard)
	requireCount(t, 1, library(t, c.page), "listeners")
}

func requireCount(t *testing.T, want int, v safejs.Value, path ...string) {
	t.Helper()
	n, err := jscall.Int(v, append(path, "length")...)
	require.NoError(t, err)
	require.EqualValues(t, want, n)
}

// who returns what hears clicks, and what they were heard as: who, and the number.
func who(t *testing.T) (listen func(ctx span.Context, c *Client, who string) error, heard *[]string) {
	heard = new([]string)
	return func(ctx span.Context, c *Client, who string) error {
		return c.OnClickToDial(ctx, func(c Click) { *heard = append(*heard, who+c.Number) }, func(err error) { t.Error(err) })
	}, heard
}

// wrap has a page's host do something before or instead of a method, whose own is own.
func wrap(t *testing.T, p Page, method, fn string) {
	t.Helper()
	_, err := eval(t, `(host, method) => { const own = host[method]; host[method] = `+fn+` }`).Invoke(p.host, method)
	require.NoError(t, err)
}

func TestTheClientsOfAPageShareItsListener(t *testing.T) {
	c, click := dial(t)
	wrap(t, c.page, "onClicked", `(fn) => { (host.given = host.given || []).push(fn); own(fn) }`)
	other := &Client{page: c.page, edge: c.edge, deadline: long}
	listen, heard := who(t)
	require.NoError(t, listen(t.Context(), c, "first "))
	click(`{number: "1"}`)
	require.NoError(t, listen(t.Context(), other, "second "))
	click(`{number: "2"}`)
	require.NoError(t, listen(t.Context(), c, "first again "))
	click(`{number: "3"}`)
	require.Equal(t, []string{"first 1", "second 2", "first again 3"}, *heard)
	requireCount(t, 1, c.page.host, "given")
	requireCount(t, 1, library(t, c.page), "listeners")
}

func TestAHostThatErrsIsGivenTheSameListenerAgain(t *testing.T) {
	c, click := dial(t)
	wrap(t, c.page, "onClicked", `(fn) => {
		(host.given = host.given || new Set()).add(fn);
		host.tries = (host.tries || []).concat(1);
		if (host.tries.length < 3) throw new Error("not now");
		own(fn);
	}`)
	listen, heard := who(t)
	for range 2 {
		require.EqualError(t, listen(t.Context(), c, ""), "opencti: onClickToDial: JavaScript error: not now")
	}
	require.NoError(t, listen(t.Context(), c, "at last "))
	click(`{number: "1"}`)
	require.Equal(t, []string{"at last 1"}, *heard)
	given, err := jscall.Int(c.page.host, "given", "size")
	require.NoError(t, err)
	require.EqualValues(t, 1, given)
}

func TestAPageThatIsSlowToListenCanBeAskedAgain(t *testing.T) {
	c, click := dial(t)
	wrap(t, c.page, "openCTI", `(...args) => { // it listens, and its first answer is never there
		const answer = own(...args);
		if (args[1] !== "listen" || host.slow) return answer;
		host.slow = true;
		return new Promise(() => {});
	}`)
	listen, heard := who(t)
	c.deadline = short
	requireTimeout(t, listen(t.Context(), c, "nobody "), methodOnClick)
	click(`{number: "1"}`)
	c.deadline = long
	require.NoError(t, listen(t.Context(), c, "again "))
	click(`{number: "2"}`)
	require.Equal(t, []string{"again 2"}, *heard)
	requireCount(t, 1, library(t, c.page), "listeners")
}

func TestOneThatIsNotAnsweredTakesNoClicksFromWhoCameAfter(t *testing.T) {
	c, click := dial(t)
	wrap(t, c.page, "openCTI", `(...args) => {
		if (args[1] !== "listen" || host.asked) return own(...args);
		host.asked = true;
		return new Promise(() => {});
	}`)
	listen, heard := who(t)
	ctx, giveUp := span.WithCancel(t.Context())
	gaveUp := make(chan error)
	go func() { gaveUp <- listen(ctx, c, "first ") }()
	require.Eventually(t, func() bool {
		asked, _ := jscall.Bool(c.page.host, "asked")
		return asked
	}, 10*time.Second, time.Millisecond, "listen was not asked for")
	require.NoError(t, listen(t.Context(), c, "second "))
	giveUp()
	require.ErrorIs(t, <-gaveUp, span.Canceled)
	click(`{number: "1"}`)
	require.Equal(t, []string{"second 1"}, *heard)
}

func TestOnClickToDialFails(t *testing.T) {
	quiet := func(error) { t.Error("odd") }
	never := func(Click) { t.Error("heard") }
	tests := map[string]struct{ method, body, wantErr string }{
		"where the library throws": {"onClickToDial", `throw new Error("Missing the required argument listener")`, "opencti: onClickToDial: JavaScript error: Missing the required argument listener"},
		"where it throws a string": {"onClickToDial", `throw "not ready"`, "opencti: onClickToDial: JavaScript error: not ready"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := salesforce(t, long, tt.method, tt.body).OnClickToDial(t.Context(), never, quiet)
			require.EqualError(t, err, tt.wantErr)
		})
	}
	t.Run("and says which method is missing", func(t *testing.T) {
		err := salesforce(t, long, "other", ``).OnClickToDial(t.Context(), never, quiet)
		require.Equal(t, &MissingError{Method: methodOnClick}, err)
	})
	t.Run("where the wait was over before", func(t *testing.T) {
		ctx, cancel := span.WithCancel(t.Context())
		cancel()
		err := salesforce(t, long, "onClickToDial", `throw "called"`).OnClickToDial(ctx, never, quiet)
		require.EqualError(t, err, "opencti: onClickToDial: not sent: context canceled")
	})
	t.Run("and can be tried again, and what it left behind hears nothing", func(t *testing.T) {
		c := salesforce(t, long, "onClickToDial", `globalThis.late = globalThis.late || a.listener; if (!this.again) { this.again = true; throw "not ready" } a.listener({number: "2"})`)
		require.Error(t, c.OnClickToDial(t.Context(), never, quiet))
		_, err := eval(t, `late`).Invoke(map[string]any{"number": "1"})
		require.NoError(t, err)
		var heard []Click
		require.NoError(t, c.OnClickToDial(t.Context(), func(c Click) { heard = append(heard, c) }, quiet))
		require.Equal(t, []Click{{Number: "2"}}, heard, "also within the call that registers")
	})
}

func TestOnClickToDialSurvivesWhoHears(t *testing.T) {
	c, click := dial(t)
	var panics []error
	c.edge = jscall.Edge{OnPanic: func(err error) { panics = append(panics, err) }}
	heard := 0
	require.NoError(t, c.OnClickToDial(t.Context(), func(Click) { heard++; panic("no") }, func(error) {}))
	click(`{number: "1"}`)
	click(`{number: "2"}`)
	require.Equal(t, 2, heard)
	require.Len(t, panics, 2)
	require.EqualError(t, panics[0], "jscall: panic in the listener of onClickToDial: no")
}
