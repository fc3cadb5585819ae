package opencti

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestForeign(t *testing.T) {
	t.Parallel()
	require.Empty(t, lacking(methods[:]))
	require.Equal(t, methods[:], lacking(nil))
	require.Equal(t, methods[1:], lacking([]string{methods[0], "other"}))

	require.True(t, foreign(methods[:]))
	require.True(t, foreign(methods[:1]))
	require.False(t, foreign(append(methods[:], methodStart)), "Salesforce's own can be started again")
	require.False(t, foreign([]string{"other"}), "it stands in for nothing")
	require.False(t, foreign(nil))
}
