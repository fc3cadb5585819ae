package flexbridge

import (
	"strings"

	"flexcaselog/internal/lean"
)

// LogField is a field of the log object that an admin fills from the task.
type LogField struct {
	Field string // its API name
	Path  string // into the task, such as attributes.skill
	Type  string // text, number, boolean or datetime; empty for what the path gives
}

// ownFields are those that the plugin fills itself, or that nobody may.
const ownFields = " id entityapiname name case__c status__c duration__c key__c starttime__c tasksid__c reservationsid__c" +
	" channel__c direction__c queue__c endedby__c disposition__c notes__c "

// taskRoots are the properties of a task that a path may begin with, besides its
// attributes: see web/snapshot.js.
const taskRoots = " sid taskSid status channel queue queueSid workflowName workflowSid priority age reason taskChannel offered updated "

// logFields reads the setting log_fields: names of fields, each with a path or with
// an object of a path and a type. What is wrong with it is said in a sentence; the
// fields that are right are kept.
func logFields(value any) (fields []LogField, problem string) {
	entries, ok := value.(map[string]any)
	if !ok {
		return nil, "be an object of field names and paths into the task; it is ignored"
	}
	var wrong []string
	for _, name := range lean.Keys(entries) {
		f := LogField{Field: name}
		if entry, ok := entries[name].(map[string]any); ok {
			f.Path, _ = entry["path"].(string)
			f.Type, ok = entry["type"].(string)
			if !ok && entry["type"] != nil || !isFieldType(f.Type) {
				f.Path = ""
			}
		} else {
			f.Path, _ = entries[name].(string)
		}
		if !isAPIName(name) || strings.Contains(ownFields, " "+lean.Lower(name)+" ") || !isTaskPath(f.Path) {
			wrong = append(wrong, name)
			continue
		}
		fields = append(fields, f)
	}
	if wrong != nil {
		problem = "map fields that the case log does not fill itself to paths such as \"attributes.skill\"; not used: " + strings.Join(wrong, ", ")
	}
	return fields, problem
}

func isFieldType(s string) bool {
	switch s {
	case "", "text", "number", "boolean", "datetime":
		return true
	}
	return false
}

// isTaskPath tells whether s names something in a task.
func isTaskPath(s string) bool {
	root, rest, deeper := strings.Cut(s, ".")
	if root == "attributes" {
		return deeper && isPath(rest)
	}
	return !deeper && root != "" && strings.Contains(taskRoots, " "+root+" ")
}

// isPath tells whether s is a list of names with dots between them.
func isPath(s string) bool {
	for _, name := range strings.Split(s, ".") {
		if name == "" || strings.Contains(name, endOfCell) || strings.Contains(name, endOfEvent) {
			return false
		}
	}
	return true
}

// isTime tells whether s looks like a time as ISO 8601 writes it, with its zone:
// package time's parser would be a tenth of the program's own code.
func isTime(s string) bool {
	const form = "0000-00-00T00:00"
	if len(s) <= len(form) {
		return false
	}
	for i := range len(form) {
		digit := '0' <= s[i] && s[i] <= '9'
		if form[i] == '0' && !digit || form[i] != '0' && form[i] != s[i] {
			return false
		}
	}
	rest := s[len(form):]
	return rest[len(rest)-1] == 'Z' || strings.IndexByte(rest, '+') >= 0 || strings.IndexByte(rest, '-') >= 0
}

// read returns what a cell has for the field: nothing where it is empty, and nothing
// but what is wrong with it where its type is not the field's.
func (f LogField) read(c cell) (value any, problem string) {
	if c == "" {
		return nil, ""
	}
	n, isNumber := c.number()
	switch {
	case c[0] == 'o':
		return nil, "an object or a list"
	case f.Type == "datetime" && isNumber && !c.moment().IsZero():
		return c.moment().String(), ""
	case f.Type == "datetime" && isTime(c.word()):
		return c.word(), ""
	case f.Type == "datetime":
		return nil, "no time"
	case f.Type == "text" && c[0] != 'b':
		return c.word(), ""
	case c[0] == 's' && f.Type == "":
		return c.word(), ""
	case isNumber && (f.Type == "" || f.Type == "number"):
		return n, ""
	case c[0] == 'b' && (f.Type == "" || f.Type == "boolean"):
		return c == "b1", ""
	}
	return nil, "no " + f.Type
}
