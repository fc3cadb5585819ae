package caselog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
)

func TestFieldsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	f := caselog.Fields("").
		With("Skill__c", "billing").With("Empty__c", "").With("Age__c", caselog.Number("0.5")).With("Vip__c", true).With("New__c", false).
		With("List__c", []string{"a"}).With("Nasty__c", "a\x1eb\x1fc\nd")
	require.Equal(t, []caselog.Field{
		{"Skill__c", "billing"}, {"Empty__c", ""}, {"Age__c", caselog.Number("0.5")}, {"Vip__c", true}, {"New__c", false}, {"Nasty__c", "a b c\nd"},
	}, f.All())
}

func TestFieldsThatMakeNoSenseAreLeftOut(t *testing.T) {
	t.Parallel()
	for _, text := range []caselog.Fields{"", "x", "\x1e\x1e", "\x1fsx\x1e", "A__c\x1f\x1e", "A__c\x1fnfive\x1e", "A__c\x1fqx\x1e", "A__c\x1fn\x1e", "A__c\x1fn12"} {
		require.Empty(t, text.All(), "%q", text)
	}
}
