package arrows

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "flexcaselog"

// rule is which packages one package may import besides the standard library,
// which of that it may not, and why.
type rule struct {
	may     []string // this module's by their path in it, others by their whole path
	mayNot  []string // of the standard library
	because string
}

const (
	safejs = "github.com/hack-pad/safejs"
	pure   = "the domain is a pure machine: the same events give the same effects, on every machine and in every test, " +
		"so it has no browser, no clock of its own, no goroutine and no I/O"
	native   = "the loop runs natively under -race and testing/synctest, so it knows no browser and neither vendor's API, only its ports"
	binding  = "a binding mirrors one vendor's API; it knows neither the other one nor what the plugin is for, so either can be replaced"
	rawEdge  = "raw callbacks are touched in internal/jscall only, where each is recovered and released"
	contract = "what is sent to the org is tested natively, so it can't be made of JavaScript values"
)

// clocks, goroutines and I/O are what a pure package does not touch. Package
// time is allowed for its types; who needs the time of day asks for it.
var impure = []string{"syscall/js", "syscall", "os", "io", "net", "net/http", "context", "sync", "sync/atomic", "runtime", "internal/span", "math/rand", "math/rand/v2", "crypto/rand", "log", "log/slog"}

var rules = map[string]rule{
	"internal/caselog":    {nil, impure, pure},
	"internal/plugin":     {[]string{"internal/caselog"}, []string{"syscall/js", "os", "net/http"}, native},
	"internal/softphone":  {nil, []string{"syscall/js", "os", "net/http"}, native},
	"internal/jscall":     {[]string{safejs}, []string{"net/http", "encoding/json"}, "the edge is small, and every byte of it is downloaded by every agent"},
	"internal/opencti":    {[]string{"internal/jscall", safejs}, []string{"syscall/js"}, binding + "; " + rawEdge},
	"internal/flexbridge": {[]string{"internal/jscall", safejs}, []string{"syscall/js"}, binding + "; " + rawEdge},
	"internal/outbox":     {[]string{"internal/caselog", "internal/jscall", safejs}, []string{"syscall/js"}, "it translates between the desk's records and the loader's store; " + rawEdge},
	"internal/salesforce": {[]string{"internal/caselog", "internal/opencti"}, []string{"syscall/js"}, contract},
	"cmd/plugin": {
		[]string{"internal/caselog", "internal/plugin", "internal/softphone", "internal/flexbridge", "internal/opencti", "internal/salesforce", "internal/outbox", "internal/jscall", safejs},
		[]string{"syscall/js", "net/http"}, "the composition root only wires; " + rawEdge,
	},
	"internal/bundle":  {[]string{"internal/functab", "github.com/evanw/esbuild/pkg/api"}, []string{"net/http"}, "building the script needs the tree and the compiler, and no network"},
	"internal/functab": {nil, []string{"os", "io", "net/http"}, "it reads a program's memory and knows neither the file that is in nor who needs it"},
}

// leaves import nothing of ours and stand for packages of the standard library that
// would be too much to download, so whoever might import those may import them.
var leaves = []string{"internal/clock", "internal/lean", "internal/span"}

// heavy is what the program in the browser must not link, however indirectly:
// each adds 40 kB or more to what every agent downloads.
var heavy = []string{"encoding/json", "context", "net/url", "net/http", "regexp", "log/slog", "text/template", "math/big"}

// pkg is what `go list -json` says of a package.
type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
}

// list asks the go command about packages as they are built for a system.
func list(t *testing.T, goos, goarch string, patterns ...string) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-e", "-json=ImportPath,Imports,Deps,Standard"}, patterns...)...)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}

// targets are the systems whose files have rules: tags hide each from the other.
var targets = map[string][2]string{"native": {"linux", "amd64"}, "browser": {"js", "wasm"}}

func TestArrows(t *testing.T) {
	t.Parallel()
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for path, r := range rules {
				for _, p := range list(t, target[0], target[1], "./"+path) {
					for _, imported := range p.Imports {
						require.True(t, r.allows(imported), "%s must not import %s: %s", path, imported, r.because)
					}
				}
			}
		})
	}
}

// allows tells whether the rule lets a package import path.
func (r rule) allows(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	standard := !strings.Contains(first, ".") && first != module
	if standard {
		return !slices.Contains(r.mayNot, path)
	}
	own := strings.TrimPrefix(path, module+"/")
	return slices.Contains(r.may, own) || slices.Contains(leaves, own) && !slices.Contains(r.mayNot, own)
}

func TestTheBrowserDownloadsNothingHeavy(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "js", "wasm", "./cmd/plugin") {
		for _, h := range heavy {
			require.NotContains(t, p.Deps, h, "cmd/plugin links %s, which every agent would download; see `go mod why` or `go list -deps`", h)
		}
	}
}

func TestNobodyImportsTheProductFromTheSandbox(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "linux", "amd64", "./internal/sandbox/...", "./internal/apexrun/...") {
		for _, product := range []string{"caselog", "plugin", "opencti", "flexbridge", "salesforce", "jscall"} {
			require.NotContains(t, p.Imports, module+"/internal/"+product,
				"%s stands in for somebody else's system: what it shares with the product it could not find wrong", p.ImportPath)
		}
	}
}
