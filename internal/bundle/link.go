package bundle

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// link bundles the loader with the program and Go's support script.
func link(ctx context.Context, o Options, packed []byte) (script, sourceMap []byte, err error) {
	support, err := runtime(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, nil, fmt.Errorf("bundle: %w", err)
	}
	built := api.Build(api.BuildOptions{
		AbsWorkingDir: dir,
		EntryPoints:   []string{"web/plugin.js"},
		Outfile:       o.Out,
		Bundle:        true,
		Format:        api.FormatIIFE,
		Platform:      api.PlatformBrowser,
		Target:        api.ES2022,
		// Flex's plugin pages and the console show the script, so no comment of
		// ours is worth its bytes.
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		LegalComments:  api.LegalCommentsNone,
		Sourcemap:      api.SourceMapLinked,
		SourcesContent: api.SourcesContentExclude,
		Banner:         map[string]string{"js": "/* flex-caselog " + Version + ", Apache-2.0 */"},
		Define:         map[string]string{"__VERSION__": strconv.Quote(Version)},
		Plugins: []api.Plugin{modules(map[string]string{
			"caselog:wasm_exec": wasmExec(support),
			"caselog:program":   "export default " + strconv.Quote(base64.StdEncoding.EncodeToString(packed)),
		})},
		LogLevel: api.LogLevelSilent,
	})
	if len(built.Errors) > 0 {
		return nil, nil, errors.New("bundle: " + strings.Join(
			api.FormatMessages(built.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage}), "\n"))
	}
	for _, f := range built.OutputFiles {
		if strings.HasSuffix(f.Path, ".map") {
			sourceMap = f.Contents
		} else {
			script = f.Contents
		}
	}
	return script, sourceMap, nil
}

// wasmExec makes a module of Go's support script: a function that is given the
// global object to work on, and returns the class Go. Besides that object the
// script names fs as a plain variable, through which the runtime of a program
// that dies says why; write is given those bytes.
func wasmExec(script string) string {
	return `export default function (globalThis, write) {
	const fs = { writeSync: (fd, bytes) => write(bytes) };
` + script + `
	return globalThis.Go;
}`
}

// modules makes importable what is no file, under names with a scheme.
func modules(contents map[string]string) api.Plugin {
	const namespace = "caselog"
	return api.Plugin{Name: namespace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^caselog:`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: a.Path, Namespace: namespace}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: namespace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, ok := contents[a.Path]
			if !ok {
				return api.OnLoadResult{}, fmt.Errorf("there is no module %s", a.Path)
			}
			return api.OnLoadResult{Contents: &text}, nil
		})
	}}
}
