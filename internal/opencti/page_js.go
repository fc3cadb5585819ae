package opencti

import (
	"errors"
	"time"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// Page is a browser page, by its window, that the library is or can be part of.
type Page struct{ window safejs.Value }

// NewPage returns the page of this window.
func NewPage(window safejs.Value) Page { return Page{window} }

// library returns the page's sforce.opencti, if it has one. That it is there says
// nothing about whether it works.
func (p Page) library() (api safejs.Value, ok bool) {
	api, ok, err := jscall.Optional(jscall.Object, p.window, "sforce", "opencti")
	return api, ok && err == nil
}

// framed reports whether the page is inside another.
func (p Page) framed() bool {
	parent, err := jscall.Get(p.window, "parent")
	return err == nil && jscall.TypeOf(parent) == "object" && !parent.Equal(p.window)
}

// inFrame reports whether the page's address has the query with which Lightning at
// origin opens a frame.
func (p Page) inFrame(origin string) bool {
	href, err := jscall.String(p.window, "location", "href")
	if err != nil {
		return false
	}
	_, changed := repairURL(href, origin)
	return !changed
}

// inFrameOf runs do while the page's address has the query with which Lightning
// at origin opens a frame, and then puts the address back, unless somebody has
// navigated in the meantime. Its error is about the address; do runs in any case.
func (p Page) inFrameOf(origin string, do func()) (err error) {
	original, err := jscall.String(p.window, "location", "href")
	if err != nil {
		do()
		return err
	}
	repaired, changed := repairURL(original, origin)
	if !changed {
		do()
		return nil
	}
	err = p.replaceURL(repaired)
	defer func() {
		now, nowErr := jscall.String(p.window, "location", "href")
		back, ours := restoreURL(now, original, repaired)
		if nowErr == nil && ours {
			nowErr = p.replaceURL(back)
		}
		err = errors.Join(err, nowErr)
	}()
	do()
	return err
}

// replaceURL changes the address without loading it. The state is kept, since
// Flex's router has its key there.
func (p Page) replaceURL(href string) error {
	history, err := jscall.Get(p.window, "history")
	if err != nil {
		return err
	}
	state, err := jscall.Get(history, "state")
	if err != nil {
		return err
	}
	_, err = jscall.Call(history, "replaceState", state, "", href)
	return err
}

// inject adds a script element for src and waits until it has run. It returns the
// element, which the caller removes where the script is of no use, also with an
// error: the script failed, or did not come in time.
func (p Page) inject(ctx span.Context, edge jscall.Edge, src string, deadline time.Duration) (script safejs.Value, err error) {
	document, err := jscall.Get(p.window, "document")
	if err != nil {
		return safejs.Undefined(), err
	}
	script, err = jscall.Call(document, "createElement", "script")
	if err != nil {
		return safejs.Undefined(), err
	}

	ctx, stop := span.WithTimeout(ctx, deadline)
	defer stop() // frees the listeners
	ended := make(chan error, 1)
	for event, outcome := range map[string]error{"load": nil, "error": errScript} {
		listener := func(safejs.Value) {
			select {
			case ended <- outcome:
			default: // a page may send what it likes, and a callback must not block
			}
		}
		if err := edge.Listen(ctx, script, event, listener); err != nil {
			return script, err
		}
	}
	if err := jscall.Set(script, "src", src); err != nil {
		return script, err
	}
	head, err := jscall.Object(document, "head")
	if err != nil {
		return script, err
	}
	if _, err := jscall.Call(head, "appendChild", script); err != nil {
		return script, err
	}
	select {
	case err := <-ended:
		return script, err
	case <-ctx.Done():
		return script, ctx.Err()
	}
}

var errScript = errors.New("opencti: the script failed")

// remove takes an element out of the page, if it is one and is there.
func remove(element safejs.Value) {
	// There is nothing to be done about an element that does not go.
	_, _ = jscall.Call(element, "remove")
}
