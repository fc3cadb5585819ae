package opencti

import (
	"math"
	"strconv"

	"flexcaselog/internal/lean"
)

// Click is a telephone number that the agent clicked in the Salesforce page.
// What the page does not tell of the record around it is empty.
type Click struct {
	Number        string // as the page writes it; never empty
	RecordID      string
	RecordName    string
	ObjectType    string // the object's API name
	AccountID     string // of a person account
	ContactID     string // of a person account's contact
	PersonAccount bool
}

// parseClick reads a click, copied out as plain values: {number, recordId, …}, or
// {returnValue: {number, …}} as the guide had it in version 44. Without a number
// it is none, and ok is false; what else is strange about it is left out.
func parseClick(payload any) (click Click, ok bool) {
	fields, _ := payload.(map[string]any)
	if inner, is := fields["returnValue"].(map[string]any); is && fields["number"] == nil {
		fields = inner
	}
	number := text(fields, "number")
	if n, is := fields["number"].(float64); is && n > 0 && n < 1<<53 && n == math.Trunc(n) { // as the guide has it
		number = strconv.FormatInt(int64(n), 10)
	}
	number = lean.Trim(number)
	if number == "" {
		return Click{}, false
	}
	click.Number = number
	for name, field := range map[string]*string{
		"recordId": &click.RecordID, "recordName": &click.RecordName, "objectType": &click.ObjectType,
		"accountId": &click.AccountID, "contactId": &click.ContactID,
	} {
		*field, _ = fields[name].(string)
	}
	click.PersonAccount, _ = fields["personAccount"].(bool)
	return click, true
}
