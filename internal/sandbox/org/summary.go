package org

import (
	"fmt"
	"strings"

	"flexcaselog/internal/apexrun"
)

// summaryFile is the part of a field's metadata that only a roll-up summary has.
type summaryFile struct {
	Summarized string `xml:"summarizedField"`
	ForeignKey string `xml:"summaryForeignKey"`
	Operation  string `xml:"summaryOperation"`
	Filters    []struct {
		Field     string `xml:"field"`
		Operation string `xml:"operation"`
		Value     string `xml:"value"`
	} `xml:"summaryFilterItems"`
}

// summary is a field of a master that the org keeps as the sum of a field of its details.
type summary struct {
	object *apexrun.Object
	field  *apexrun.Field
	file   summaryFile
}

// checkSummaries errs where a roll-up names what is not there, or works out something else than a sum.
func (p *project) checkSummaries() error {
	for _, s := range p.summaries {
		detail, key := p.fieldAt(s.file.ForeignKey)
		_, summed := p.fieldAt(s.file.Summarized)
		if key == nil || !key.MasterDetail || !strings.EqualFold(key.ReferenceTo[0], s.object.Name) {
			return fmt.Errorf("org: %s.%s: summaryForeignKey %s is no master-detail field to %s", s.object.Name, s.field.Name, s.file.ForeignKey, s.object.Name)
		}
		if s.file.Operation != "sum" || summed == nil || summed.Type != apexrun.TypeNumber {
			return fmt.Errorf("org: %s.%s: only sums of numbers are modelled", s.object.Name, s.field.Name)
		}
		for _, x := range s.file.Filters {
			if o, f := p.fieldAt(x.Field); x.Operation != "equals" || f == nil || o != detail {
				return fmt.Errorf("org: %s.%s: filter on %s is not modelled", s.object.Name, s.field.Name, x.Field)
			}
		}
	}
	return nil
}

// fieldAt resolves Object.Field; nil where it is not there.
func (p *project) fieldAt(name string) (*apexrun.Object, *apexrun.Field) {
	object, field, _ := strings.Cut(name, ".")
	o := p.object(object)
	if o == nil {
		return nil, nil
	}
	return o, o.Field(field)
}

// triggers are the SQL that keeps the roll-up summaries, whichever way a detail is written.
func (p *project) triggers() []string {
	var out []string
	for _, s := range p.summaries {
		detail, key := p.fieldAt(s.file.ForeignKey)
		_, summed := p.fieldAt(s.file.Summarized)
		where := quote(key.Name) + " = %[1]s." + quote(key.Name)
		for _, x := range s.file.Filters {
			_, f := p.fieldAt(x.Field)
			where += fmt.Sprintf(" AND %s = '%s'", quote(f.Name), strings.NewReplacer("'", "''", "%", "%%").Replace(x.Value))
		}
		keep := fmt.Sprintf(`UPDATE %s SET %s = (SELECT coalesce(sum(%s), 0) FROM %s WHERE %s) WHERE "Id" = %%[1]s.%s;`,
			quote(s.object.Name), quote(s.field.Name), quote(summed.Name), quote(detail.Name), where, quote(key.Name))
		name := s.object.Name + "." + s.field.Name
		before, after := fmt.Sprintf(keep, "OLD"), fmt.Sprintf(keep, "NEW")
		for event, body := range map[string]string{"INSERT": after, "UPDATE": before + after, "DELETE": before} {
			out = append(out, fmt.Sprintf("CREATE TRIGGER IF NOT EXISTS %s AFTER %s ON %s BEGIN %s END", quote(name+"."+event), event, quote(detail.Name), body))
		}
	}
	return out
}
