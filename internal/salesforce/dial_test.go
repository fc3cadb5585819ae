package salesforce_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/opencti"
	"flexcaselog/internal/salesforce"
)

func TestDialable(t *testing.T) {
	t.Parallel()
	org := func(r *recorder) *salesforce.Org { return salesforce.New(r, names) }
	t.Run("international numbers need nobody's help", func(t *testing.T) {
		t.Parallel()
		for written, want := range map[string]string{
			"+442079460958": "+442079460958", "+44 20 7946 0958": "+442079460958", "+1-415-555-0100": "+14155550100", "+49.30.901820": "+4930901820",
		} {
			cti := &recorder{err: opencti.ErrNull}
			number, extension, err := org(cti).Dialable(t.Context(), written)
			require.NoError(t, err)
			require.Equal(t, want, number)
			require.Empty(t, extension)
			require.Empty(t, cti.method, "Salesforce is not asked")
		}
	})
	t.Run("all else is the org's to read", func(t *testing.T) {
		t.Parallel()
		for _, written := range []string{"020 7946 0958", "+44 (0)20 7946 0958", "+442079460958 ext. 12", "0044 20 7946 0958", "", "+", "+12", "+1234567890123456", "+44 20 CALL"} {
			cti := &recorder{answer: map[string]string{"number": "442079460958", "extension": "12"}}
			number, extension, err := org(cti).Dialable(t.Context(), written)
			require.NoError(t, err)
			require.Equal(t, "+442079460958", number)
			require.Equal(t, "12", extension)
			require.Equal(t, []opencti.Param{{Name: "written", Value: hex.EncodeToString([]byte(written))}, {Name: "country", Value: "GB"}}, cti.params)
		}
	})
	t.Run("what can't be called is no number", func(t *testing.T) {
		t.Parallel()
		for _, cti := range []*recorder{{err: opencti.ErrNull}, {}} {
			number, _, err := org(cti).Dialable(t.Context(), "n/a")
			require.NoError(t, err)
			require.Empty(t, number)
		}
	})
	t.Run("an org that can't say", func(t *testing.T) {
		t.Parallel()
		_, _, err := org(&recorder{err: apex("Could not load Apex class: TwilioCaseController.")}).Dialable(t.Context(), "020")
		var failed *salesforce.Error
		require.ErrorAs(t, err, &failed)
		require.Equal(t, "class not accessible", failed.Cause())
	})
}
