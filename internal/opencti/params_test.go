package opencti

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMethodParams(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		params        []Param
		want, wantErr string
	}{
		"none":                {want: ""},
		"digits":              {params: []Param{{"phone", "442071838750"}}, want: "phone=442071838750"},
		"several, in order":   {params: []Param{{"phone", ""}, {"engagement", "CAx_1.2-3"}}, want: "phone=&engagement=CAx_1.2-3"},
		"a plus sign":         {params: []Param{{"phone", "+44"}}, wantErr: "opencti: runApex: parameter phone has a character other than A-Z a-z 0-9 _ . -; send it as hex"},
		"a letter with a dot": {params: []Param{{"name", "Müller"}}, wantErr: "opencti: runApex: parameter name has a character other than A-Z a-z 0-9 _ . -; send it as hex"},
		"an ampersand":        {params: []Param{{"name", "a&b=c"}}, wantErr: "opencti: runApex: parameter name has a character other than A-Z a-z 0-9 _ . -; send it as hex"},
		"a name with a space": {params: []Param{{"a b", "c"}}, wantErr: "opencti: runApex: a parameter's name is not an Apex name"},
		"a name with a dot":   {params: []Param{{"a.b", "c"}}, wantErr: "opencti: runApex: a parameter's name is not an Apex name"},
		"no name":             {params: []Param{{"", "c"}}, wantErr: "opencti: runApex: a parameter's name is not an Apex name"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := methodParams(tt.params)
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

// FuzzMethodParams holds the reason for the alphabet: what is accepted reads the
// same whether the other side decodes it or not.
func FuzzMethodParams(f *testing.F) {
	f.Add("phone", "442071838750")
	f.Add("details", "7b7d")
	f.Add("name", "%2B1")
	f.Fuzz(func(t *testing.T, name, value string) {
		query, err := methodParams([]Param{{name, value}, {"last", "1"}})
		if err != nil {
			return
		}
		require.Equal(t, name+"="+value+"&last=1", query)
		decoded, err := url.ParseQuery(query)
		require.NoError(t, err)
		require.Contains(t, decoded[name], value)
		require.Contains(t, decoded["last"], "1")
	})
}

func TestCheckFields(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fields  map[string]any
		wantErr string
	}{
		"a create":            {fields: map[string]any{"entityApiName": "TwilioCallLog__c", "Name": "a", "n": 1, "f": 1.5, "b": true, "x": nil}},
		"an update":           {fields: map[string]any{"Id": "a0B1", "Duration__c": int64(12)}},
		"nothing to write to": {fields: map[string]any{"Name": "a"}, wantErr: "opencti: saveLog: fields have neither entityApiName nor Id"},
		"no fields":           {wantErr: "opencti: saveLog: fields have neither entityApiName nor Id"},
		"a named type":        {fields: map[string]any{"Id": "a0B1", "Kind": PopURL}, wantErr: "opencti: saveLog: field Kind is not a string, a number, a boolean or nil"},
		"a list":              {fields: map[string]any{"Id": "a0B1", "Tags": []any{}}, wantErr: "opencti: saveLog: field Tags is not a string, a number, a boolean or nil"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := checkFields(tt.fields)
			if tt.wantErr != "" {
				require.EqualError(t, err, tt.wantErr)
				return
			}
			require.NoError(t, err)
		})
	}
}

func TestIsRecordID(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"500xx0000000001AAA": true, "500xx0000000001": true, "a0B1": true,
		"": false, "null": false, "error": false, "500xx0000000001AAAB": false, "no access 5": false, "500xx-1": false, "５００": false,
	} {
		require.Equal(t, want, isRecordID(text), text)
	}
}
