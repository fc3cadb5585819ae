package org_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"flexcaselog/internal/sandbox/org"
)

// project writes the small project of testdata, with more files over it, and returns its directory.
func project(t *testing.T, more map[string]string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/project.txtar")
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	for name, text := range more {
		files[name] = text
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

// without writes the shipped project with one text of the agent's permission set replaced, and returns its directory.
func without(t *testing.T, text, instead string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../../apex/force-app")))
	path := filepath.Join(dir, "main/default/permissionsets", org.AgentPermissionSet+".permissionset-meta.xml")
	set, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(set), text))
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(set), text, instead, 1)), 0o600))
	return dir
}

// open starts an org with the small project.
func open(t *testing.T) *org.Org {
	t.Helper()
	return openWith(t, org.Config{ProjectDir: project(t, nil)})
}

func openWith(t *testing.T, config org.Config) *org.Org {
	t.Helper()
	o, err := org.Open(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	return o
}

// insert stores a record that must be stored.
func insert(t *testing.T, o *org.Org, object string, fields map[string]any) string {
	t.Helper()
	id, err := o.Insert(t.Context(), object, fields)
	require.NoError(t, err)
	return id
}
