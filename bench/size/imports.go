package size

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// use is a small thing done with a package.
type use struct {
	what    string
	imports string // separated by spaces
	body    string // may use v, a safejs.Value, and text, a string the compiler doesn't know
}

// uses is what a program like ours might want, to see what it would cost.
var uses = []use{
	{"sync.Mutex", "sync", `var m sync.Mutex; m.Lock(); m.Unlock()`},
	{"strconv.Itoa", "strconv", `println(strconv.Itoa(len(text)))`},
	{"strings.Builder", "strings", `var b strings.Builder; b.WriteString(text); println(b.String())`},
	{"math/rand/v2", "math/rand/v2", `println(rand.Int64N(int64(len(text) + 2)))`},
	{"time.Now", "time", `println(time.Now().UnixMilli())`},
	{"time.AfterFunc", "time", `time.AfterFunc(time.Second, func() { println(text) })`},
	{"errors.AsType", "errors", `e, ok := errors.AsType[js.Error](err); println(e.Error(), ok)`},
	{"errors.Is", "errors", `println(errors.Is(err, errors.ErrUnsupported))`},
	{"errors.As", "errors", `var e js.Error; println(errors.As(err, &e))`},
	{"strings.Split, Index", "strings", `println(strings.Split(text, ",")[0], strings.Index(text, "yy"))`},
	{"strings.TrimSpace, ReplaceAll", "strings", `println(strings.TrimSpace(text), strings.ReplaceAll(text, "a", "b"))`},
	{"strings.ToLower", "strings", `println(strings.ToLower(text))`},
	{"strings.EqualFold, Fields", "strings", `println(strings.Fields(text)[0], strings.EqualFold(text, "x"))`},
	{"strings.NewReplacer", "strings", `println(strings.NewReplacer("a", "b", "c", "d").Replace(text))`},
	{"slices.Sort of strings", "slices", `s := []string{"b", text}; slices.Sort(s); println(s[0])`},
	{"select of two channels", "", `a, b := make(chan int), make(chan int); go func() { a <- 1 }(); select { case <-a: case <-b: }`},
	{"time.NewTimer and its channel", "time", `<-time.NewTimer(time.Second).C`},
	{"time.Time.Format", "time", `println(time.Now().Format(text))`},
	{"a time.Time in an interface", "time fmt", `println(fmt.Sprint(time.Now()))`},
	{"fmt.Println", "fmt", `fmt.Println(text, err)`},
	{"context.WithCancel", "context", `c, stop := context.WithCancel(context.Background()); go func() { <-c.Done() }(); stop()`},
	{"context.WithTimeout", "context time", `c, stop := context.WithTimeout(context.Background(), time.Second); go func() { <-c.Done() }(); stop()`},
	{"net/url", "net/url", `u, err := url.Parse(text); println(u.String(), err)`},
	{"regexp", "regexp", `println(regexp.MustCompile(text).MatchString(text))`},
	{"encoding/json", "encoding/json", `b, err := json.Marshal(map[string]any{"a": text}); println(string(b), err)`},
	{"log/slog", "log/slog", `slog.Info(text)`},
}

// source is the floor with that one thing in it.
func (u use) source() string {
	var imports strings.Builder
	for _, path := range strings.Fields(u.imports) {
		fmt.Fprintf(&imports, "\t%q\n", path)
	}
	return `package main

import (
	"syscall/js"

	"github.com/hack-pad/safejs"
` + imports.String() + `)

func main() {
	v, err := safejs.Global().Get("page")
	if err != nil {
		println(err.Error())
	}
	callback := js.FuncOf(func(js.Value, []js.Value) any { return nil })
	if _, err := v.Call("listen", callback); err != nil {
		println(err.Error())
	}
	text, err := v.String()
	use(v, text, err)
	select {}
}

//go:noinline
func use(v safejs.Value, text string, err error) {
	` + u.body + `
}
`
}

// Import is what one thing would add to the floor, in bytes of gzip.
type Import struct {
	What  string
	Bytes int
}

// imports builds the floor with each use in turn.
func (r *runner) imports(ctx context.Context) ([]Import, error) {
	dir, err := os.MkdirTemp("", "caselog-size-")
	if err != nil {
		return nil, fmt.Errorf("size: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	build := func(u use) (int, error) {
		file := filepath.Join(dir, "main_js.go")
		if err := os.WriteFile(file, []byte(u.source()), 0o644); err != nil {
			return 0, fmt.Errorf("size: %w", err)
		}
		s, err := r.build(ctx, file, shipped)
		return s.Gzip, err
	}
	nothing, err := build(use{body: "println(text)"})
	if err != nil {
		return nil, err
	}
	var all []Import
	for _, u := range uses {
		r.progress("building the floor with " + u.what)
		bytes, err := build(u)
		if err != nil {
			return nil, err
		}
		all = append(all, Import{u.what, bytes - nothing})
	}
	return all, nil
}
