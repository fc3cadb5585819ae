package lightning

// column is a field of a layout: its API name, what a person reads, and how it is shown.
type column struct{ name, label, kind string }

// layout is how the page shows an object. An object without one is shown with every field it has.
type layout struct {
	label      string
	title      string // the field that names the record
	highlights []column
	fields     []column
}

var layouts = map[string]layout{
	"Case": {
		label: "Case", title: "Subject",
		highlights: []column{
			{"CaseNumber", "Case Number", ""}, {"Status", "Status", ""}, {"Origin", "Origin", ""}, {"ContactId", "Contact", "reference"},
		},
		fields: []column{
			{"CaseNumber", "Case Number", ""}, {"Subject", "Subject", ""}, {"ContactId", "Contact Name", "reference"}, {"Status", "Status", ""},
			{"Origin", "Origin", ""}, {"Description", "Description", ""}, {"TwilioEngagement__c", "Twilio Engagement", ""},
			{"CreatedDate", "Opened", "datetime"},
		},
	},
	"Contact": {
		label: "Contact", title: "Name",
		highlights: []column{{"Phone", "Phone", "phone"}, {"MobilePhone", "Mobile", "phone"}, {"Email", "Email", ""}},
		fields: []column{
			{"Name", "Name", ""}, {"Phone", "Phone", "phone"}, {"MobilePhone", "Mobile", "phone"}, {"HomePhone", "Home", "phone"},
			{"Email", "Email", ""},
		},
	},
	"Account": {
		label: "Account", title: "Name",
		highlights: []column{{"Phone", "Phone", "phone"}, {"PersonMobilePhone", "Mobile", "phone"}},
		fields:     []column{{"Name", "Account Name", ""}, {"Phone", "Phone", "phone"}, {"PersonMobilePhone", "Mobile", "phone"}},
	},
	"Lead": {
		label: "Lead", title: "Name",
		highlights: []column{{"Company", "Company", ""}, {"Phone", "Phone", "phone"}, {"MobilePhone", "Mobile", "phone"}},
		fields: []column{
			{"Name", "Name", ""}, {"Company", "Company", ""}, {"Phone", "Phone", "phone"}, {"MobilePhone", "Mobile", "phone"}, {"Email", "Email", ""},
		},
	},
	"TwilioCallLog__c": {
		label: "Twilio Call Log", title: "Name",
		highlights: []column{{"Status__c", "Status", "status"}, {"StartTime__c", "Start", "datetime"}, {"Duration__c", "Duration", "duration"}},
		fields: []column{
			{"Name", "Name", ""}, {"Case__c", "Case", "reference"}, {"Status__c", "Status", "status"}, {"StartTime__c", "Start", "datetime"},
			{"Duration__c", "Duration", "duration"}, {"Channel__c", "Channel", ""}, {"Direction__c", "Direction", ""},
			{"Queue__c", "Queue", ""}, {"EndedBy__c", "Ended By", ""}, {"TaskSid__c", "Task SID", ""},
			{"ReservationSid__c", "Reservation SID", ""}, {"Key__c", "Key", ""},
		},
	},
}

// list is a related list: the records whose parent field names the record that is shown.
type list struct {
	title, object, parent, order string
	columns                      []column
}

var caseList = list{"Cases", "Case", "ContactId", "CreatedDate", []column{
	{"CaseNumber", "Case", "self"}, {"Subject", "Subject", ""}, {"Status", "Status", ""}, {"ContactId", "Contact", "reference"},
}}

var relatedLists = map[string][]list{
	"Case": {{"Twilio Call Logs", "TwilioCallLog__c", "Case__c", "StartTime__c", []column{
		{"Name", "Log", "self"}, {"Status__c", "Status", "status"}, {"StartTime__c", "Start", "datetime"}, {"Duration__c", "Duration", "duration"},
	}}},
	"Contact": {caseList},
}
