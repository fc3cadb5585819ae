package opencti

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
)

// EnableClickToDial makes the numbers in the Salesforce page clickable. It blocks
// until the answer or the deadline, and errors as RunApex does.
//
// See enableClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_enableclicktodial_lex.htm
func (c *Client) EnableClickToDial(ctx context.Context) error {
	_, err := c.call(ctx, "enableClickToDial", map[string]any{})
	return err
}

// DisableClickToDial makes the numbers in the Salesforce page plain text again.
// It blocks until the answer or the deadline, and errors as RunApex does.
//
// See disableClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_disableclicktodial_lex.htm
func (c *Client) DisableClickToDial(ctx context.Context) error {
	_, err := c.call(ctx, "disableClickToDial", map[string]any{})
	return err
}

// ear is who hears clicks.
type ear struct {
	ctx   context.Context
	heard func(Click)
	odd   func(error)
}

// OnClickToDial has every click on a number heard until ctx ends. What is strange
// about a click is told to odd, in words that quote nothing of it; one without a
// number is passed over. Both heard and odd run in the page's own call and must
// not block.
//
// The library keeps its listeners for good and calls all of them, so a client
// registers one in its life: a later call of OnClickToDial takes the clicks over.
//
// It does not block. It errors with a [*MissingError], with what the library
// threw, or where ctx has ended already.
//
// See onClickToDial() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_onclicktodial_lex.htm
func (c *Client) OnClickToDial(ctx context.Context, heard func(Click), odd func(error)) error {
	const method = "onClickToDial"
	if err := c.sendable(ctx, method); err != nil {
		return err
	}
	c.ear = ear{ctx, heard, odd}
	if c.listens {
		return nil
	}
	listener, err := c.edge.Func("the listener of "+method, c.hear)
	if err != nil {
		return &brokenError{method, err}
	}
	if _, err := jscall.Call(c.api, method, map[string]any{"listener": listener}); err != nil {
		c.ear = ear{}
		listener.Release()
		return &brokenError{method, err}
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
	click, err := parseClick(jscall.First(in))
	if err != nil {
		ear.odd(fmt.Errorf("opencti: onClickToDial: strange click: %w", err))
	}
	if click.Number != "" {
		ear.heard(click)
	}
}

// parseClick reads a click, {number, recordId, …}, or {returnValue: {number, …}}
// as the guide had it in version 44. Without a number it is no click; what else is
// strange about it is left out of it, with an error that names one such field.
func parseClick(v safejs.Value) (Click, error) {
	if inner, ok, err := jscall.Optional(jscall.Object, v, "returnValue"); err == nil && ok {
		v = inner
	}
	number, err := clickedNumber(v)
	if err != nil {
		return Click{}, err
	}
	view, err := readView(v)
	return Click{
		Number:        number,
		RecordID:      view.RecordID,
		RecordName:    view.RecordName,
		ObjectType:    view.ObjectType,
		AccountID:     view.AccountID,
		ContactID:     view.ContactID,
		PersonAccount: view.PersonAccount,
	}, err
}

// clickedNumber reads the number, which the guide calls a number and pages send
// as the text that was clicked.
func clickedNumber(v safejs.Value) (string, error) {
	if n, err := jscall.Int(v, "number"); err == nil && n > 0 {
		return strconv.FormatInt(n, 10), nil
	}
	number, err := jscall.String(v, "number")
	if number = strings.TrimSpace(number); err == nil && number == "" {
		err = errors.New("number is empty")
	}
	return number, err
}
