package apexrun_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

func TestProperties(t *testing.T) {
	t.Parallel()
	const members = `
		static Integer made = 0;
		static List<String> kept { get { if (kept == null) { made++; kept = new List<String>{ 'x' }; } return kept; } set; }
		static Integer doubled { get; set { doubled = value * 2; } }
		static final Integer FIXED = 1;
		class Thing { final String name; Thing(String n) { name = n; } void rename() { name = 'other'; } String shown { get { return '<' + shown + '>'; } set; } }
	`
	for name, tc := range map[string]struct {
		body string
		want any
		says string
	}{
		"a getter keeps what it made":             {"Integer size = kept.size() + kept.size(); return size * 10 + made;", int64(21), ""},
		"a setter keeps what it works out":        {"doubled = 4; return doubled;", int64(8), ""},
		"a getter of an object reads its own":     {"Thing t = new Thing('a'); t.shown = 'b'; return t.shown;", "<b>", ""},
		"a final field is set by the constructor": {"return new Thing('a').name;", "a", ""},
		"a final field is set once":               {"new Thing('a').rename(); return null;", nil, "Final members can only be assigned once: name"},
		"a final static field is set once":        {"FIXED = 2; return null;", nil, "Final members can only be assigned once: FIXED"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), tc.body, members)
			if tc.says != "" {
				require.ErrorContains(t, err, tc.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestOptionsOfWrites(t *testing.T) {
	t.Parallel()
	const options = "Database.DMLOptions o = new Database.DMLOptions(); o.duplicateRuleHeader.allowSave = true; o.duplicateRuleHeader.runAsCurrentUser = true;"
	for name, tc := range map[string]struct {
		body string
		want any
		says string
	}{
		"some may fail where nothing is said": {"return Database.insert(new Contact(), o, AccessLevel.USER_MODE).isSuccess();", false, ""},
		"all or none":                         {"o.optAllOrNone = true; Database.insert(new Contact(), o); return null;", nil, "REQUIRED_FIELD_MISSING"},
		"what was set is read":                {"return o.duplicateRuleHeader.allowSave;", true, ""},
		"an option that is not known":         {"o.allowFieldTruncation = true; return null;", nil, "Database.DMLOptions.allowFieldTruncation is not known"},
		"an option of another type":           {"o.optAllOrNone = 'yes'; return null;", nil, "Illegal assignment from String to Boolean"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), options+tc.body, "")
			if tc.says != "" {
				require.ErrorContains(t, err, tc.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestSettingsByTheirType(t *testing.T) {
	t.Parallel()
	store := newMemory()
	way := apexrun.NewObject("Way__mdt", "m00")
	way.Add(apexrun.Field{Name: "Id", Type: apexrun.TypeID, ReadOnly: true})
	way.Add(apexrun.Field{Name: "DeveloperName", Type: apexrun.TypeText, Always: true})
	way.Add(apexrun.Field{Name: "Text__c", Type: apexrun.TypeTextArea})
	way.Add(apexrun.Field{Name: "Hours__c", Type: apexrun.TypeNumber})
	store.objects["way__mdt"] = way
	store.rows["Way__mdt"] = []apexrun.Row{
		{"Id": "m00000000000001AAA", "DeveloperName": "Default", "Hours__c": 24.0, "Text__c": strings.Repeat("x", 300)},
		{"Id": "m00000000000002AAA", "DeveloperName": "Voice"},
	}
	for body, want := range map[string]any{
		"return Way__mdt.getInstance('Default').Hours__c;":                int64(24),
		"return Way__mdt.getInstance('m00000000000001AAA').Hours__c;":     int64(24),
		"return Way__mdt.getInstance('Missing') == null;":                 true,
		"return Way__mdt.getAll().size();":                                int64(2),
		"return Way__mdt.getAll().get('Voice').Hours__c;":                 nil,
		"return Way__mdt.getInstance('Default').Text__c.length();":        int64(255),
		"return [SELECT Text__c FROM Way__mdt LIMIT 1].Text__c.length();": int64(300),
	} {
		got, err := run(t, store, body, "")
		require.NoError(t, err, body)
		require.Equal(t, want, got, body)
	}
	_, err := run(t, store, "insert new Way__mdt(DeveloperName = 'x'); return null;", "")
	require.ErrorContains(t, err, "DML operation INSERT not allowed on Way__mdt")
	_, err = run(t, store, "return Case.getAll();", "")
	require.ErrorContains(t, err, "Method does not exist or incorrect signature on Case")
}

func TestATestMakesRecordsOld(t *testing.T) {
	t.Parallel()
	p := load(t, newMemory(), map[string]string{"OldTest": `@IsTest class OldTest {
		@IsTest static void old() {
			Case c = new Case(); insert c;
			Test.setCreatedDate(c.Id, Datetime.newInstanceGmt(2020, 1, 1));
			Assert.areEqual(2020, [SELECT Start__c FROM Case].Start__c.yearGmt());
		}
		@IsTest static void nobodys() { Test.setCreatedDate('a99000000000001AAA', System.now()); }
	}`})
	report, err := p.Test(t.Context(), "")
	require.NoError(t, err)
	require.NoError(t, report.Tests[0].Err)
	require.ErrorContains(t, report.Tests[1].Err, "Invalid id")
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	report := apexrun.Report{Tests: []apexrun.TestResult{
		{Class: "ATest", Method: "works", Took: 1500 * time.Millisecond},
		{Class: "ATest", Method: "fails", Err: errors.New(`"<a>" & b`), Took: time.Second},
		{Class: "BTest", Method: "works"},
	}}
	var out strings.Builder
	require.NoError(t, report.JUnit(&out))
	var read struct {
		Suites []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Time     string `xml:"time,attr"`
			Cases    []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out.String()), &read))
	require.Len(t, read.Suites, 2)
	a := read.Suites[0]
	require.Equal(t, []any{"ATest", 2, 1, "2.500"}, []any{a.Name, a.Tests, a.Failures, a.Time})
	require.Nil(t, a.Cases[0].Failure)
	require.Equal(t, `"<a>" & b`, a.Cases[1].Failure.Message)
	require.ErrorContains(t, report.JUnit(broken{}), "apexrun: junit: no room")
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }
