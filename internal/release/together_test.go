package release_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/sandbox/twilioapi"
)

// meanwhile lets something else happen right before one of its requests.
type meanwhile struct {
	next  http.RoundTripper
	n, at int
	do    func()
}

func (m *meanwhile) RoundTrip(r *http.Request) (*http.Response, error) {
	if m.n++; m.n == m.at {
		m.do()
	}
	return m.next.RoundTrip(r)
}

// TestTwoAtOnce has somebody else do something, from beginning to end, between any
// two requests of a deployment.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		other func(*testing.T, *twilioapi.API) error
		check func(*testing.T, *twilioapi.API, error, error)
	}{
		"the same version with the same bytes": {
			func(t *testing.T, api *twilioapi.API) error {
				return deploying(deploy("0.2.0"))(t.Context(), sit(t, api, release.Options{}))
			},
			func(t *testing.T, api *twilioapi.API, mine, theirs error) {
				require.NoError(t, errors.Join(mine, theirs))
				require.Equal(t, []string{"first-of-all 4.0.0 1", "their-panel 1.2.3 3", "flex-caselog 0.2.0 3"}, api.Released())
			},
		},
		"another version": {
			func(t *testing.T, api *twilioapi.API) error {
				return deploying(deploy("0.3.0"))(t.Context(), sit(t, api, release.Options{}))
			},
			func(t *testing.T, api *twilioapi.API, mine, theirs error) {
				require.NoError(t, errors.Join(mine, theirs))
				require.Len(t, api.Released(), 3)
				require.Contains(t, []string{"flex-caselog 0.2.0 3", "flex-caselog 0.3.0 3"}, api.Released()[2])
				for _, v := range []string{"0.1.0", "0.2.0", "0.3.0"} {
					require.Contains(t, api.Served(), "at /plugins/flex-caselog/"+v+"/bundle.js in flex-caselog", "served with its bytes")
				}
			},
		},
		"the same version with other bytes": {
			func(t *testing.T, api *twilioapi.API) error {
				o := deploy("0.2.0")
				o.Artifact = artifact("0.2.0", "/* theirs */")
				return deploying(o)(t.Context(), sit(t, api, release.Options{}))
			},
			func(t *testing.T, api *twilioapi.API, mine, theirs error) {
				var refusal *release.Refusal
				require.True(t, mine == nil || theirs == nil, "one of the two is done")
				require.ErrorAs(t, errors.Join(mine, theirs), &refusal, "and the other is refused")
				winner := deploy("0.2.0").Artifact
				if theirs == nil {
					winner = artifact("0.2.0", "/* theirs */")
				}
				require.Contains(t, api.Served(), "at /plugins/flex-caselog/0.2.0/bundle.js in flex-caselog "+winner.Files[0].Digest()[:8])
			},
		},
		"another team's release": {
			func(_ *testing.T, api *twilioapi.API) error {
				api.Release(twilioapi.Entry{Plugin: "their-panel", Version: "2.0.0", Phase: 2}, twilioapi.Entry{Plugin: "brand-new", Version: "1.0.0", Phase: 3})
				return nil
			},
			func(t *testing.T, api *twilioapi.API, mine, _ error) {
				require.NoError(t, mine)
				require.ElementsMatch(t, []string{"first-of-all 4.0.0 1", "their-panel 2.0.0 2", "flex-caselog 0.2.0 3", "brand-new 1.0.0 3"}, api.Released())
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tried := 0
			for at, more := 1, true; more; at++ {
				synctest.Test(t, func(t *testing.T) {
					api := newAPI()
					others(api)
					put(t, api, "0.1.0")
					var theirs error
					m := &meanwhile{next: api.Transport(), at: at}
					m.do = func() { theirs = test.other(t, api) }
					mine := deploying(deploy("0.2.0"))(context.Background(), sit(t, api, release.Options{Transport: m}))
					if more = m.n >= at; !more {
						return
					}
					tried++
					test.check(t, api, mine, theirs)
					require.NotContains(t, api.Served(), "NOT THERE")
					require.Contains(t, api.Served(), "/plugins/theirs/1.0.0/bundle.js")
				})
			}
			t.Logf("between any two of %d requests", tried)
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		others(api)
		var all sync.WaitGroup
		versions := []string{"0.1.0", "0.2.0", "0.2.0", "0.3.0"}
		failed := make([]error, len(versions))
		for i, v := range versions {
			all.Go(func() { failed[i] = deploying(deploy(v))(context.Background(), sit(t, api, release.Options{})) })
		}
		all.Wait()
		require.NoError(t, errors.Join(failed...))
		require.Len(t, api.Released(), 3)
		require.True(t, strings.HasPrefix(api.Released()[2], "flex-caselog 0."), api.Released())
		require.NotContains(t, api.Served(), "NOT THERE")
	})
}

func TestOthersWhoNeverStop(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, want string
		do         func(*twilioapi.API, int)
	}{
		"releasing": {"/v1/PluginService/Releases", "others keep releasing: run it again when they are done", func(api *twilioapi.API, _ int) {
			api.ReleaseAgain(1)
		}},
		"deploying": {"/Deployments", "others keep deploying into the same environment", func(api *twilioapi.API, n int) {
			api.Host("default", release.Plugin, fmt.Sprintf("/plugins/theirs/%d/bundle.js", n))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api, n := newAPI(), 0
				put(t, api, "0.1.0")
				d := sit(t, api, release.Options{Transport: tripper(func(r *http.Request) (*http.Response, error) {
					answer, err := api.Transport().RoundTrip(r)
					if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, test.path) {
						n++
						test.do(api, n)
					}
					return answer, err
				})})
				_, err := d.Deploy(context.Background(), deploy("0.2.0"))
				require.ErrorContains(t, err, test.want)
				require.Equal(t, 5, n)
			})
		})
	}
}
