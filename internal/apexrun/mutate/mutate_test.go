package mutate_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun/mutate"
)

const class = `public with sharing class A {
    // 1 == 2 && 'no'
    @SuppressWarnings('PMD.X')
    public static Integer run(List<String> é) {
        if (é.size() > 0 && !é.isEmpty()) {
            insert as user new Case(Subject = 'é' + 7);
        }
        List<Case> found = [
            SELECT Id, Subject
            FROM Case
            WHERE Subject != NULL
            WITH USER_MODE
            LIMIT 1
        ];
        throw new X();
    }
}
`

func project(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

func breaks(t *testing.T, name, text string) []string {
	t.Helper()
	all, err := mutate.Generate(project(t, map[string]string{name: text}))
	require.NoError(t, err)
	var out []string
	for _, m := range all {
		out = append(out, m.What+": "+m.After)
	}
	return out
}

func TestBreaksOfAClass(t *testing.T) {
	t.Parallel()
	require.ElementsMatch(t, []string{
		"move a bound: if (é.size() >= 0 && !é.isEmpty()) {",
		"count one more: if (é.size() > 1 && !é.isEmpty()) {",
		"or for and: if (é.size() > 0 || !é.isEmpty()) {",
		"drop a not: if (é.size() > 0 && é.isEmpty()) {",
		"a condition that always holds: if (true) {",
		"a condition that never holds: if (false) {",
		"write as the system: insert as system new Case(Subject = 'é' + 7);",
		"empty a text: insert as user new Case(Subject = '' + 7);",
		"count one more: insert as user new Case(Subject = 'é' + 8);",
		"leave out a statement: ",
		"turn a comparison round: WHERE Subject == NULL",
		"leave out a clause: ",
		"leave out a field: SELECT Id",
		"ask as the system: WITH SYSTEM_MODE",
		"leave out a throw: ",
	}, breaks(t, "A.cls", class))
	require.Empty(t, breaks(t, "ATest.cls", "@IsTest\n"+class), "tests are not broken")
	require.Empty(t, breaks(t, "A.layout-meta.xml", "<required>true</required>"))
}

func TestBreaksOfMetadata(t *testing.T) {
	t.Parallel()
	require.ElementsMatch(t, []string{"turn round unique: <unique>false</unique>", "shrink length: <length>39</length>", "change type: <type>Number</type>"},
		breaks(t, "A.field-meta.xml", "<unique>true</unique>\n<length>80</length>\n<type>Text</type>\n<label>true</label>"))
	require.ElementsMatch(t, []string{"turn round readable: <readable>false</readable>", "misspell field: <field>Case.Subjectx</field>"},
		breaks(t, "A.permissionset-meta.xml", "<PermissionSet>\n<field>Case.Subject</field>\n<readable>true</readable>"))
	require.Equal(t, []string{"lower apiVersion: <apiVersion>58.0</apiVersion>"}, breaks(t, "A.cls-meta.xml", "<apiVersion>67.0</apiVersion>"))
	require.ElementsMatch(t, []string{`change value: <value xsi:type="xsd:double">0.09</value>`},
		breaks(t, "A.B.md-meta.xml", `<value xsi:type="xsd:double">0.0</value>`))
}

func TestTryBreaksTheCopyAndMendsIt(t *testing.T) {
	t.Parallel()
	from := project(t, map[string]string{"main/A.cls": class, "node_modules/B.cls": class, ".hidden/C.cls": class})
	copied := t.TempDir()
	require.NoError(t, mutate.Copy(from, copied))
	all, err := mutate.Generate(from)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, m := range all {
		require.Equal(t, filepath.Join("main", "A.cls"), m.File)
		by, err := mutate.Try(t.Context(), m, copied, func(_ context.Context, dir string) (string, error) {
			text, err := os.ReadFile(filepath.Join(dir, m.File))
			seen[string(text)] = true
			return "the reader", err
		})
		require.NoError(t, err)
		require.Equal(t, "the reader", by)
		require.True(t, strings.HasPrefix(m.Key(), "A.cls: "+m.Before+" =>"))
	}
	require.Len(t, seen, len(all), "each is another break")
	require.False(t, seen[class])
	text, err := os.ReadFile(filepath.Join(copied, "main", "A.cls"))
	require.NoError(t, err)
	require.Equal(t, class, string(text))
	require.NoFileExists(t, filepath.Join(copied, "node_modules", "B.cls"))
	require.NoFileExists(t, filepath.Join(copied, ".hidden", "C.cls"))

	_, err = mutate.Try(t.Context(), all[0], t.TempDir(), nil)
	require.Error(t, err)
	_, err = mutate.Generate(filepath.Join(from, "missing"))
	require.ErrorContains(t, err, "mutate: ")
	require.Error(t, mutate.Copy(filepath.Join(from, "missing"), t.TempDir()))
}

func TestSpreadIsEven(t *testing.T) {
	t.Parallel()
	all := make([]mutate.Mutant, 10)
	for i := range all {
		all[i].Line = i
	}
	require.Len(t, mutate.Spread(all, 0), 10)
	require.Len(t, mutate.Spread(all, 20), 10)
	var lines []int
	for _, m := range mutate.Spread(all, 4) {
		lines = append(lines, m.Line)
	}
	require.Equal(t, []int{0, 2, 5, 7}, lines)
}
