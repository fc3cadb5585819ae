package salesforce_test

import (
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/salesforce"
)

func TestDetailsLeaveOutWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	cti := &recorder{id: "500A"}
	_, _, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{})
	require.NoError(t, err)
	require.Equal(t, hex.EncodeToString([]byte("{}")), cti.params[2].Value)
}

// FuzzDetails holds that whatever a customer is called, Apex gets JSON, and in
// it what was sent.
func FuzzDetails(f *testing.F) {
	f.Add(`O"Neil \ & = + é 😀`, "+14155550100")
	f.Add("line\nbreak\x00\x1f\u007f\u2028", strings.Repeat("x", 300))
	f.Add("\xff\xfe", "")
	f.Fuzz(func(t *testing.T, name, address string) {
		cti := &recorder{id: "500A"}
		_, _, err := salesforce.New(cti, names).CreateRecords(t.Context(), caselog.CreateRecords{Task: caselog.Task{Name: name, From: address}})
		require.NoError(t, err)
		require.Regexp(t, `^[0-9a-f]*$`, cti.params[2].Value)
		text, err := hex.DecodeString(cti.params[2].Value)
		require.NoError(t, err)
		var got map[string]string
		require.NoError(t, json.Unmarshal(text, &got))
		for key, sent := range map[string]string{"name": name, "address": address} {
			whole := strings.ToValidUTF8(sent, "\ufffd")
			if len(utf16.Encode([]rune(whole))) > 255 || strings.ToValidUTF8(sent, "") != sent {
				continue // cut, or not text in the first place
			}
			require.Equal(t, whole, got[key])
		}
	})
}
