package release_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/sandbox/twilioapi"
)

// command is something that an administrator does, in an account as it was before.
type command struct {
	seed func(*testing.T, *twilioapi.API)
	do   func(context.Context, *desk) error
}

func deploying(o release.DeployOptions) func(context.Context, *desk) error {
	return func(ctx context.Context, d *desk) error {
		_, err := d.Deploy(ctx, o)
		return err
	}
}

func rolling(to string) func(context.Context, *desk) error {
	return func(ctx context.Context, d *desk) error {
		_, err := d.Rollback(ctx, to)
		return err
	}
}

func crowded(versions ...string) func(*testing.T, *twilioapi.API) {
	return func(t *testing.T, api *twilioapi.API) {
		others(api)
		put(t, api, versions...)
	}
}

var commands = map[string]command{
	"the first deployment":           {func(*testing.T, *twilioapi.API) {}, deploying(deploy("0.1.0"))},
	"an upgrade beside another team": {crowded("0.1.0"), deploying(deploy("0.2.0"))},
	"a rollback":                     {crowded("0.1.0", "0.2.0", "0.3.0"), rolling("")},
	"a removal": {crowded("0.1.0"), func(ctx context.Context, d *desk) error {
		_, err := d.Remove(ctx)
		return err
	}},
	"a change of the settings": {crowded("0.1.0"), func(ctx context.Context, d *desk) error {
		have, err := d.Settings(ctx)
		if err != nil {
			return err
		}
		next := release.Settings{}
		for key, value := range have {
			next[key] = value
		}
		if err := next.Set("screen_pop=select"); err != nil {
			return err
		}
		return d.Configure(ctx, have, next)
	}},
}

// interrupted is the way of breaking off that is not Twilio's: Ctrl-C.
const interrupted twilioapi.Kind = "Ctrl-C"

// TestABreakAnywhereIsTakenUp breaks every command at each of its requests, in
// every way, once and for good; gives the same command again, and wants the account
// of a run that nothing happened to.
func TestABreakAnywhereIsTakenUp(t *testing.T) {
	t.Parallel()
	var breaks, survived atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d breaks; %d of them the same run got over by itself", breaks.Load(), survived.Load())
	})
	for name, c := range commands {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var start *twilioapi.API
			var end string
			var requests []twilioapi.Request
			synctest.Test(t, func(t *testing.T) {
				start = twilioapi.New(twilioapi.Options{AccountSID: accountSID, AuthToken: authToken, BuildPolls: 1})
				c.seed(t, start)
				api := start.Clone()
				require.NoError(t, c.do(context.Background(), sit(t, api, release.Options{})))
				end, requests = api.State(), api.Journal()
			})
			for n := len(start.Journal()) + 1; n <= len(requests); n++ {
				for _, kind := range waysToBreak(requests[n-1]) {
					for _, last := range []int{n, 0} {
						synctest.Test(t, func(t *testing.T) {
							breaks.Add(1)
							if broken(t, start.Clone(), c.do, twilioapi.Fault{Kind: kind, From: n, To: last}, end) {
								survived.Add(1)
							}
						})
					}
				}
			}
		})
	}
}

// waysToBreak are those that a request can go wrong in. Whether one that only reads
// was carried out makes no difference.
func waysToBreak(r twilioapi.Request) []twilioapi.Kind {
	if r.Method != "GET" {
		return append([]twilioapi.Kind{interrupted}, twilioapi.Kinds...)
	}
	return []twilioapi.Kind{interrupted, twilioapi.Refused, twilioapi.Cut, twilioapi.Slow, twilioapi.Busy, twilioapi.BrokenBefore, twilioapi.Gateway}
}

// broken runs a command into a fault and then again without, and tells whether the
// first run came through.
func broken(t *testing.T, api *twilioapi.API, do func(context.Context, *desk) error, fault twilioapi.Fault, end string) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if fault.Kind == interrupted {
		api.Watch(func(n int) {
			if n == fault.From {
				cancel()
			}
		})
	} else {
		api.Break(fault)
	}
	d := sit(t, api, release.Options{})
	err := do(ctx, d)
	if err != nil {
		keeps(t, err)
		require.True(t, strings.HasPrefix(err.Error(), "release: "), err)
	} else if fault.To != 0 {
		require.Equal(t, end, api.State(), "%s at request %d, got over", fault.Kind, fault.From)
	}
	api.Break()
	require.NoError(t, do(context.Background(), d), "%s at request %d", fault.Kind, fault.From)
	require.Equal(t, end, api.State(), "%s at request %d", fault.Kind, fault.From)
	keeps(t, d.said.String()+urls(api))
	return err == nil
}

// TestWhatIsCarriedOutLate has each request of a command carried out when the
// command has given up waiting for it and gone on. Something may be there twice
// then; what agents get is what it would be.
func TestWhatIsCarriedOutLate(t *testing.T) {
	t.Parallel()
	for name, c := range commands {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var start, end *twilioapi.API
			synctest.Test(t, func(t *testing.T) {
				start = newAPI()
				c.seed(t, start)
				end = start.Clone()
				require.NoError(t, c.do(context.Background(), sit(t, end, release.Options{})))
			})
			for n := len(start.Journal()) + 1; n <= len(end.Journal()); n++ {
				synctest.Test(t, func(t *testing.T) {
					api := start.Clone()
					api.Break(twilioapi.Fault{Kind: twilioapi.Late, From: n, To: n})
					d := sit(t, api, release.Options{})
					if err := c.do(context.Background(), d); err != nil {
						require.NoError(t, c.do(context.Background(), d), "after %v", err)
					}
					require.Equal(t, end.Released(), api.Released(), "request %d", n)
					require.Equal(t, end.Configuration("ui_attributes"), api.Configuration("ui_attributes"))
					require.NotContains(t, api.Served(), "NOT THERE")
				})
			}
		})
	}
}

// urls is everything that was asked for, in one text.
func urls(api *twilioapi.API) string {
	var all strings.Builder
	for _, r := range api.Journal() {
		all.WriteString(r.Host + r.Path + "?" + r.Query + "\n")
	}
	return all.String()
}
