package secret_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/release/secret"
)

func TestItNeverShows(t *testing.T) {
	t.Parallel()
	type deep struct{ inner struct{ token secret.Text } }
	d := deep{}
	d.inner.token = secret.Conceal("hush")
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "d", d, "t", d.inner.token)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		log.WriteString(fmt.Sprintf(verb+verb+verb, d, &d, d.inner.token))
	}
	require.NotContains(t, log.String(), "hush")
	require.Equal(t, "hush", d.inner.token.Reveal())
	require.Empty(t, secret.Text(nil).Reveal())
}

func TestScrub(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a [hidden] and [hidden]", secret.Scrub("a hush and hush", "hush", ""))
}
