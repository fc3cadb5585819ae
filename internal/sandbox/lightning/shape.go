package lightning

import (
	"encoding/json"
	"maps"
)

// ApexShape is the form in which runApex hands over what the Apex method returned; adapters in the wild have met them all.
type ApexShape int

// The forms.
const (
	ApexObject ApexShape = iota // the object itself
	ApexJSON                    // the object as JSON text
	ApexQuoted                  // that text as a JSON string once more, in quotes
	ApexID                      // its Id alone
	ApexNull                    // null, whatever was returned
)

// SaveLogShape is the form in which saveLog hands over the id of the record.
type SaveLogShape int

// The forms.
const (
	SaveLogRecordID SaveLogShape = iota // {recordId: …}
	SaveLogBareID                       // the id itself
)

// ShapeApex sets the form of runApex's answers.
func (c *Console) ShapeApex(shape ApexShape) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.apex = shape
}

// ShapeSaveLog sets the form of saveLog's answers.
func (c *Console) ShapeSaveLog(shape SaveLogShape) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.log = shape
}

func (f *faults) shapeApex(a Answer) Answer {
	f.mu.Lock()
	shape := f.apex
	f.mu.Unlock()
	value, ok := a.ReturnValue.(map[string]any)
	returned := value["runApex"]
	if !a.Success || !ok || returned == nil || shape == ApexObject {
		return a
	}
	value = maps.Clone(value)
	switch shape {
	case ApexJSON:
		value["runApex"] = jsonText(returned)
	case ApexQuoted:
		value["runApex"] = jsonText(jsonText(returned))
	case ApexID:
		var object map[string]any
		if json.Unmarshal([]byte(jsonText(returned)), &object) == nil {
			value["runApex"] = object["Id"]
		}
	case ApexNull:
		value["runApex"] = nil
	}
	a.ReturnValue = value
	return a
}

func (f *faults) shapeSaveLog(a Answer) Answer {
	f.mu.Lock()
	shape := f.log
	f.mu.Unlock()
	if value, ok := a.ReturnValue.(map[string]any); ok && a.Success && shape == SaveLogBareID {
		a.ReturnValue = value["recordId"]
	}
	return a
}

// jsonText never fails on what an org returns, which was JSON before.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
