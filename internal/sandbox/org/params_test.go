package org

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

// FuzzParseParams promises: no panic; a query of plain characters reads the same in every mode and gives no warning but for its form; the
// form mode agrees with net/url wherever that accepts the query.
func FuzzParseParams(f *testing.F) {
	for _, q := range []string{"", "phone=447700900123&engagement=KD1&details=7b7d", "a=%2B1&b=+", "a&b", "=x", "a=%zz", "a=1&a=2", "&&"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		form, warnings := parseParams(query, DecodeForm)
		percent, _ := parseParams(query, DecodePercent)
		none, _ := parseParams(query, DecodeNone)
		if plain(strings.NewReplacer("=", "", "&", "").Replace(query)) {
			require.Equal(t, form, percent)
			require.Equal(t, form, none)
		}
		if len(warnings) == 0 {
			require.Equal(t, form, none, "without a warning nothing depends on the mode")
		}
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		for name, v := range values {
			if name != "" && !strings.Contains(query, "&=") && !strings.HasPrefix(query, "=") {
				require.Equal(t, v[0], form[name])
			}
		}
	})
}

// FuzzAdmit promises: what a field admits from a text is stored and read back as it was, and admitting it again changes nothing.
func FuzzAdmit(f *testing.F) {
	for _, s := range []string{"", "x", "2026-02-03T04:05:06.789+01:00", "2026-02-03", "5005g0000000001", "9999-12-31T23:59:59+00:00", "😀"} {
		f.Add(s)
	}
	fields := []*apexrun.Field{
		{Name: "A", Type: apexrun.TypeText, Length: 20}, {Name: "B", Type: apexrun.TypeDateTime}, {Name: "C", Type: apexrun.TypeDate},
		{Name: "D", Type: apexrun.TypeReference}, {Name: "E", Type: apexrun.TypeNumber}, {Name: "F", Type: apexrun.TypeCheckbox},
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, field := range fields {
			v, refusal := admit(field, text)
			if refusal != nil || v == nil {
				continue
			}
			back, err := fromSQL(field, toSQL(v))
			require.NoError(t, err)
			if moment, ok := v.(time.Time); ok {
				require.True(t, moment.Equal(back.(time.Time)))
				continue
			}
			require.Equal(t, v, back)
			again, refusal := admit(field, v)
			require.Nil(t, refusal)
			require.Equal(t, v, again)
		}
	})
}

func TestRecordID(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		n    int
		want string
	}{
		"the first":                       {1, "5005g0000000001"},
		"capitals come before small ones": {10, "500" + "5g000000000A"},
		"small ones come last":            {61, "500" + "5g000000000z"},
		"sixty-two carries":               {62, "500" + "5g0000000010"},
		"a million needs four characters": {1_000_000, "500" + "5g0000004C92"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.want, recordID("500", tc.n))
		})
	}
}

func TestAutoNumber(t *testing.T) {
	t.Parallel()
	require.Equal(t, "T-007", autoNumber("T-{000}", 7))
	require.Equal(t, "1234x", autoNumber("{000}x", 1234))
	require.Equal(t, "7", autoNumber("", 7))
}
