package outbox

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
)

// What people have written comes back whole, however long it is.
func TestLongTextsComeBackWhole(t *testing.T) {
	notes := strings.Repeat("Called back. ", 800)
	fields := caselog.Fields("").With("Summary__c", notes).With("Age__c", caselog.Number("123456"))
	s, _ := store(t, fmt.Sprintf(`load: async () => ({records: [Object.assign(%s, {notes: %q, fields: %q})], settled: []})`, record, notes, string(fields)))
	records, _, err := s.Load(t.Context())
	require.NoError(t, err)
	require.Len(t, records, 1)
	require.Equal(t, notes, records[0].Task.Notes)
	require.Equal(t, fields.All(), records[0].Task.Fields.All())
}
