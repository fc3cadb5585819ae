package org

import (
	"errors"

	"flexcaselog/internal/apexrun"
)

// Answer is the response of an Open CTI method, as it lies in the message to the softphone. Errors is null in JSON where there are none.
type Answer struct {
	Success     bool    `json:"success"`
	ReturnValue any     `json:"returnValue"`
	Errors      []Error `json:"errors"`
}

// Error is one entry of an answer's errors. Details is left out where there is nothing more to say.
type Error struct {
	Code        string `json:"code"`
	Description string `json:"description"`
	Details     any    `json:"details,omitempty"`
}

// Detail is one entry of a saveLog error's details.
type Detail struct {
	Message   string   `json:"message"`
	ErrorCode string   `json:"errorCode"`
	Fields    []string `json:"fields"`
}

// The codes of the Open CTI guide that this org answers.
const (
	codeServer  = "SERVER_ERROR"
	codeGeneric = "GENERIC_ERROR"
)

func failure(code, description string, details any) Answer {
	return Answer{Errors: []Error{{code, description, details}}}
}

// runApexFailure words an error of a runApex call. What a real org says about an exception inside of a method is not documented.
func runApexFailure(class string, err error) Answer {
	var absent *apexrun.NotLoadableError
	var thrown *apexrun.ThrownError
	switch {
	case errors.As(err, &absent) && absent.Method == "":
		return failure(codeServer, "Could not load Apex class: "+class+".", nil)
	case errors.As(err, &thrown):
		return failure(codeServer, thrown.Type+": "+thrown.Message, nil)
	}
	return failure(codeServer, err.Error(), nil)
}

// saveLogFailure words an error of a saveLog call: the rule that was broken is in the details.
func saveLogFailure(err error) Answer {
	detail := Detail{Message: err.Error(), ErrorCode: "UNKNOWN_EXCEPTION", Fields: []string{}}
	var row *apexrun.RowError
	if errors.As(err, &row) {
		detail = Detail{Message: row.Message, ErrorCode: row.Code, Fields: append([]string{}, row.Fields...)}
	}
	return failure(codeGeneric, "An error occurred while calling the saveLog() API method. Review the Details field in the error section.", []Detail{detail})
}
