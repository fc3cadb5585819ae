package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// features is docs/features.md, a row for each number.
func features(t *testing.T) map[int][]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/features.md")
	require.NoError(t, err)
	rows := map[int][]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		n, err := strconv.Atoi(strings.TrimSpace(cells[0]))
		if err != nil {
			continue
		}
		require.Len(t, cells, 4, "row %d", n)
		require.NotContains(t, rows, n, "a number that is there twice")
		rows[n] = []string{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])}
	}
	return rows
}

// TestEveryFeatureIsHeldByATestThatIsThere reads what the list of features claims.
func TestEveryFeatureIsHeldByATestThatIsThere(t *testing.T) {
	t.Parallel()
	const asked, least = 74, 60
	there := theTests(t)
	rows := features(t)
	yes := 0
	for n := 1; n <= asked; n++ {
		row, ok := rows[n]
		require.True(t, ok, "%d is missing", n)
		feature, ours, held := row[0], row[1], row[2]
		if strings.HasPrefix(ours, "**no**: ") {
			require.Empty(t, held, "%d %s: a feature that we do not have is held by nothing", n, feature)
			require.Greater(t, len(ours), 40, "%d %s: say why", n, feature)
			continue
		}
		require.True(t, strings.HasPrefix(ours, "**yes**"), "%d %s: neither yes nor no", n, feature)
		yes++
		names := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(held, -1)
		require.NotEmpty(t, names, "%d %s: no test", n, feature)
		for _, name := range names {
			require.Empty(t, there.lacks(name[1]), "%d %s", n, feature)
		}
	}
	require.Len(t, rows, asked)
	require.GreaterOrEqual(t, yes, least)
	t.Logf("%d of %d", yes, asked)
}

// TestATestThatIsNotThereIsNoticed is what the other one must refuse.
func TestATestThatIsNotThereIsNoticed(t *testing.T) {
	t.Parallel()
	there := theTests(t)
	for name, fine := range map[string]bool{
		"flexbridge.TestEachKey":                    true,
		"flexbridge.TestEachKey/api_version":        true,
		"flexbridge.TestEachKey/no_such_key":        false,
		"opencti.TestEachKey":                       false,
		"e2e.TestE2ETheAgentHangsUp":                true,
		"e2e.openDesk":                              false,
		"TwilioPhoneTest.takesNobodyElsesNumber":    true,
		"TwilioPhoneTest.takesEverybodysNumber":     false,
		"TwilioTestData.itAll":                      false,
		"story: who_ended_it":                       true,
		"story: who_began_it":                       false,
		"web: an action without a task is nothing":  true,
		"web: an action without a task is anything": false,
		"some words":                                false,
	} {
		require.Equal(t, fine, there.lacks(name) == "", name)
	}
}

// tests are those of the tree: of a Go package or an Apex class the names of the
// functions, each with the text in which its cases are; the loader's and the stories.
type tests struct {
	functions map[string]string
	web       string
	stories   map[string]bool
}

// lacks says what of a test's name is not there.
func (ts tests) lacks(name string) string {
	if title, ok := strings.CutPrefix(name, "web: "); ok {
		for _, quote := range []string{"'", "`"} {
			if strings.Contains(ts.web, quote+title+quote) {
				return ""
			}
		}
		return "no test of the loader is called " + title
	}
	if story, ok := strings.CutPrefix(name, "story: "); ok {
		if ts.stories[story] {
			return ""
		}
		return "there is no story " + story
	}
	function, part, hasPart := strings.Cut(name, "/")
	body, ok := ts.functions[function]
	switch {
	case !ok:
		return "there is no test " + function
	case hasPart && !strings.Contains(body, strconv.Quote(part)):
		return function + " has no case " + part
	}
	return ""
}

func theTests(t *testing.T) tests {
	t.Helper()
	const root = "../.."
	ts := tests{functions: map[string]string{}, stories: map[string]bool{}}
	for _, dir := range []string{"cmd", "internal", "e2e", "apex/force-app/test", "web/test"} {
		require.NoError(t, filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			switch name := entry.Name(); {
			case strings.HasSuffix(name, "_test.go"):
				return ts.addGo(path)
			case strings.HasSuffix(name, "Test.cls"):
				return ts.addApex(path)
			case strings.HasSuffix(name, ".test.mjs"):
				text, err := os.ReadFile(path)
				ts.web += string(text)
				return err
			case strings.Contains(path, "internal/caselog/testdata/"):
				ts.stories[name] = true
			}
			return nil
		}))
	}
	return ts
}

func (ts tests) addGo(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, 0)
	if err != nil {
		return err
	}
	pkg := filepath.Base(filepath.Dir(path))
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
			ts.functions[pkg+"."+f.Name.Name] = string(text[files.Position(f.Pos()).Offset:files.Position(f.End()).Offset])
		}
	}
	return nil
}

var apexMethod = regexp.MustCompile(`(?i)@IsTest\s+static\s+void\s+(\w+)`)

func (ts tests) addApex(path string) error {
	text, err := os.ReadFile(path)
	class := strings.TrimSuffix(filepath.Base(path), ".cls")
	for _, match := range apexMethod.FindAllStringSubmatch(string(text), -1) {
		ts.functions[class+"."+match[1]] = ""
	}
	return err
}
