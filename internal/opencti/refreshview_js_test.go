package opencti

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestRefreshView(t *testing.T) {
	sends(t, "refreshView", `{}`, func(ctx span.Context, c *Client) error { return c.RefreshView(ctx, caseID) })
}

func TestRefreshViewIsForTheRecordOnly(t *testing.T) {
	for name, tt := range views {
		t.Run(name, func(t *testing.T) {
			c := salesforce(t, long, "refreshView", `globalThis.refreshed++; a.callback({success: true})`)
			require.NoError(t, library(t, c.page).Set("getAppViewInfo", eval(t, `globalThis.refreshed = 0; (a) => {`+tt.body+`}`)))
			require.NoError(t, c.RefreshView(t.Context(), caseID))
			refreshed, err := eval(t, `refreshed`).Int()
			require.NoError(t, err)
			require.Equal(t, tt.shown, refreshed == 1)
		})
	}
	t.Run("is not there", func(t *testing.T) {
		require.NoError(t, viewless(t).RefreshView(t.Context(), caseID))
	})
	t.Run("another copy has come since it was asked", func(t *testing.T) {
		c := salesforce(t, long, "refreshView", ``)
		require.NoError(t, library(t, c.page).Set("getAppViewInfo", eval(t, `globalThis.asked = null; (a) => { globalThis.asked = a }`)))
		done := make(chan error)
		go func() { done <- c.RefreshView(t.Context(), caseID) }()
		for eval(t, `asked`).IsNull() {
			time.Sleep(time.Millisecond)
		}
		other := eval(t, `({refreshView() { throw "called" }})`)
		require.NoError(t, mustGet(t, c.page.host, "window", "sforce").Set("opencti", other))
		_, err := c.page.view(t.Context(), "look")
		require.NoError(t, err)
		eval(t, `((a) => {`+shown+`})(asked)`)
		require.NoError(t, <-done)
	})
}
