package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallApex is a project with one class of which a test runs a half, and the permission set of an agent.
func smallApex(t *testing.T, assertion string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"A.cls":     "public class A { public static Integer one(Boolean b) {\nif (b) {\nreturn 1;\n}\nreturn 2;\n} }",
		"ATest.cls": "@IsTest class ATest { @IsTest static void one() { Assert.areEqual(" + assertion + ", A.one(true)); } }",
		"TwilioCaseLogAgent.permissionset-meta.xml": "<PermissionSet><label>Agent</label></PermissionSet>",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestApexTest(t *testing.T) {
	t.Parallel()
	right, wrong := smallApex(t, "1"), smallApex(t, "2")
	junit := filepath.Join(t.TempDir(), "junit.xml")
	for name, tc := range map[string]struct {
		args   []string
		prints []string
		fails  string
	}{
		"tests that pass":                 {[]string{"--apex", right}, []string{"ok    ATest.one (", "A      3      66 %  5", "1 passed, 0 failed"}, ""},
		"a test that fails":               {[]string{"--apex", wrong}, []string{"FAIL  ATest.one\n      ATest.cls:1: System.AssertException: Assertion Failed: Expected: 2, Actual: 1", "0 passed, 1 failed"}, "1 of 1 failed"},
		"too little coverage":             {[]string{"--apex", right, "--coverage", "95"}, []string{"66 %"}, "less than 95 % of 1 classes"},
		"as much coverage as was asked":   {[]string{"--apex", right, "--coverage", "66", "-q"}, []string{"1 passed"}, ""},
		"a filter":                        {[]string{"--apex", right, "atest.ONE", "--coverage", "95"}, []string{"ok    ATest.one"}, ""},
		"a filter that no test fits":      {[]string{"--apex", right, "Other"}, []string{"0 passed, 0 failed"}, "no test of that name"},
		"a report for a CI system":        {[]string{"--apex", right, "--junit", junit}, []string{"1 passed"}, ""},
		"a report that has nowhere to be": {[]string{"--apex", right, "--junit", filepath.Join(right, "no", "where")}, nil, "apex test: open"},
		"a project that is not there":     {[]string{"--apex", filepath.Join(right, "missing")}, nil, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			cmd := root()
			cmd.SetArgs(append([]string{"apex", "test"}, tc.args...))
			cmd.SetOut(&out)
			err := cmd.ExecuteContext(t.Context())
			for _, text := range tc.prints {
				require.Contains(t, out.String(), text)
			}
			if tc.fails != "" {
				require.ErrorContains(t, err, tc.fails)
				return
			}
			require.NoError(t, err)
			if name == "a report for a CI system" {
				text, err := os.ReadFile(junit)
				require.NoError(t, err)
				require.Contains(t, string(text), `<testcase classname="ATest" name="one"`)
			}
		})
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "survivors.txt")
	require.NoError(t, os.WriteFile(path, []byte("# a note ## of ours\n\nA.cls: a => b ## nobody can tell\n"), 0o600))
	reasons, err := readReasons(path)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"A.cls: a => b": "nobody can tell"}, reasons)
	reasons, err = readReasons(path + "x")
	require.NoError(t, err)
	require.Empty(t, reasons)
}
