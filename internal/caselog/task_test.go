package caselog_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
)

func TestEngagement(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		interaction string
		want        caselog.EngagementID
	}{
		"an interaction":                   {"KD0123456789abcdef0123456789abcdef", "KD0123456789abcdef0123456789abcdef"},
		"no interaction":                   {"", "WT1"},
		"an attribute with spaces":         {"not a SID", "WT1"},
		"an attribute with signs":          {"KD1&engagement=KD2", "WT1"},
		"an attribute in another alphabet": {"КД1", "WT1"},
		"an attribute as long as a book":   {strings.Repeat("x", 81), "WT1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, caselog.Task{SID: "WT1", Interaction: tt.interaction}.Engagement())
		})
	}
}
