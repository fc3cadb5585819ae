package opencti

import (
	"slices"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// Page is a browser page that the library is or can be part of. What has to be done
// in it an agent does, in plain JavaScript: see web/opencti.js. This program may run in
// a worker, so it reaches neither the page's window nor anything in it.
type Page struct {
	host   safejs.Value
	asker  *jscall.Asker
	clicks *clicks
}

// NewPage returns the page whose loader this host is: its method openCTI(method,
// …) has the agent do something, and onClicked(listener) says who hears clicks. A
// program makes one.
func NewPage(host safejs.Value, asker *jscall.Asker) Page { return Page{host, asker, &clicks{}} }

// ask has the agent do something and waits for its answer. It errors with what the
// library threw, or with ctx's error.
func (p Page) ask(ctx span.Context, method string, args ...any) (safejs.Value, error) {
	return p.asker.Ask(ctx, p.host, "openCTI", append([]any{span.Deadline(ctx), method}, args...)...)
}

// view is what the agent says of the page, and of what it has done there.
type view struct {
	framed  bool     // the page is inside another
	href    string   // its address, empty where it has none
	there   bool     // there is a copy of the library
	methods []string // those that this copy has, of those that were asked for
	host    string   // whose copy it is, if a program has left that there
	seen    string   // the address when a script had run or a copy was started
	came    bool     // a script has brought a copy that was not there before
	threw   string   // what a copy threw when it was started
}

// names are the methods that are asked for.
var names = jscall.List(slices.Concat(methods[:], probes[:], []string{methodStart}))

// view is ask, where the answer is a view.
func (p Page) view(ctx span.Context, method string, args ...any) (view, error) {
	answer, err := p.ask(ctx, method, append([]any{names}, args...)...)
	if err != nil {
		return view{}, err
	}
	if _, err := jscall.Object(answer); err != nil { // nothing was ever loaded
		return view{}, err
	}
	// The agent is the program's own. What it does not say is not so.
	var v view
	for name, field := range map[string]*bool{"framed": &v.framed, "there": &v.there, "came": &v.came} {
		*field, _ = jscall.Bool(answer, name)
	}
	for name, field := range map[string]*string{"href": &v.href, "host": &v.host, "seen": &v.seen, "threw": &v.threw} {
		*field, _ = jscall.String(answer, name)
	}
	list, _ := jscall.Array(answer, "methods")
	for _, element := range list {
		if name, err := jscall.String(element); err == nil {
			v.methods = append(v.methods, name)
		}
	}
	return v, nil
}
