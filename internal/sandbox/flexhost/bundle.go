package flexhost

import (
	"errors"
	"fmt"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle makes one classic script of host.js and all that it imports from dir's node_modules.
func bundle(dir, outfile string) error {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: dir,
		EntryPoints:   []string{"host.js"},
		Outfile:       outfile,
		Bundle:        true,
		Write:         true,
		Platform:      api.PlatformBrowser,
		Format:        api.FormatIIFE,
		// The order browsers' bundlers take: Flex UI itself has only main.
		MainFields: []string{"browser", "module", "main"},
		// Flex UI's dependencies were written for webpack 4, which supplied these.
		Alias:             map[string]string{"path": "path-browserify"},
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`, "global": "window"},
		Loader:            map[string]api.Loader{".png": api.LoaderDataURL, ".svg": api.LoaderDataURL, ".mp3": api.LoaderDataURL},
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelSilent,
	})
	var failed []error
	for _, message := range result.Errors {
		failed = append(failed, errors.New(describe(message)))
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("flexhost: bundling Flex UI: %w", err)
	}
	return nil
}

func describe(message api.Message) string {
	if message.Location == nil {
		return message.Text
	}
	return fmt.Sprintf("%s:%d: %s", message.Location.File, message.Location.Line, message.Text)
}
