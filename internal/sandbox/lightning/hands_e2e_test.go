//go:build e2e

package lightning_test

import (
	"testing"
	"time"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

func TestE2EWhatTheUserOpensIsWhatTheSoftphoneIsTold(t *testing.T) {
	const person = "001000000000009AAA"
	d := open(t, origin+"/", nil)
	d.org.records = append(d.org.records, lightning.Record{Object: "Account", ID: person, Fields: map[string]any{
		"Name": "Grace Hopper", "Phone": "+442079460000", "IsPersonAccount": true, "PersonContactId": "003000000000009AAA",
	}})
	ctx := within(t, time.Minute)
	require.NoError(t, d.frame.Wait(ctx, "the softphone", "window.ready === true"))
	require.NoError(t, d.page.Eval(ctx, lightning.Open("Account", person), nil))
	about := map[string]any{
		"url": origin + "/lightning/r/Account/" + person + "/view", "recordId": person, "recordName": "Grace Hopper", "objectType": "Account",
		"accountId": person, "contactId": "003000000000009AAA", "personAccount": true,
	}
	var told, view map[string]any
	require.NoError(t, d.frame.Wait(ctx, "the navigation", "navigated.length > 0"))
	require.NoError(t, d.frame.Eval(ctx, "navigated.at(-1)", &told))
	require.Equal(t, about, told)
	require.NoError(t, d.frame.Eval(ctx, "ask('getAppViewInfo', {x: 1}).then((a) => a.returnValue)", &view))
	require.Equal(t, about, view)
	require.NoError(t, d.page.Click(ctx, lightning.Number("+442079460000")))
	require.NoError(t, d.frame.Wait(ctx, "the click", "dialled.at(-1)?.accountId === '"+person+"' && dialled.at(-1).personAccount"))

	require.NoError(t, d.page.Eval(ctx, lightning.Home, nil))
	require.NoError(t, d.frame.Wait(ctx, "going home", "navigated.at(-1).recordId === '' && navigated.at(-1).url.endsWith('/home')"))
	require.NoError(t, d.page.Eval(ctx, "window.dispatchEvent(new Event('focus'))", nil))
	require.NoError(t, d.frame.Wait(ctx, "the same again", "navigated.at(-2).url === navigated.at(-1).url"))
}
