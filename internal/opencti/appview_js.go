package opencti

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
	"flexcaselog/internal/span"
)

// AppView returns what the Salesforce page shows now. It blocks until the answer
// or the deadline, and errors as RunApex does.
//
// See getAppViewInfo() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_getappviewinfo_lex.htm
func (c *Client) AppView(ctx span.Context) (AppView, error) {
	returned, err := c.call(ctx, methodAppView, map[string]any{})
	if err != nil {
		return AppView{}, err
	}
	return parseAppView(returned)
}

func parseAppView(v safejs.Value) (AppView, error) {
	if v.IsNull() {
		return AppView{}, nil
	}
	if kind := jscall.TypeOf(v); kind != "object" {
		return AppView{}, &AnswerError{Method: methodAppView, Problem: "returnValue is " + kind}
	}
	var view AppView
	for name, field := range map[string]*string{
		"url": &view.URL, "recordId": &view.RecordID, "recordName": &view.RecordName, "objectType": &view.ObjectType,
		"accountId": &view.AccountID, "contactId": &view.ContactID,
	} {
		text, _, err := jscall.Optional(jscall.String, v, name)
		if err != nil {
			return AppView{}, &AnswerError{Method: methodAppView, Problem: err.Error()}
		}
		*field = text
	}
	person, _, err := jscall.Optional(jscall.Bool, v, "personAccount")
	if err != nil {
		return AppView{}, &AnswerError{Method: methodAppView, Problem: err.Error()}
	}
	view.PersonAccount = person
	return view, nil
}
