package apexrun

import "strings"

// FieldType is what a field holds, in the spelling of field metadata where that has one.
type FieldType string

// The types of field that are understood.
const (
	TypeID         FieldType = "Id"
	TypeText       FieldType = "Text"
	TypeTextArea   FieldType = "LongTextArea"
	TypePhone      FieldType = "Phone"
	TypeEmail      FieldType = "Email"
	TypeURL        FieldType = "Url"
	TypePicklist   FieldType = "Picklist"
	TypeNumber     FieldType = "Number"
	TypeCheckbox   FieldType = "Checkbox"
	TypeDate       FieldType = "Date"
	TypeDateTime   FieldType = "DateTime"
	TypeReference  FieldType = "Lookup"
	TypeAutoNumber FieldType = "AutoNumber"
)

// Field describes one column of an [Object]. The zero value of a property means that the field does not have it.
type Field struct {
	Name          string
	Type          FieldType
	Length        int // of text, in UTF-16 units as Apex counts them; 0 has no limit
	Precision     int // of a number: how many digits altogether; 0 has no limit
	Scale         int // of a number: how many of them are decimals
	Required      bool
	Unique        bool
	CaseSensitive bool // of a unique text
	ExternalID    bool
	ReadOnly      bool // kept by the org: Id, CreatedDate, CaseNumber
	ReferenceTo   []string
	Relationship  string // the name of the parent in SOQL: Case__r, Contact
	Children      string // what the parent calls these records in a subquery: CallLogs__r
	MasterDetail  bool
	Reparentable  bool
	ReadToWrite   bool // of a master: who may read it may write its details
	Always        bool // no permission hides it, as CreatedDate and every required field
	Restricted    bool // of a picklist: other values are refused
	Values        []string
	Default       any // nil, a string or a bool; of an AutoNumber its display format
}

// IsText tells whether the field's values are Go strings that a person typed.
func (field *Field) IsText() bool {
	switch field.Type {
	case TypeText, TypeTextArea, TypePhone, TypeEmail, TypeURL, TypePicklist, TypeAutoNumber:
		return true
	}
	return false
}

// Child is a relationship seen from the parent: the records of Object whose Field names it.
type Child struct {
	Name   string // the name in a subquery: CallLogs__r
	Object *Object
	Field  *Field
}

// Object describes one sObject type. Make it with [NewObject].
type Object struct {
	Name      string
	KeyPrefix string // the first three characters of an id
	Fields    []*Field
	Children  []Child
	Setup     bool // users, profiles and the like, which everybody may read
	// WriteNeeds is the user permission that lets people write the records of an object that has no object permissions: EditTask.
	WriteNeeds string
	Sharing    Sharing

	byName map[string]*Field
}

// NewObject returns an object with no fields.
func NewObject(name, keyPrefix string) *Object {
	return &Object{Name: name, KeyPrefix: keyPrefix, byName: map[string]*Field{}}
}

// Add appends a field, or replaces the one of the same name.
func (o *Object) Add(f Field) *Field {
	key := strings.ToLower(f.Name)
	if old := o.byName[key]; old != nil {
		*old = f
		return old
	}
	o.byName[key] = &f
	o.Fields = append(o.Fields, &f)
	return &f
}

// Field returns the field of that name in any spelling, or nil.
func (o *Object) Field(name string) *Field { return o.byName[strings.ToLower(name)] }

// Parent returns the field behind a relationship name in any spelling, or nil.
func (o *Object) Parent(relationship string) *Field {
	for _, f := range o.Fields {
		if f.Relationship != "" && strings.EqualFold(f.Relationship, relationship) {
			return f
		}
	}
	return nil
}

// Child returns the child relationship of that name in any spelling.
func (o *Object) Child(name string) (Child, bool) {
	for _, c := range o.Children {
		if strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return Child{}, false
}
