//go:build e2e

package browser_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/browser"
)

func TestE2EOnlyTheTabInFrontIsVisible(t *testing.T) {
	b := start(t)
	ctx := within(t, time.Minute)
	first, err := b.Open(ctx, outer)
	require.NoError(t, err)
	second, err := b.OpenTab(ctx, outer)
	require.NoError(t, err)
	elsewhere, err := b.Open(ctx, outer)
	require.NoError(t, err)
	shows := func(p *browser.Page, want bool) {
		t.Helper()
		frame := p.Frame(inner)
		require.NoError(t, frame.Wait(ctx, "its script", "window.born"))
		for _, look := range []interface {
			Wait(ctx context.Context, what, expression string) error
		}{p, frame} {
			require.NoError(t, look.Wait(ctx, "to be shown or not", fmt.Sprintf("(document.visibilityState === 'visible') === %v", want)))
		}
		visible, err := frame.Visible(ctx)
		require.NoError(t, err)
		require.Equal(t, want, visible)
	}
	shows(first, false)
	shows(second, true)
	require.NoError(t, first.Front(ctx))
	shows(first, true)
	shows(second, false)
	shows(elsewhere, true)
	// What is hidden can still be clicked and waited for. Chromium does not draw it.
	require.NoError(t, second.Front(ctx))
	shows(first, false)
	require.NoError(t, first.Frame(inner).Click(ctx, "#b"))
	require.NoError(t, first.Frame(inner).Wait(ctx, "the click", "clicks === 1"))
	_, err = first.Screenshot(ctx)
	require.EqualError(t, err, "browser: screenshot: the tab is hidden")
	_, err = second.Screenshot(ctx)
	require.NoError(t, err)
}
