package browser

import (
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// Line is one thing a page said: a console call, an exception nobody caught,
// or a complaint of the browser.
type Line struct {
	From  string // "page" or the host of the frame
	Level string // log, debug, info, warning, error, exception
	Text  string
}

func (l Line) String() string { return fmt.Sprintf("[%s] %s: %s", l.From, l.Level, l.Text) }

// console gathers the lines of a page and of its frames, in order of arrival.
type console struct {
	mu    sync.Mutex
	lines []Line
}

func (c *console) add(l Line) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, l)
}

func (c *console) all() []Line {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Line(nil), c.lines...)
}

// listener is what chromedp calls for every event of one target.
func (c *console) listener(from string) func(any) {
	return func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			words := make([]string, len(e.Args))
			for i, a := range e.Args {
				words[i] = word(a)
			}
			c.add(Line{from, e.Type.String(), strings.Join(words, " ")})
		case *runtime.EventExceptionThrown:
			text := e.ExceptionDetails.Text
			if x := e.ExceptionDetails.Exception; x != nil {
				text += " " + word(x)
			}
			c.add(Line{from, "exception", text})
		case *log.EventEntryAdded:
			c.add(Line{from, e.Entry.Level.String(), strings.TrimSpace(e.Entry.Text + " " + e.Entry.URL)})
		}
	}
}

// word is one argument as a person reads it: a string without its quotes, an
// object by its description.
func word(o *runtime.RemoteObject) string {
	if o.Description != "" {
		return o.Description
	}
	return strings.Trim(string(o.Value), `"`)
}
