package org

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"flexcaselog/internal/apexrun"
)

// project is what the org takes from an SFDX project beside its classes.
type project struct {
	objects        []*apexrun.Object
	permissionSets map[string]permissionSet
	summaries      []summary
	settings       []setting
}

// permissionSet is what a permission set allows.
type permissionSet struct {
	label  string
	access apexrun.Access
}

// withoutEffect are the kinds of metadata that neither records nor Apex notice.
var withoutEffect = []string{
	"app", "callCenter", "cls", "compactLayout", "dashboard", "dashboardFolder", "fieldSet", "flexipage", "layout", "listView", "quickAction",
	"report", "reportFolder", "reportType", "softphoneLayout", "tab", "testSuite", "webLink",
}

// judge refuses metadata whose effect is not modelled, since the org would otherwise do without it what a real one does not.
func judge(path string) error {
	name := filepath.Base(path)
	for _, kind := range withoutEffect {
		if strings.HasSuffix(name, "."+kind+"-meta.xml") {
			return nil
		}
	}
	return fmt.Errorf("org: %s: not modelled, so the project cannot be run faithfully", name)
}

// fieldFile and objectFile are the parts of the metadata that matter here.
type fieldFile struct {
	FullName         string `xml:"fullName"`
	Type             string `xml:"type"`
	Length           int    `xml:"length"`
	Precision        int    `xml:"precision"`
	Scale            int    `xml:"scale"`
	Required         bool   `xml:"required"`
	Unique           bool   `xml:"unique"`
	CaseSensitive    bool   `xml:"caseSensitive"`
	ExternalID       bool   `xml:"externalId"`
	ReferenceTo      string `xml:"referenceTo"`
	RelationshipName string `xml:"relationshipName"`
	Reparentable     bool   `xml:"reparentableMasterDetail"`
	ReadToWrite      bool   `xml:"writeRequiresMasterRead"`
	DeleteConstraint string `xml:"deleteConstraint"`
	DefaultValue     string `xml:"defaultValue"`
	DisplayFormat    string `xml:"displayFormat"`
	Formula          string `xml:"formula"`
	summaryFile
	ValueSet *struct {
		Restricted bool   `xml:"restricted"`
		Shared     string `xml:"valueSetName"`
		Definition struct {
			Values []struct {
				FullName string `xml:"fullName"`
				Default  bool   `xml:"default"`
				IsActive *bool  `xml:"isActive"`
			} `xml:"value"`
		} `xml:"valueSetDefinition"`
	} `xml:"valueSet"`
}

type objectFile struct {
	Sharing   apexrun.Sharing `xml:"sharingModel"`
	NameField struct {
		Type          string `xml:"type"`
		DisplayFormat string `xml:"displayFormat"`
	} `xml:"nameField"`
}

// readProject reads the objects and fields of a project on top of the standard ones. It errs on what it cannot hold the org to.
func readProject(dir string) (*project, error) {
	p := &project{objects: standardObjects(), permissionSets: map[string]permissionSet{}}
	var objects, fields, permissions, classes []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "node_modules":
			return fs.SkipDir
		case strings.HasSuffix(path, ".cls"):
			classes = append(classes, strings.TrimSuffix(entry.Name(), ".cls"))
		case strings.HasSuffix(path, ".object-meta.xml"):
			objects = append(objects, path)
		case strings.HasSuffix(path, ".field-meta.xml"):
			fields = append(fields, path)
		case strings.HasSuffix(path, ".permissionset-meta.xml"):
			permissions = append(permissions, path)
		case strings.HasSuffix(path, ".md-meta.xml"):
			return p.readSetting(path)
		case strings.HasSuffix(path, ".flow-meta.xml"):
			return refuseActiveFlow(path)
		case strings.HasSuffix(path, "-meta.xml"):
			return judge(path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(objects)
	for i, path := range objects {
		if err := p.readObject(path, i); err != nil {
			return nil, fmt.Errorf("org: %s: %w", filepath.Base(path), err)
		}
	}
	slices.Sort(fields)
	for _, path := range fields {
		if err := p.readField(path); err != nil {
			return nil, fmt.Errorf("org: %s: %w", filepath.Base(path), err)
		}
	}
	for _, path := range permissions {
		if err := p.readPermissionSet(path, classes); err != nil {
			return nil, fmt.Errorf("org: %s: %w", filepath.Base(path), err)
		}
	}
	if err := p.checkSummaries(); err != nil {
		return nil, err
	}
	return p, p.link()
}

func readXML(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return xml.Unmarshal(b, into)
}

func (p *project) object(name string) *apexrun.Object {
	for _, o := range p.objects {
		if strings.EqualFold(o.Name, name) {
			return o
		}
	}
	return nil
}

func (p *project) readObject(path string, i int) error {
	var x objectFile
	if err := readXML(path, &x); err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(path), ".object-meta.xml")
	if p.object(name) != nil {
		return nil // a standard object: what its file may change is not modelled
	}
	if err := checkName(name); err != nil {
		return err
	}
	if strings.HasSuffix(name, "__mdt") {
		p.objects = append(p.objects, newSettingObject(name, fmt.Sprintf("m%02d", i)))
		return nil
	}
	o := newObject(name, fmt.Sprintf("a%02d", i))
	switch o.Sharing = x.Sharing; o.Sharing {
	case "", apexrun.SharingReadWrite, apexrun.SharingRead, apexrun.SharingPrivate, apexrun.SharingParent:
	default:
		return fmt.Errorf("sharingModel %s is not modelled", x.Sharing)
	}
	nameField := apexrun.Field{Name: "Name", Type: apexrun.TypeText, Length: 80}
	if x.NameField.Type == "AutoNumber" {
		nameField = apexrun.Field{Name: "Name", Type: apexrun.TypeAutoNumber, Length: 80, ReadOnly: true, Default: x.NameField.DisplayFormat}
	}
	o.Add(always(nameField))
	p.objects = append(p.objects, o)
	return nil
}

// namePattern keeps names fit for SQL.
var namePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*__(c|mdt)$`)

func checkName(name string) error {
	if !namePattern.MatchString(name) {
		return fmt.Errorf("%q is no name of a custom object or field", name)
	}
	return nil
}

func (p *project) readField(path string) error {
	o := p.object(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if o == nil {
		return fmt.Errorf("object %s is not there", filepath.Base(filepath.Dir(filepath.Dir(path))))
	}
	var x fieldFile
	if err := readXML(path, &x); err != nil {
		return err
	}
	if o.Field(x.FullName) != nil && !strings.HasSuffix(x.FullName, "__c") {
		return nil // a standard field: what its file may change is not modelled
	}
	if err := checkName(x.FullName); err != nil {
		return err
	}
	f, err := x.field()
	if err != nil {
		return err
	}
	added := o.Add(f)
	if x.Type == "Summary" {
		p.summaries = append(p.summaries, summary{object: o, field: added, file: x.summaryFile})
	}
	return nil
}

// field turns metadata into a field. It errs on a type or a property whose effect is not modelled.
func (x fieldFile) field() (apexrun.Field, error) {
	f := apexrun.Field{
		Name: x.FullName, Type: apexrun.FieldType(x.Type), Length: x.Length, Precision: x.Precision, Scale: x.Scale,
		Required: x.Required, Unique: x.Unique, CaseSensitive: x.CaseSensitive, ExternalID: x.ExternalID,
	}
	if x.Formula != "" {
		return f, fmt.Errorf("formula fields are not modelled")
	}
	switch x.Type {
	case "Text", "LongTextArea":
		if x.Length <= 0 {
			return f, fmt.Errorf("a text needs a length")
		}
	case "TextArea", "Url":
		f.Length = 255
	case "Phone":
		f.Length = 40
	case "Email":
		f.Length = 80
	case "Number", "Currency", "Percent":
		f.Type = apexrun.TypeNumber
	case "Summary":
		f.Type, f.ReadOnly, f.Default = apexrun.TypeNumber, true, 0.0
		return f, nil
	case "Date", "DateTime":
	case "Checkbox":
		f.Default = strings.EqualFold(x.DefaultValue, "true")
		return f, nil
	case "AutoNumber":
		f.ReadOnly, f.Length, f.Default = true, 30, x.DisplayFormat
		return f, nil
	case "Picklist":
		return x.picklist(f)
	case "Lookup", "MasterDetail":
		return x.reference(f)
	default:
		return f, fmt.Errorf("fields of type %q are not modelled", x.Type)
	}
	if x.DefaultValue != "" {
		return f, fmt.Errorf("default values of this type are not modelled")
	}
	return f, nil
}

func (x fieldFile) picklist(f apexrun.Field) (apexrun.Field, error) {
	f.Length = 255
	if x.ValueSet == nil || x.ValueSet.Shared != "" {
		return f, fmt.Errorf("only picklists that list their values are modelled")
	}
	f.Restricted = x.ValueSet.Restricted
	for _, v := range x.ValueSet.Definition.Values {
		if v.IsActive != nil && !*v.IsActive {
			continue
		}
		f.Values = append(f.Values, v.FullName)
		if v.Default {
			f.Default = v.FullName
		}
	}
	return f, nil
}

func (x fieldFile) reference(f apexrun.Field) (apexrun.Field, error) {
	f.Type = apexrun.TypeReference
	f.ReferenceTo = []string{x.ReferenceTo}
	f.Relationship = strings.TrimSuffix(x.FullName, "__c") + "__r"
	if x.RelationshipName != "" {
		f.Children = x.RelationshipName + "__r"
	}
	if x.Type == "MasterDetail" {
		f.MasterDetail, f.Required, f.Reparentable, f.ReadToWrite = true, true, x.Reparentable, x.ReadToWrite
		return f, nil
	}
	if x.DeleteConstraint != "" && x.DeleteConstraint != "SetNull" {
		return f, fmt.Errorf("deleteConstraint %s is not modelled", x.DeleteConstraint)
	}
	return f, nil
}

// link gives every parent its children, and the records of a master no owner of their own.
func (p *project) link() error {
	for _, o := range p.objects {
		for _, f := range o.Fields {
			for _, to := range f.ReferenceTo {
				parent := p.object(to)
				if parent == nil {
					return fmt.Errorf("org: %s.%s: object %s is not there", o.Name, f.Name, to)
				}
				parent.Children = append(parent.Children, apexrun.Child{Name: f.Children, Object: o, Field: f})
			}
		}
	}
	return nil
}

// autoNumber writes a number in a display format: LOG-{0000}.
func autoNumber(format string, n int) string {
	head, rest, ok := strings.Cut(format, "{")
	digits, tail, ok2 := strings.Cut(rest, "}")
	if !ok || !ok2 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s%0*d%s", head, len(digits), n, tail)
}
