package opencti

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// EnableClickToDial makes the numbers in the Salesforce page clickable. It blocks
// until the answer or the deadline, and errors as RunApex does.
//
// See enableClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_enableclicktodial_lex.htm
func (c *Client) EnableClickToDial(ctx span.Context) error {
	_, err := c.call(ctx, "enableClickToDial", map[string]any{})
	return err
}

// DisableClickToDial makes the numbers in the Salesforce page plain text again.
// It blocks until the answer or the deadline, and errors as RunApex does.
//
// See disableClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_disableclicktodial_lex.htm
func (c *Client) DisableClickToDial(ctx span.Context) error {
	_, err := c.call(ctx, "disableClickToDial", map[string]any{})
	return err
}

// ear is who hears clicks.
type ear struct {
	ctx   span.Context
	heard func(Click)
	odd   func(error)
}

// clicks are those of a page, for all its clients. The host holds one listener, the
// last that it was given, so a client with one of its own would leave the others deaf,
// and each try that failed would leave one behind. This one is never released: there
// is one in a program's life, and the host forgets it when the program ends.
type clicks struct {
	listener *safejs.Func // nil until somebody has listened; it reports panics to the edge of who was first
	told     bool         // the host has it
	ear      *ear         // nil where nobody hears
}

// come has the clicks of a page come here.
func (c *clicks) come(host safejs.Value, edge jscall.Edge) error {
	if c.told {
		return nil
	}
	if c.listener == nil {
		listener, err := edge.Func("the listener of "+methodOnClick, c.hear)
		if err != nil {
			return err
		}
		c.listener = &listener
	}
	_, err := jscall.Call(host, "onClicked", *c.listener)
	c.told = err == nil
	return err
}

// OnClickToDial has every click on a number heard until ctx ends. One without a
// number is passed over and told to odd, as an [*AnswerError]. Both heard and odd
// run in a callback, on the program's own thread, which is a worker wherever the page
// has one for it. They must not block: until they return that thread hears nothing
// else, no answer either.
//
// Only one pair hears: a later call of OnClickToDial, of any client of the page, takes
// the clicks over. It blocks until the page has its listener, which says nothing of
// Salesforce, or until the deadline, and it may be called again where it failed: the
// library gets no second listener for that it was slow. It errors with a
// [*MissingError], with a [*TimeoutError], with what the library threw, or where ctx
// has ended.
//
// See onClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_onclicktodial_lex.htm
func (c *Client) OnClickToDial(ctx span.Context, heard func(Click), odd func(error)) error {
	clicks := c.page.clicks
	if err := clicks.come(c.page.host, c.edge); err != nil {
		return &brokenError{methodOnClick, err}
	}
	before, own := clicks.ear, &ear{ctx, heard, odd}
	clicks.ear = own // a click may come before the answer
	if _, err := c.send(ctx, methodOnClick, "listen"); err != nil {
		if clicks.ear == own { // else somebody has taken over meanwhile
			clicks.ear = before
		}
		return err
	}
	return nil
}

// hear is the listener.
func (c *clicks) hear(in []safejs.Value) {
	ear := c.ear
	if ear == nil || ear.ctx.Err() != nil {
		return
	}
	click, ok := parseClick(jscall.Plain(jscall.First(in)))
	if !ok {
		ear.odd(&AnswerError{Method: methodOnClick, Problem: "a click without a number"})
		return
	}
	ear.heard(click)
}
