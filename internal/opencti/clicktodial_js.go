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

const methodOnClick = "onClickToDial"

// ear is who hears clicks.
type ear struct {
	ctx   span.Context
	heard func(Click)
	odd   func(error)
}

// OnClickToDial has every click on a number heard until ctx ends. One without a
// number is passed over and told to odd, as an [*AnswerError]. Both heard and odd
// run in the page's own call and must not block.
//
// The library keeps its listeners for good and calls all of them, so a client
// registers one in its life: a later call of OnClickToDial takes the clicks over.
//
// It does not block. It errors with a [*MissingError], with what the library
// threw, or where ctx has ended already.
//
// See onClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_onclicktodial_lex.htm
func (c *Client) OnClickToDial(ctx span.Context, heard func(Click), odd func(error)) error {
	if err := c.sendable(ctx, methodOnClick); err != nil {
		return err
	}
	c.ear = ear{ctx, heard, odd}
	if c.listens {
		return nil
	}
	listener, err := c.edge.Func("the listener of "+methodOnClick, c.hear)
	if err != nil {
		return &brokenError{methodOnClick, err}
	}
	if _, err := jscall.Call(c.api, methodOnClick, map[string]any{"listener": listener}); err != nil {
		c.ear = ear{}
		listener.Release()
		return &brokenError{methodOnClick, err}
	}
	c.listens = true // the page has the listener now, so it is never freed
	return nil
}

// hear is the listener.
func (c *Client) hear(in []safejs.Value) {
	ear := c.ear
	if ear.ctx == nil || ear.ctx.Err() != nil {
		return
	}
	click, ok := parseClick(jscall.Plain(jscall.First(in)))
	if !ok {
		ear.odd(&AnswerError{Method: methodOnClick, Problem: "a click without a number"})
		return
	}
	ear.heard(click)
}
