package opencti

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// SaveLog writes one record and returns its ID: it creates one of the object
// that fields["entityApiName"] names, or updates the one that fields["Id"] names.
// Values are strings, numbers, also as [Number], booleans or nil. It blocks until the answer or the
// deadline, and errors as RunApex does, also with [ErrNoRecordID]. It is not
// idempotent: settle an unknown outcome before creating again.
//
// See saveLog() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_savelog_lex.htm
func (c *Client) SaveLog(ctx span.Context, fields map[string]any) (recordID string, err error) {
	if err := checkFields(fields); err != nil {
		return "", err
	}
	sent, err := plainFields("saveLog", fields)
	if err != nil {
		return "", err
	}
	returned, err := c.call(ctx, "saveLog", map[string]any{"value": sent})
	if err != nil {
		return "", err
	}
	if id := savedID(returned); id != "" {
		return id, nil
	}
	if id := updates(fields); id != "" { // an update's record is known beforehand
		return id, nil
	}
	return "", ErrNoRecordID
}

// savedID reads {recordId}, as every adapter does, or the bare ID of the guide's
// words. It returns "" where there is neither.
func savedID(returned safejs.Value) string {
	id, err := jscall.String(returned)
	if err != nil {
		id, err = jscall.String(returned, "recordId")
	}
	if err != nil || !isRecordID(id) {
		return ""
	}
	return id
}

// plainFields returns fields with their Numbers as numbers.
func plainFields(method string, fields map[string]any) (map[string]any, error) {
	sent := make(map[string]any, len(fields))
	for name, value := range fields {
		if text, ok := value.(Number); ok {
			v, err := jscall.ParseJSON(string(text))
			if err == nil {
				value, err = jscall.Float(v) // as exact as the page's numbers are
			}
			if err != nil {
				return nil, &ArgumentError{method, "field " + name, "is no number"}
			}
		}
		sent[name] = value
	}
	return sent, nil
}
