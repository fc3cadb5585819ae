package org

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"flexcaselog/internal/apexrun"
)

// setting is one record of a custom metadata type.
type setting struct {
	object, name string
	file         settingFile
}

type settingFile struct {
	Label  string `xml:"label"`
	Values []struct {
		Field string `xml:"field"`
		Value struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"value"`
	} `xml:"values"`
}

// newSettingObject gives a custom metadata type the fields that each has. Its records are deployed, never written at run time.
func newSettingObject(name, prefix string) *apexrun.Object {
	o := apexrun.NewObject(name, prefix)
	o.Add(readOnly(typed("Id", apexrun.TypeID)))
	for _, f := range []apexrun.Field{text("DeveloperName", 40), text("MasterLabel", 40), text("Label", 40), text("QualifiedApiName", 70)} {
		o.Add(always(f))
	}
	return o
}

// readSetting reads Type.Record.md-meta.xml.
func (p *project) readSetting(path string) error {
	object, name, ok := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".md-meta.xml"), ".")
	x := setting{object: object + "__mdt", name: name}
	if !ok {
		return fmt.Errorf("org: %s: the name is not Type.Record", filepath.Base(path))
	}
	if err := readXML(path, &x.file); err != nil {
		return fmt.Errorf("org: %s: %w", filepath.Base(path), err)
	}
	p.settings = append(p.settings, x)
	return nil
}

// refuseActiveFlow errs on a flow that a real org would run.
func refuseActiveFlow(path string) error {
	var x struct {
		Status string `xml:"status"`
	}
	if err := readXML(path, &x); err != nil {
		return fmt.Errorf("org: %s: %w", filepath.Base(path), err)
	}
	if x.Status == "Draft" || x.Status == "Obsolete" {
		return nil
	}
	return fmt.Errorf("org: %s: an active flow is not modelled, so the project cannot be run faithfully", filepath.Base(path))
}

// setUp stores one record of a custom metadata type.
func (t *tx) setUp(x setting) error {
	o := t.store.Object(x.object)
	if o == nil {
		return fmt.Errorf("org: %s.%s: there is no type %s", x.object, x.name, x.object)
	}
	row := apexrun.Row{"DeveloperName": x.name, "MasterLabel": x.file.Label, "Label": x.file.Label, "QualifiedApiName": x.name}
	for _, v := range x.file.Values {
		value, err := v.Value.Text, error(nil)
		switch v.Value.Type {
		case "xsd:boolean":
			row[v.Field], err = strconv.ParseBool(value)
		case "xsd:double":
			row[v.Field], err = strconv.ParseFloat(value, 64)
		case "xsd:string":
			row[v.Field] = value
		case "": // xsi:nil
		default:
			err = fmt.Errorf("values of type %s are not modelled", v.Value.Type)
		}
		if err != nil {
			return fmt.Errorf("org: %s.%s: %s: %w", x.object, x.name, v.Field, err)
		}
	}
	if _, err := t.Insert(o, row); err != nil {
		return fmt.Errorf("org: %s.%s: %w", x.object, x.name, err)
	}
	return nil
}
