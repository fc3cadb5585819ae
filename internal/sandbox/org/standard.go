package org

import (
	"slices"
	"strings"

	"flexcaselog/internal/apexrun"
)

// text and its like shorten the tables of standard objects below.
func text(name string, length int) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypeText, Length: length}
}

func phone(name string) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypePhone, Length: 40}
}

func longText(name string) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypeTextArea, Length: 32000}
}

func email(name string) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypeEmail, Length: 80}
}

// picklist lists no values: an org's administrator chooses them, and unless the field is restricted any text of 255 is stored.
func picklist(name, value string) apexrun.Field {
	f := apexrun.Field{Name: name, Type: apexrun.TypePicklist, Length: 255}
	if value != "" {
		f.Default = value
	}
	return f
}

// restricted is a picklist whose values no administrator chooses.
func restricted(name, value string, values ...string) apexrun.Field {
	f := picklist(name, value)
	f.Restricted, f.Values = true, values
	return f
}

// lookup makes a reference. Its name in SOQL is that of the field without Id; what the parent calls the records is given.
func lookup(name, children string, to ...string) apexrun.Field {
	return apexrun.Field{
		Name: name, Type: apexrun.TypeReference, ReferenceTo: to,
		Relationship: strings.TrimSuffix(name, "Id"), Children: children,
	}
}

func required(f apexrun.Field) apexrun.Field {
	f.Required = true
	return f
}

func readOnly(f apexrun.Field) apexrun.Field {
	f.ReadOnly = true
	return f
}

// always marks a field that no permission hides.
func always(f apexrun.Field) apexrun.Field {
	f.Always = true
	return f
}

func number(name string, precision int) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypeNumber, Precision: precision}
}

func checkbox(name string) apexrun.Field {
	return apexrun.Field{Name: name, Type: apexrun.TypeCheckbox, Default: false}
}

func typed(name string, t apexrun.FieldType) apexrun.Field { return apexrun.Field{Name: name, Type: t} }

// newObject gives an object the fields that every object has.
func newObject(name, prefix string) *apexrun.Object {
	o := apexrun.NewObject(name, prefix)
	o.Add(readOnly(typed("Id", apexrun.TypeID)))
	o.Add(always(lookup("OwnerId", "", "User")))
	o.Add(always(readOnly(checkbox("IsDeleted"))))
	for _, f := range []string{"CreatedDate", "LastModifiedDate", "SystemModstamp"} {
		o.Add(always(readOnly(typed(f, apexrun.TypeDateTime))))
	}
	return o
}

// setupObjects are those that everybody may read.
var setupObjects = []string{"User", "Profile", "PermissionSet", "PermissionSetAssignment", "RecordType", "Group", "QueueSobject"}

// standardObjects are the fields of standard objects that a call centre uses, with the lengths of the Object Reference. It is a choice
// and not the whole: an unknown field is refused, which in a real org it may not be.
func standardObjects() []*apexrun.Object {
	person := []apexrun.Field{text("FirstName", 40), required(text("LastName", 80)), always(readOnly(text("Name", 121)))}
	tables := []struct {
		name, prefix string
		fields       []apexrun.Field
	}{
		{"Account", "001", []apexrun.Field{
			required(text("Name", 255)), phone("Phone"), phone("Fax"), picklist("Industry", ""), picklist("Type", ""), longText("Description"),
			{Name: "Website", Type: apexrun.TypeURL, Length: 255}, text("BillingCity", 40), text("BillingCountry", 80),
		}},
		{"Contact", "003", append(person[:3:3],
			phone("Phone"), phone("MobilePhone"), phone("HomePhone"), phone("OtherPhone"), phone("AssistantPhone"), phone("Fax"),
			email("Email"), text("Title", 128), text("Department", 80), longText("Description"), picklist("LeadSource", ""),
			text("MailingCity", 40), text("MailingCountry", 80), lookup("AccountId", "Contacts", "Account"),
			always(readOnly(typed("LastActivityDate", apexrun.TypeDate))),
		)},
		{"Lead", "00Q", append(person[:3:3],
			required(text("Company", 255)), phone("Phone"), phone("MobilePhone"), email("Email"), text("Title", 128),
			always(picklist("Status", "Open - Not Contacted")), picklist("LeadSource", ""), longText("Description"),
			always(readOnly(checkbox("IsConverted"))), always(readOnly(typed("LastActivityDate", apexrun.TypeDate))),
		)},
		{"Case", "500", []apexrun.Field{
			always(readOnly(apexrun.Field{Name: "CaseNumber", Type: apexrun.TypeAutoNumber, Length: 30, Default: "{00000000}"})),
			text("Subject", 255), longText("Description"), always(picklist("Status", "New")), picklist("Origin", ""), picklist("Priority", "Medium"),
			picklist("Type", ""), picklist("Reason", ""), text("SuppliedName", 80), text("SuppliedPhone", 40), email("SuppliedEmail"),
			lookup("ContactId", "Cases", "Contact"), lookup("AccountId", "Cases", "Account"), lookup("ParentId", "Cases", "Case"),
			always(lookup("RecordTypeId", "", "RecordType")), always(lookup("OwnerId", "", "User", "Group")), always(readOnly(checkbox("IsClosed"))),
		}},
		{"Task", "00T", []apexrun.Field{
			always(apexrun.Field{Name: "Subject", Type: apexrun.TypePicklist, Length: 255}), longText("Description"),
			always(picklist("Status", "Not Started")), always(readOnly(checkbox("IsClosed"))), always(picklist("Priority", "Normal")),
			typed("ActivityDate", apexrun.TypeDate), always(number("CallDurationInSeconds", 8)), always(text("CallDisposition", 255)),
			always(restricted("CallType", "", "Inbound", "Internal", "Outbound")), always(text("CallObject", 255)),
			always(restricted("TaskSubtype", "Task", "Task", "Email", "ListEmail", "Cadence", "Call", "LinkedIn")),
			lookup("WhatId", "Tasks", "Account", "Case"), lookup("WhoId", "Tasks", "Contact", "Lead"),
		}},
		{"User", "005", append(person[:3:3],
			required(text("Username", 80)), required(apexrun.Field{Name: "Email", Type: apexrun.TypeEmail, Length: 128}), text("Alias", 8),
			phone("Phone"), phone("MobilePhone"), picklist("TimeZoneSidKey", ""), picklist("LocaleSidKey", ""),
			picklist("EmailEncodingKey", ""), picklist("LanguageLocaleKey", ""), apexrun.Field{Name: "IsActive", Type: apexrun.TypeCheckbox, Default: true}, lookup("ProfileId", "Users", "Profile"),
		)},
		{"RecordType", "012", []apexrun.Field{
			required(text("Name", 80)), required(text("DeveloperName", 80)), text("SobjectType", 40), checkbox("IsActive"),
		}},
		{"Group", "00G", []apexrun.Field{required(text("Name", 40)), text("DeveloperName", 80), text("Type", 40)}},
		{"QueueSobject", "03g", []apexrun.Field{required(lookup("QueueId", "QueueSobjects", "Group")), text("SobjectType", 40)}},
		{"Profile", "00e", []apexrun.Field{required(text("Name", 255))}},
		{"PermissionSet", "0PS", []apexrun.Field{required(text("Name", 80)), text("Label", 80)}},
		{"PermissionSetAssignment", "0Pa", []apexrun.Field{
			required(lookup("AssigneeId", "PermissionSetAssignments", "User")),
			required(lookup("PermissionSetId", "Assignments", "PermissionSet")),
		}},
	}
	var out []*apexrun.Object
	for _, t := range tables {
		o := newObject(t.name, t.prefix)
		o.Setup = slices.Contains(setupObjects, t.name)
		if t.name == "Task" {
			o.WriteNeeds = "EditTask"
		}
		for _, f := range t.fields {
			o.Add(f)
		}
		out = append(out, o)
	}
	return out
}
