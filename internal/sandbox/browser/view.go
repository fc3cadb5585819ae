package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

// look is how often a condition is looked at again.
const look = 40 * time.Millisecond

// view is a document that can be asked and clicked: the page's or a frame's.
type view struct {
	page    *Page
	name    string
	session func(context.Context) (context.Context, error)
}

// Eval evaluates an expression, waits if it is a promise, and decodes its value
// into out, which may be nil. It errors when the expression throws, the value
// does not fit, or the document goes away meanwhile.
func (v view) Eval(ctx context.Context, expression string, out any) error {
	own, err := v.session(ctx)
	if err != nil {
		return fmt.Errorf("browser: %s: %w", v.name, because(ctx, err))
	}
	run, cancel := bind(ctx, own)
	defer cancel()
	// Through JSON of our own: so undefined, and what chromedp cannot decode, is null.
	wrapped := "(async () => JSON.stringify((await (" + expression + ")) ?? null))()"
	text, err := chromedp.Run(run, chromedp.Evaluate[string](wrapped, chromedp.EvalAwaitPromise))
	if err != nil {
		return fmt.Errorf("browser: %s: evaluating %.120s: %w", v.name, expression, because(ctx, err))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal([]byte(text), out); err != nil {
		return fmt.Errorf("browser: %s: the value of %.120s: %w", v.name, expression, err)
	}
	return nil
}

// Wait waits until an expression is true. A document that is not there yet, or
// is just being replaced, counts as not true. It errors only when ctx ends, and
// says then what was waited for and what was seen last.
func (v view) Wait(ctx context.Context, what, expression string) error {
	return v.poll(ctx, what, func() error {
		var ok bool
		if err := v.Eval(ctx, "!!("+expression+")", &ok); err != nil {
			return err
		}
		if !ok {
			return errNotYet
		}
		return nil
	})
}

// Has says whether an element is there and visible now.
func (v view) Has(ctx context.Context, selector string) bool {
	var p place
	return v.Eval(ctx, placeOf(selector, 0), &p) == nil && p.Found && p.Width > 0 && p.Height > 0
}

// Text is the text of the first element a selector finds, empty without one.
func (v view) Text(ctx context.Context, selector string) (string, error) {
	var text string
	err := v.Eval(ctx, "document.querySelector("+quote(selector)+")?.innerText ?? ''", &text)
	return text, err
}

var errNotYet = errors.New("not yet")

// place is where an element is in the viewport of its own document.
type place struct {
	Found    bool    `json:"found"`
	Enabled  bool    `json:"enabled"`
	Top      bool    `json:"top"` // nothing of the same document lies over it
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	Width    float64 `json:"width"`
	Height   float64 `json:"height"`
	Obstacle string  `json:"obstacle"`
}

// Click waits until an element is there, visible, enabled, at rest and not
// covered, and clicks its middle with the mouse, through the page, as a person
// does. It errors when ctx ends first.
func (v view) Click(ctx context.Context, selector string) error {
	return v.ClickNth(ctx, selector, 0)
}

// ClickNth is Click for another than the first of the elements a selector finds.
func (v view) ClickNth(ctx context.Context, selector string, n int) error {
	var before place
	return v.poll(ctx, "clicking "+selector, func() error {
		var now place
		if err := v.Eval(ctx, placeOf(selector, n), &now); err != nil {
			return err
		}
		rested := now == before
		before = now
		switch {
		case !now.Found || now.Width == 0 || now.Height == 0:
			return errors.New("it is not there")
		case !now.Enabled:
			return errors.New("it is disabled")
		case !now.Top:
			return fmt.Errorf("%s lies over it", now.Obstacle)
		case !rested:
			return errors.New("it is moving")
		}
		x, y, err := v.corner(ctx)
		if err != nil {
			return err
		}
		x, y = x+now.X+now.Width/2, y+now.Y+now.Height/2
		if err := v.page.reaches(ctx, v, x, y); err != nil {
			return err
		}
		run, cancel := bind(ctx, v.page.ctx)
		defer cancel()
		return chromedp.Do(run, chromedp.MouseClickXY(x, y))
	})
}

// corner is where the document's upper left corner is in the page.
func (v view) corner(ctx context.Context) (x, y float64, err error) {
	own, err := v.session(ctx)
	if err != nil || own == v.page.ctx {
		return 0, 0, err
	}
	run, cancel := bind(ctx, v.page.ctx)
	defer cancel()
	// A frame that is a target of its own has the frame's id.
	id := cdp.FrameID(chromedp.FromContext(own).Target.TargetID)
	owner, err := chromedp.Call(run, dom.GetFrameOwner, dom.GetFrameOwnerParams{FrameID: id})
	if err != nil {
		return 0, 0, err
	}
	box, err := chromedp.Call(run, dom.GetBoxModel, dom.GetBoxModelParams{BackendNodeID: owner.BackendNodeID})
	if err != nil {
		return 0, 0, err
	}
	return box.Model.Content[0], box.Model.Content[1], nil
}

// reaches errors when something of the page lies over a frame at a point.
func (p *Page) reaches(ctx context.Context, v view, x, y float64) error {
	if v.name == p.name {
		return nil
	}
	var tag string
	at := fmt.Sprintf("document.elementFromPoint(%f, %f)?.tagName ?? 'the edge of the window'", x, y)
	if err := p.Eval(ctx, at, &tag); err != nil {
		return err
	}
	if tag != "IFRAME" {
		return fmt.Errorf("%s of the page lies over it", tag)
	}
	return nil
}

func placeOf(selector string, n int) string {
	return `((sel, n) => {
		const e = document.querySelectorAll(sel)[n];
		if (!e) return { found: false };
		e.scrollIntoView({ block: 'nearest', inline: 'nearest' });
		const r = e.getBoundingClientRect();
		const over = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		return { found: true, enabled: !e.disabled && e.getAttribute('aria-disabled') !== 'true',
			top: e.contains(over),
			x: r.x, y: r.y, width: r.width, height: r.height,
			obstacle: over ? '<' + over.tagName.toLowerCase() + ' class="' + over.className + '">' : 'the edge of the window' };
	})(` + quote(selector) + `, ` + strconv.Itoa(n) + `)`
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil { // a string always marshals
		return `""`
	}
	return string(b)
}

// poll tries until there is no error, or ctx ends, or the tab is closed.
func (v view) poll(ctx context.Context, what string, try func() error) error {
	var last error
	for {
		err := try()
		if err == nil {
			return nil
		}
		// A try that ctx's end cut off knows only of that.
		if last == nil || ctx.Err() == nil {
			last = err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("browser: %s: %s: %w (last: %w)", v.name, what, context.Cause(ctx), last)
		case <-v.page.ctx.Done():
			return fmt.Errorf("browser: %s: %s: the tab was closed (last: %w)", v.name, what, last)
		case <-time.After(look):
		}
	}
}

// because prefers the caller's reason to chromedp's "context canceled".
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
