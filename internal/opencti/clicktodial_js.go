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

// OnClickToDial has every click on a number heard until ctx ends. One without a
// number is passed over and told to odd, as an [*AnswerError]. Both heard and odd
// run in the page's own call and must not block.
//
// Only one pair hears: a later call of OnClickToDial takes the clicks over. It
// blocks until the page has its listener, which says nothing of Salesforce, or until
// the deadline. It errors with a [*MissingError], with a [*TimeoutError], with what
// the library threw, or where ctx has ended already.
//
// See onClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_onclicktodial_lex.htm
func (c *Client) OnClickToDial(ctx span.Context, heard func(Click), odd func(error)) error {
	if !c.hears {
		listener, err := c.edge.Func("the listener of "+methodOnClick, c.hear) // for good
		if err == nil {
			_, err = jscall.Call(c.page.host, "onClicked", listener)
		}
		if err != nil {
			return &brokenError{methodOnClick, err}
		}
		c.hears = true
	}
	before := c.ear
	c.ear = ear{ctx, heard, odd} // a click may come before the answer
	if _, err := c.send(ctx, methodOnClick, "listen"); err != nil {
		c.ear = before
		return err
	}
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
