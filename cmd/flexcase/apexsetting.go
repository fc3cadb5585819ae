package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"flexcaselog/internal/sandbox/org"
)

// setChannel is a channel that only the agents here have, and that has settings of its own: all are used, and as long as they may be.
const setChannel = "flexday"

var settings = map[string]string{
	"Origin__c": strings.Repeat("o", 40), "Priority__c": strings.Repeat("p", 40), "Owner__c": strings.Repeat("Q", 80), "RecordType__c": "Day",
	"Subject__c": "{channel} {phone}",
}

// writeSetting adds the settings of the channel to the copy of a project.
func writeSetting(dir string) error {
	var values strings.Builder
	for field, v := range settings {
		fmt.Fprintf(&values, `<values><field>%s</field><value xsi:type="xsd:string">%s</value></values>`, field, v)
	}
	values.WriteString(`<values><field>CreateContact__c</field><value xsi:type="xsd:boolean">true</value></values>` +
		`<values><field>ReuseOpenCaseHours__c</field><value xsi:type="xsd:double">24.0</value></values>`)
	text := `<CustomMetadata xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<label>Day</label>` + values.String() + `</CustomMetadata>`
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "TwilioCaseSetting."+setChannel+".md-meta.xml"), []byte(text), 0o600)
}

// furnishSetting makes the record types and queues that the settings name, and others that they must not be taken for. It returns their ids.
func furnishSetting(ctx context.Context, o *org.Org) (ids []string, err error) {
	for _, record := range []struct {
		object string
		fields map[string]any
	}{
		{"RecordType", map[string]any{"Name": "Lead", "DeveloperName": "Day", "SobjectType": "Lead", "IsActive": true}},
		{"RecordType", map[string]any{"Name": "Old", "DeveloperName": "Day", "SobjectType": "Case", "IsActive": false}},
		{"RecordType", map[string]any{"Name": "Other", "DeveloperName": "Other", "SobjectType": "Case", "IsActive": true}},
		{"Group", map[string]any{"Name": "g", "DeveloperName": settings["Owner__c"], "Type": "Regular"}},
		{"RecordType", map[string]any{"Name": "Day", "DeveloperName": "Day", "SobjectType": "Case", "IsActive": true}},
		{"Group", map[string]any{"Name": "q", "DeveloperName": settings["Owner__c"], "Type": "Queue"}},
	} {
		id, err := o.Insert(ctx, record.object, record.fields)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids[len(ids)-2:], nil
}

// setDay is the job for a customer of that channel: a Case as the settings want it, used again for other engagements of theirs.
func (j *job) setDay(ctx context.Context, o *org.Org, number string) string {
	var said []string
	create := func(engagement string) any {
		details := hex.EncodeToString([]byte(`{"channel":"` + setChannel + `"}`))
		a := o.RunApex(ctx, "TwilioCaseController", "createRecords", "phone=14155660"+number+"&engagement="+engagement+number+"&details="+details)
		if !a.Success {
			said = append(said, "createRecords refused: "+a.Errors[0].Description)
			return nil
		}
		answer, _ := a.ReturnValue.(map[string]any)
		fields, _ := answer["runApex"].(map[string]any)
		said = append(said, fmt.Sprint("createRecords: ", len(fields), " fields"))
		return fields["Id"]
	}
	made := create("WRa")
	id, _ := made.(string)
	if kase, err := o.Record(ctx, id); err == nil {
		said = append(said, fmt.Sprint("as set: ", kase["Origin"] == settings["Origin__c"], kase["Priority"] == settings["Priority__c"],
			kase["RecordTypeId"] == j.setIDs[0], kase["OwnerId"] == j.setIDs[1], kase["Subject"] == setChannel+" +14155660"+number))
	}
	for _, engagement := range []string{"WRb", "WRB", "WRb"} {
		said = append(said, fmt.Sprint("the Case again: ", create(engagement) == made && made != nil))
	}
	if links, err := o.Records(ctx, "TwilioEngagementLink__c", org.Where{"Case__c": made}); err == nil {
		said = append(said, fmt.Sprint("links: ", len(links)))
	}
	return anyID.ReplaceAllString(strings.Join(said, "\n"), "an id")
}
