package salesforce

import (
	"flexcaselog/internal/caselog"
	"flexcaselog/internal/clock"
	"flexcaselog/internal/opencti"
)

// fields returns what saveLog is given for a row: all of it where the row is to
// be created, and what can have changed where it is there.
func fields(object string, row caselog.SaveLog) map[string]any {
	f := map[string]any{"entityApiName": object}
	if row.ID != "" {
		f["Id"] = string(row.ID)
	} else {
		f["Name"] = row.Name()
		f["Case__c"] = string(row.Case)
		f["Status__c"] = row.Status.String()
		f["Key__c"] = string(row.Key())
		f["StartTime__c"] = isoTime(row.Start)
		f["TaskSid__c"] = string(row.Task.SID)
		f["ReservationSid__c"] = string(row.Task.Reservation)
		f["Channel__c"] = row.Task.Channel
		f["Direction__c"] = string(row.Task.Direction)
		if row.Task.Queue != "" {
			f["Queue__c"] = caselog.CutUTF16(row.Task.Queue, maxDetail)
		}
		if row.Status == caselog.Completed && row.Task.Disposition != "" {
			f["Disposition__c"] = caselog.CutUTF16(row.Task.Disposition, maxDetail)
		}
		if row.Status == caselog.Completed && row.Task.Notes != "" {
			f["Notes__c"] = caselog.CutUTF16(row.Task.Notes, maxNotes)
		}
		for _, more := range row.Task.Fields.All() {
			if _, taken := f[more.Name]; taken {
				continue
			}
			f[more.Name] = more.Value
			if n, ok := more.Value.(caselog.Number); ok {
				f[more.Name] = opencti.Number(n)
			}
		}
	}
	if row.Left {
		f["Duration__c"] = row.Seconds
		if row.EndedBy != "" {
			f["EndedBy__c"] = string(row.EndedBy)
		}
	}
	return f
}

// maxNotes is how many characters of the agent's notes are kept: of a long text area.
const maxNotes = 32000

// isoTime writes a time as Salesforce's date/time fields read it.
func isoTime(t clock.Time) string { return t.String() }
