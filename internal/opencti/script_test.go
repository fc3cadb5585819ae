package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	const path = "/support/api/62.0/lightning/opencti_min.js"
	const login = "https://login.salesforce.com" + path
	tests := map[string]struct {
		origin string
		want   []string
	}{
		"an org": {
			origin: "https://acme.lightning.force.com",
			want:   []string{"https://acme.lightning.force.com" + path, "https://acme.my.salesforce.com" + path, login},
		},
		"a sandbox": {
			origin: "https://acme--uat.sandbox.lightning.force.com",
			want:   []string{"https://acme--uat.sandbox.lightning.force.com" + path, "https://acme--uat.sandbox.my.salesforce.com" + path, login},
		},
		"a port": {
			origin: "https://acme.lightning.force.com:8443",
			want:   []string{"https://acme.lightning.force.com:8443" + path, "https://acme.my.salesforce.com:8443" + path, login},
		},
		"a host without a sibling": {
			origin: "https://acme.my.salesforce.com",
			want:   []string{"https://acme.my.salesforce.com" + path, login},
		},
		"a host that only looks like one with a sibling": {
			origin: "https://acme.lightning.force.com.evil.example",
			want:   []string{"https://acme.lightning.force.com.evil.example" + path, login},
		},
		"the login host itself": {origin: "https://login.salesforce.com", want: []string{login}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, scripts(tt.origin, "62.0"))
		})
	}
}

func TestCheckVersion(t *testing.T) {
	t.Parallel()
	for version, ok := range map[string]bool{
		"62.0": true, "44.0": true, "100.0": true,
		"": false, "62": false, "6.0": false, "1000.0": false, "62.1": false, "v62.0": false, "62.0/../x": false, "62.0 ": false, ".0": false, "6a.0": false,
	} {
		err := checkVersion(version)
		if ok {
			require.NoError(t, err, version)
			continue
		}
		require.EqualError(t, err, `opencti: load: API version is not like "62.0"`, version)
	}
}

func TestCheckOrigin(t *testing.T) {
	t.Parallel()
	for origin, ok := range map[string]bool{
		"https://acme.lightning.force.com": true, "https://localhost:8443": true, "http://localhost": true,
		"": false, "null": false, "acme.lightning.force.com": false, "javascript://x": false, "https://": false,
		"https://acme.lightning.force.com/": false, "https://a@b": false, "https://a?b": false,
	} {
		err := checkOrigin(origin)
		if ok {
			require.NoError(t, err, origin)
			continue
		}
		require.EqualError(t, err, "opencti: load: origin is not like https://acme.lightning.force.com", origin)
	}
}
