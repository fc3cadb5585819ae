package orgtest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// columns are the fields that can be asked for, of the objects that can.
// See https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/
var columns = map[string]string{
	"ApexClass":               " Id Name Status IsValid ApiVersion ",
	"PermissionSet":           " Id Name Label ",
	"PermissionSetAssignment": " Id AssigneeId PermissionSet.Name Assignee.IsActive ",
	"CallCenter":              " Id Name InternalName AdapterUrl CustomSettings Version ",
	"User":                    " Id IsActive CallCenterId Username ",
}

var (
	selects   = regexp.MustCompile(`^SELECT (COUNT\(\)|[\w., ]+?) FROM (\w+)(?: WHERE (.+))?$`)
	equals    = regexp.MustCompile(`^([\w.]+) = (?:'([^']*)'|(true|false))$`)
	excludes  = regexp.MustCompile(`^(\w+) NOT IN \(SELECT (\w+) FROM (\w+) WHERE ([^()]+)\)$`)
	injection = strings.NewReplacer(" AND ", "\x00")
)

func malformed(soql string) (int, any) {
	return fail(http.StatusBadRequest, "MALFORMED_QUERY", "unexpected token: %s", soql)
}

// query answers a query of the few shapes that are asked.
func (o *Org) query(soql string) (int, any) {
	m := selects.FindStringSubmatch(soql)
	if m == nil {
		return malformed(soql)
	}
	if _, ok := columns[m[2]]; !ok {
		return fail(http.StatusBadRequest, "INVALID_TYPE", "sObject type '%s' is not supported", m[2])
	}
	rows, wrong := o.where(m[2], m[3])
	if wrong != "" {
		return fail(http.StatusBadRequest, "INVALID_FIELD", "%s", wrong)
	}
	records := []Row{}
	if m[1] != "COUNT()" {
		for _, row := range rows {
			record := Row{"attributes": map[string]string{"type": m[2]}}
			for _, field := range strings.Split(m[1], ", ") {
				if !strings.Contains(columns[m[2]], " "+field+" ") {
					return fail(http.StatusBadRequest, "INVALID_FIELD", "No such column '%s' on entity '%s'", field, m[2])
				}
				record[field] = row[field]
			}
			records = append(records, record)
		}
	}
	return http.StatusOK, map[string]any{"totalSize": len(rows), "done": true, "records": records}
}

func (o *Org) where(object, conditions string) ([]Row, string) {
	rows := o.Rows[object]
	if conditions == "" {
		return rows, ""
	}
	// A subquery has an AND of its own, so it is cut off first.
	outer, inner, nested := strings.Cut(conditions, " NOT IN (")
	parts := strings.Split(injection.Replace(outer), "\x00")
	if nested {
		parts[len(parts)-1] += " NOT IN (" + inner
	}
	for _, part := range parts {
		keep, wrong := o.condition(object, part)
		if wrong != "" {
			return nil, wrong
		}
		var left []Row
		for _, row := range rows {
			if keep(row) {
				left = append(left, row)
			}
		}
		rows = left
	}
	return rows, ""
}

func (o *Org) condition(object, text string) (func(Row) bool, string) {
	has := func(object, field string) bool { return strings.Contains(columns[object], " "+field+" ") }
	if m := excludes.FindStringSubmatch(text); m != nil {
		if !has(object, m[1]) || !has(m[3], m[2]) {
			return nil, "No such column in " + text
		}
		rows, wrong := o.where(m[3], m[4])
		out := map[any]bool{}
		for _, row := range rows {
			out[row[m[2]]] = true
		}
		return func(row Row) bool { return !out[row[m[1]]] }, wrong
	}
	m := equals.FindStringSubmatch(text)
	if m == nil {
		return nil, "unexpected token: " + text
	}
	if !has(object, m[1]) {
		return nil, fmt.Sprintf("No such column '%s' on entity '%s'", m[1], object)
	}
	return func(row Row) bool {
		if m[3] != "" {
			return row[m[1]] == (m[3] == "true")
		}
		return row[m[1]] == m[2]
	}, ""
}
