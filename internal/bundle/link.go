package bundle

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// link bundles what runs in the program's thread, with the program and Go's support
// script, and then the loader with that as a text: a worker is started from a text.
func link(ctx context.Context, o Options, packed []byte) (script, sourceMap []byte, err error) {
	support, err := runtime(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	inside, err := bundleModule(o.Dir, api.BuildOptions{
		EntryPoints: []string{"web/thread/entry.js"}, GlobalName: "thread",
		// The name under which web/thread.js knows it.
		Footer: map[string]string{"js": "var begin=thread.begin"},
	}, map[string]string{
		"caselog:wasm_exec": wasmExec(support),
		"caselog:program":   "export default " + strconv.Quote(base64.StdEncoding.EncodeToString(packed)),
	})
	if err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(string(inside[0].Contents))
	if err != nil {
		return nil, nil, fmt.Errorf("bundle: %w", err)
	}
	outside, err := bundleModule(o.Dir, api.BuildOptions{
		EntryPoints: []string{"web/plugin.js"}, Outfile: o.Out,
		Sourcemap: api.SourceMapLinked, SourcesContent: api.SourcesContentExclude,
		Banner: map[string]string{"js": "/* flex-caselog " + Version + ", Apache-2.0 */"},
	}, map[string]string{"caselog:thread": "export default " + string(text)})
	if err != nil {
		return nil, nil, err
	}
	for _, f := range outside {
		if strings.HasSuffix(f.Path, ".map") {
			sourceMap = f.Contents
		} else {
			script = f.Contents
		}
	}
	return script, sourceMap, nil
}

// bundleModule makes one classic script of a module and all that it imports, some of
// which is no file.
func bundleModule(dir string, o api.BuildOptions, made map[string]string) ([]api.OutputFile, error) {
	var err error
	if o.AbsWorkingDir, err = filepath.Abs(dir); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	o.Bundle, o.Format, o.Platform, o.Target = true, api.FormatIIFE, api.PlatformBrowser, api.ES2022
	// Flex's plugin pages and the console show the script, so no comment of ours is
	// worth its bytes.
	o.MinifyWhitespace, o.MinifySyntax, o.MinifyIdentifiers = true, true, true
	o.LegalComments = api.LegalCommentsNone
	o.Define = map[string]string{"__VERSION__": strconv.Quote(Version)}
	o.Plugins = []api.Plugin{modules(made)}
	o.LogLevel = api.LogLevelSilent
	built := api.Build(o)
	if len(built.Errors) > 0 {
		return nil, errors.New("bundle: " + strings.Join(
			api.FormatMessages(built.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage}), "\n"))
	}
	return built.OutputFiles, nil
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
