package org

import (
	"strings"

	"flexcaselog/internal/apexrun"
)

// save is saveLog without its answer: as the agent, with the permissions that the agent has.
func (t *tx) save(fields map[string]any) (string, error) {
	row := apexrun.Row{}
	for name, v := range fields {
		if name != "entityApiName" && name != "Id" {
			row[name] = v
		}
	}
	entity, isText := fields["entityApiName"].(string)
	if !isText && fields["entityApiName"] != nil {
		return "", refuse("INVALID_TYPE", "entityApiName", "entityApiName must be a text")
	}
	object := t.store.Object(entity)
	if entity != "" && (object == nil || object.Name != entity) {
		return "", unsupported(entity)
	}
	if fields["Id"] == nil || fields["Id"] == "" {
		if object == nil {
			return "", refuse("MISSING_ARGUMENT", "entityApiName", "entityApiName or Id is needed")
		}
		if err := t.permit(object, "", row); err != nil {
			return "", err
		}
		return t.Insert(object, row)
	}
	given, _ := fields["Id"].(string)
	id, ok := apexrun.ID18(given)
	if !ok {
		return "", refuse("MALFORMED_ID", "Id", "id value of incorrect type: %v", fields["Id"])
	}
	owner := t.store.ObjectOf(id)
	if owner == nil || object != nil && object != owner {
		return "", refuse("MALFORMED_ID", "Id", "%s ID: id value of incorrect type: %s", entity, id)
	}
	if err := t.permit(owner, id, row); err != nil {
		return "", err
	}
	return id, t.Update(owner, id, row)
}

func unsupported(entity string) error {
	return refuse("INVALID_TYPE", "entityApiName", "sObject type '%s' is not supported.", entity)
}

// permit refuses what the agent may not write. Which of its codes a real org answers through Open CTI is not documented; these are those
// of the Data API for the same refusals, and of the user interface where the object is not the agent's at all.
func (t *tx) permit(o *apexrun.Object, id string, fields apexrun.Row) error {
	access, err := t.Access(t.user)
	if err != nil {
		return err
	}
	rights := access.Object(o)
	switch {
	case !rights.Read:
		return &apexrun.RowError{Code: "INSUFFICIENT_ACCESS", Message: "You do not have the level of access necessary to perform the operation you requested."}
	case id == "" && !rights.Create || id != "" && !rights.Edit || isMetadata(o):
		return &apexrun.RowError{Code: "INSUFFICIENT_ACCESS_OR_READONLY", Message: "insufficient access rights on object id"}
	}
	var readOnly []string
	for _, f := range o.Fields {
		if _, given := fields[f.Name]; !given || f.ReadOnly {
			continue // what the org keeps is refused later, whoever writes it
		}
		switch may := access.Field(o, f); {
		case !may.Read:
			return refuse("INVALID_FIELD", f.Name, "No such column '%s' on sobject of type %s", f.Name, o.Name)
		case !may.Edit:
			readOnly = append(readOnly, f.Name)
		}
	}
	if len(readOnly) > 0 {
		return &apexrun.RowError{Code: "INVALID_FIELD_FOR_INSERT_UPDATE", Fields: readOnly, Message: "Unable to create/update fields: " + strings.Join(readOnly, ", ") +
			". Please check the security settings of this field and verify that it is read/write for your profile or permission set."}
	}
	admitted, err := admitAll(o, fields)
	if err != nil {
		return err
	}
	problem, err := apexrun.Rights{Tx: t, Access: access, User: t.user}.Refused(o, id, admitted, true)
	if err != nil || problem == nil {
		return err
	}
	return problem
}
