package opencti

// AppView is what the Salesforce page shows. What it does not tell is empty: on a
// list view all but the URL, whose form nobody promises.
type AppView struct {
	URL           string
	RecordID      string
	RecordName    string
	ObjectType    string // the object's API name
	AccountID     string // of a person account
	ContactID     string // of a person account's contact
	PersonAccount bool
}
