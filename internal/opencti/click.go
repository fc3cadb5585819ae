package opencti

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
