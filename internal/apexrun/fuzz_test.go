package apexrun_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

// FuzzLoad promises that no source, however broken, makes loading or running panic: an odd file must not take the sandbox down.
func FuzzLoad(f *testing.F) {
	for _, body := range []string{"return 'a'.left(1);", "return [SELECT Id FROM Case WHERE Subject LIKE '%a'];", "switch on 1 { when 1 { return 2; } }", "return new Map<Id, Case>();", "return this;", "}", "return '\\u00"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 200 {
			return
		}
		dir := t.TempDir()
		text := "global class Probe { webservice static Object run() { " + body + " } }"
		require.NoError(t, os.WriteFile(filepath.Join(dir, "Probe.cls"), []byte(text), 0o600))
		p, err := apexrun.Load(dir, newMemory())
		if err != nil {
			return
		}
		answer, err := p.Call(boundedContext(t), "Probe", "run", nil)
		if err == nil {
			_, err = json.Marshal(answer)
			require.NoError(t, err, "an answer can be sent")
		}
	})
}

// FuzzID18 promises that completing an id is settled after one step, and that only letters and digits are ids.
func FuzzID18(f *testing.F) {
	for _, id := range []string{"", "5005g0000000001", "5005g0000000001AAA", "5005G0000000001AAA", "500é00000000001"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := apexrun.ID18(text)
		if !ok {
			return
		}
		require.Len(t, id, 18)
		require.True(t, utf8.ValidString(id))
		again, ok := apexrun.ID18(id)
		require.True(t, ok)
		require.Equal(t, id, again)
	})
}

func TestID18(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		id, want string
		ok       bool
	}{
		"capitals are marked in the suffix": {"0015000000Gv7qJ", "0015000000Gv7qJAAR", true},
		"a complete id stays":               {"0015000000Gv7qJAAR", "0015000000Gv7qJAAR", true},
		"a wrong suffix is no id":           {"0015000000Gv7qJAAA", "0015000000Gv7qJAAR", false},
		"another length is no id":           {"0015000000Gv7q", "", false},
		"a sign is no part of an id":        {"0015000000Gv7q-", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := apexrun.ID18(tc.id)
			require.Equal(t, tc.ok, ok)
			require.Equal(t, tc.want, got)
		})
	}
}
