package main

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/bundle"
)

// The package in Salesforce and the plugin are released together, so that a report
// with two versions means that one of them was not deployed.
func TestThePackageHasThePluginsVersion(t *testing.T) {
	t.Parallel()
	class, err := os.ReadFile("../../apex/force-app/main/default/classes/TwilioCaseController.cls")
	require.NoError(t, err)
	version := regexp.MustCompile(`VERSION = '([^']+)'`).FindSubmatch(class)
	require.NotNil(t, version)
	require.Equal(t, bundle.Version, string(version[1]))
}
