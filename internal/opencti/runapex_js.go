package opencti

import (
	"strings"

	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/lean"
	"flexcaselog/internal/span"
)

// RunApex runs a webservice method of a global Apex class and returns what the
// method returned. It blocks until the answer or the deadline. It errors with an
// [*ArgumentError] where a parameter cannot be sent as it is, else as every
// method does: [*MissingError], [*CallError], [*TimeoutError], [*AnswerError], or
// what the library threw.
//
// See runApex() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_methods_intro_lightning.htm
func (c *Client) RunApex(ctx span.Context, class, method string, params []Param) (Result, error) {
	if class == "" || method == "" {
		return Result{}, &ArgumentError{"runApex", "the class or the method", "has no name"}
	}
	query, err := methodParams(params)
	if err != nil {
		return Result{}, err
	}
	returned, err := c.call(ctx, "runApex", map[string]any{
		"apexClass":    class,
		"methodName":   method,
		"methodParams": query,
	})
	if err != nil {
		return Result{}, err
	}
	switch kind := jscall.TypeOf(returned); kind {
	case "null":
		return Result{returned}, nil
	case "object":
		value, err := jscall.Get(returned, "runApex")
		if err != nil {
			return Result{}, &AnswerError{Method: "runApex", Problem: err.Error()}
		}
		return Result{value}, nil
	default:
		return Result{}, &AnswerError{Method: "runApex", Problem: "returnValue is " + kind}
	}
}

// Result is what an Apex method returned: a record, JSON text of an object, a
// record ID or another text, or null. Its zero value is null.
type Result struct{ value safejs.Value }

// RecordID returns the ID of the record, in whatever form it came. It errors
// with [ErrNull] where there is none, and with an [*AnswerError] where something
// else is there.
func (r Result) RecordID() (string, error) {
	v, err := r.unwrap()
	if err != nil {
		return "", err
	}
	if text, err := jscall.String(v); err == nil {
		return asRecordID(text)
	}
	for _, name := range []string{"Id", "id"} {
		id, ok, err := jscall.Optional(jscall.String, v, name)
		if err != nil {
			return "", &AnswerError{Method: "runApex", Problem: err.Error()}
		}
		if ok {
			return asRecordID(id)
		}
	}
	return "", &AnswerError{Method: "runApex", Problem: "the record has no Id"}
}

func asRecordID(text string) (string, error) {
	if !isRecordID(text) {
		return "", &AnswerError{Method: "runApex", Problem: "a text that is no record ID"}
	}
	return text, nil
}

// Text returns the text that the method returned, without the quotes and spaces
// that it may have got on its way. It errors with [ErrNull] where there is none,
// and with an [*AnswerError] where something else is there.
func (r Result) Text() (string, error) {
	v, err := r.unwrap()
	if err != nil {
		return "", err
	}
	text, err := jscall.String(v)
	if err != nil {
		return "", &AnswerError{Method: "runApex", Problem: err.Error()}
	}
	return text, nil
}

// Fields returns the fields of these names, of a record or of what JSON text
// describes, as texts: strings as they are, numbers and booleans as JavaScript
// writes them. Fields that are absent or null are left out; an Id is not asked
// for. It errors as RecordID does, also where a field is none of these or only a
// text came.
func (r Result) Fields(names ...string) (map[string]string, error) {
	v, err := r.unwrap()
	if err != nil {
		return nil, err
	}
	fields := make(map[string]string, len(names))
	for _, name := range names {
		field, err := jscall.Get(v, name)
		if err != nil {
			return nil, &AnswerError{Method: "runApex", Problem: err.Error()}
		}
		switch kind := jscall.TypeOf(field); kind {
		case "undefined", "null":
		case "string":
			fields[name], err = jscall.String(field)
		case "number", "boolean":
			fields[name], err = jscall.JSON(field)
		default:
			err = &AnswerError{Method: "runApex", Problem: name + " is of type " + kind}
		}
		if err != nil {
			return nil, err
		}
	}
	return fields, nil
}

// unwrap returns the record as an object, or a text as a string. It errors with
// [ErrNull] where there is neither.
func (r Result) unwrap() (safejs.Value, error) {
	v := r.value
	for range 3 { // JSON text may be quoted once more on its way
		switch kind := jscall.TypeOf(v); kind {
		case "undefined", "null":
			return v, ErrNull
		case "object":
			return v, nil
		case "string":
		default:
			return v, &AnswerError{Method: "runApex", Problem: "runApex is of type " + kind}
		}
		text, err := jscall.String(v)
		if err != nil {
			return v, &AnswerError{Method: "runApex", Problem: err.Error()}
		}
		text = lean.Trim(text)
		switch {
		case text == "":
			return v, ErrNull
		case text == "null", strings.IndexByte(`{["`, text[0]) >= 0:
			if v, err = jscall.ParseJSON(text); err != nil {
				return v, &AnswerError{Method: "runApex", Problem: "the text is broken JSON"}
			}
		default:
			return safejs.ValueOf(strings.Trim(text, "'"))
		}
	}
	return v, &AnswerError{Method: "runApex", Problem: "quotes within quotes"}
}
