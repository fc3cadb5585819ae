package release_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release"
	"flexcaselog/internal/sandbox/twilioapi"
)

func TestRollback(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		versions []string
		to       string
		more     func(*testing.T, *twilioapi.API)
		want     string // of the release, or the refusal
		already  bool
	}{
		"to the version before":          {versions: []string{"0.1.0", "0.2.0"}, want: "flex-caselog 0.1.0 3"},
		"twice, which is the same":       {versions: []string{"0.1.0", "0.2.0", "0.3.0"}, more: rolledBack(""), want: "flex-caselog 0.2.0 3", already: true},
		"to a version that is named":     {versions: []string{"0.1.0", "0.2.0", "0.3.0"}, to: "0.1.0", want: "flex-caselog 0.1.0 3"},
		"forward again":                  {versions: []string{"0.1.0", "0.2.0"}, more: rolledBack(""), to: "0.2.0", want: "flex-caselog 0.2.0 3"},
		"to what is released":            {versions: []string{"0.1.0", "0.2.0"}, to: "0.2.0", want: "flex-caselog 0.2.0 3", already: true},
		"of a removal":                   {versions: []string{"0.1.0", "0.2.0"}, more: removed, want: "flex-caselog 0.2.0 3"},
		"past a release of another team": {versions: []string{"0.1.0", "0.2.0"}, more: theirNews, want: "flex-caselog 0.1.0 3"},
		"of the first version":           {versions: []string{"0.1.0"}, want: "there is no version before 0.1.0: take the plugin out with `flexcase remove`"},
		"to a version that never was":    {versions: []string{"0.1.0"}, to: "9.9.9", want: "there is no version 9.9.9 in this account"},
		"to a version that is archived": {
			versions: []string{"0.1.0", "0.2.0"}, want: "version 0.1.0 is archived",
			more: func(_ *testing.T, api *twilioapi.API) { api.Archive(release.Plugin, "0.1.0") },
		},
		"to a version whose file is gone": {
			versions: []string{"0.1.0", "0.2.0"}, want: "the file of version 0.1.0 is no longer served",
			more: func(_ *testing.T, api *twilioapi.API) { api.Host("default", release.Plugin, "/something-else.js") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI()
				others(api)
				put(t, api, test.versions...)
				if test.more != nil {
					test.more(t, api)
				}
				p, err := sit(t, api, release.Options{}).Rollback(context.Background(), test.to)
				if err != nil {
					var refusal *release.Refusal
					require.ErrorAs(t, err, &refusal)
					require.ErrorContains(t, err, test.want)
					return
				}
				require.Equal(t, test.already, p.Already)
				require.Contains(t, api.Released(), test.want)
				require.Contains(t, api.Released(), "first-of-all 4.0.0 1", "the other plugins stay")
				require.NotContains(t, api.Served(), "NOT THERE")
			})
		})
	}
}

func rolledBack(to string) func(*testing.T, *twilioapi.API) {
	return func(t *testing.T, api *twilioapi.API) {
		_, err := sit(t, api, release.Options{}).Rollback(context.Background(), to)
		require.NoError(t, err)
	}
}

func removed(t *testing.T, api *twilioapi.API) {
	_, err := sit(t, api, release.Options{}).Remove(context.Background())
	require.NoError(t, err)
}

func theirNews(_ *testing.T, api *twilioapi.API) {
	api.Release(twilioapi.Entry{Plugin: "their-panel", Version: "2.0.0", Phase: 3})
}

func TestNothingToRollBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, err := sit(t, newAPI(), release.Options{}).Rollback(context.Background(), "")
		require.ErrorContains(t, err, "nothing was ever released in this account")
		api := newAPI()
		others(api)
		_, err = sit(t, api, release.Options{}).Rollback(context.Background(), "0.1.0")
		require.ErrorContains(t, err, "this account has no plugin flex-caselog: deploy it with `flexcase deploy`")
	})
}

func TestRemove(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		others(api)
		put(t, api, "0.1.0")
		d := sit(t, api, release.Options{})
		p, err := d.Remove(context.Background())
		require.NoError(t, err)
		require.Equal(t, &release.Published{From: "0.1.0", Others: p.Others}, p)
		require.Equal(t, []string{"first-of-all 4.0.0 1", "their-panel 1.2.3 3"}, api.Released())
		require.Contains(t, api.Served(), "version 0.1.0", "the version stays")

		before := api.State()
		p, err = d.Remove(context.Background())
		require.NoError(t, err)
		require.True(t, p.Already)
		require.Equal(t, before, api.State())

		_, err = d.Deploy(context.Background(), deploy("0.1.0"))
		require.NoError(t, err)
		require.Contains(t, api.Released(), "flex-caselog 0.1.0 3")
	})
}

func TestStatus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		others(api)
		d := sit(t, api, release.Options{})
		tree := release.Tree{Version: "0.2.0", Digest: deploy("0.2.0").Artifact.Files[0].Digest()}
		s, err := d.Status(context.Background(), tree)
		require.NoError(t, err)
		require.Equal(t, []string{"the tree has version 0.2.0, and nothing is released"}, s.Drift)
		require.Len(t, s.Others, 2)

		put(t, api, "0.1.0", "0.2.0")
		theirNews(t, api)
		s, err = d.Status(context.Background(), tree)
		require.NoError(t, err)
		require.Empty(t, s.Drift)
		require.Equal(t, "0.2.0", s.Released)
		require.Equal(t, "alice", s.By, "who released it, not who released something else since")
		require.Equal(t, len(script("0.2.0")), s.Bytes)
		require.Equal(t, 2026, s.Since.Year())
		require.Len(t, s.Versions, 2)
		require.True(t, s.Since.Before(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)))

		for name, test := range map[string]struct {
			tree release.Tree
			want string
		}{
			"an older tree":    {release.Tree{Version: "0.1.0"}, "the tree has version 0.1.0, and 0.2.0 is released"},
			"a tree of others": {release.Tree{Version: "0.2.0", Digest: "00"}, "version 0.2.0 is released with other bytes than this tree's bundle"},
		} {
			s, err := d.Status(context.Background(), test.tree)
			require.NoError(t, err, name)
			require.Len(t, s.Drift, 1, name)
			require.Contains(t, s.Drift[0], test.want, name)
		}
		api.Host("default", release.Plugin, "/something-else.js")
		s, err = d.Status(context.Background(), tree)
		require.NoError(t, err)
		require.Contains(t, s.Drift[0], "the file of version 0.2.0 is not served")
	})
}
