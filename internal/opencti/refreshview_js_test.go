package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestRefreshView(t *testing.T) {
	for name, id := range map[string]string{"by its long id": "500xx0000000001AAA", "by its short id": "500xx0000000001"} {
		t.Run(name, func(t *testing.T) {
			sends(t, "refreshView", `{}`, func(ctx span.Context, c *Client) error { return c.RefreshView(ctx, id) })
		})
	}
}

func TestRefreshViewLeavesAloneWhatIsNotTheRecords(t *testing.T) {
	for name, view := range map[string]string{
		"another record":                 `a.callback({success: true, returnValue: {recordId: "500xx0000000002AAA"}})`,
		"one with a beginning of its":    `a.callback({success: true, returnValue: {recordId: "500xx"}})`,
		"no record":                      `a.callback({success: true, returnValue: {url: "/x"}})`,
		"nothing":                        `a.callback({success: true, returnValue: null})`,
		"what is no text":                `a.callback({success: true, returnValue: {recordId: 5}})`,
		"what the page will not say":     `a.callback({success: false, returnValue: {recordId: "500xx0000000001AAA"}})`,
		"what is said without an answer": `a.callback()`,
	} {
		t.Run(name, func(t *testing.T) {
			c := salesforce(t, long, "refreshView", `throw "called"`)
			require.NoError(t, library(t, c.page).Set("getAppViewInfo", eval(t, `(a) => {`+view+`}`)))
			require.NoError(t, c.RefreshView(t.Context(), "500xx0000000001AAA"))
		})
	}
	t.Run("a page that can't be asked", func(t *testing.T) {
		c := salesforce(t, long, "refreshView", `throw "called"`)
		require.NoError(t, library(t, c.page).Delete("getAppViewInfo"))
		require.NoError(t, c.RefreshView(t.Context(), "500xx0000000001AAA"))
	})
	t.Run("a page that throws", func(t *testing.T) {
		c := salesforce(t, long, "refreshView", `throw "called"`)
		require.NoError(t, library(t, c.page).Set("getAppViewInfo", eval(t, `() => { throw "no" }`)))
		require.EqualError(t, c.RefreshView(t.Context(), "500xx0000000001AAA"), "opencti: refreshView: JavaScript error: no")
	})
	t.Run("what is no record", func(t *testing.T) {
		c := salesforce(t, long, "refreshView", `throw "called"`)
		require.EqualError(t, c.RefreshView(t.Context(), ""), "opencti: refreshView: recordID is no record ID")
	})
}

func TestRefreshViewWhereThePageDoesNotSayWhatItShows(t *testing.T) {
	c := salesforce(t, short, "refreshView", `throw "called"`)
	require.NoError(t, library(t, c.page).Set("getAppViewInfo", eval(t, `() => {}`)))
	requireTimeout(t, c.RefreshView(t.Context(), "500xx0000000001AAA"), "refreshView")
}
