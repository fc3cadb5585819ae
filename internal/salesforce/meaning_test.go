package salesforce_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/salesforce"
)

// refusal is how saveLog says no: a code that says nothing, and details.
func refusal(code, message string) error {
	return &opencti.CallError{Method: "saveLog", Errors: []opencti.Failure{{
		Code: "GENERIC_ERROR", Description: "An error occurred while calling the saveLog() API method. Review the Details field in the error section.",
		Details: []opencti.Detail{{Code: code, Message: message}},
	}}}
}

// apex is how runApex says no.
func apex(description string) error {
	return &opencti.CallError{Method: "runApex", Errors: []opencti.Failure{{Code: "SERVER_ERROR", Description: description}}}
}

func TestWhatErrorsMean(t *testing.T) {
	t.Parallel()
	const permission = `"Twilio Case Log Agent"`
	tests := map[string]struct {
		err    error
		want   caselog.Outcome
		advice string // a part of it
	}{
		"a key that is taken":                             {refusal("DUPLICATE_VALUE", ""), caselog.Duplicate, ""},
		"a key that is taken, in words only":              {refusal("", "duplicate value found: Key__c duplicates value on record with id: a00"), caselog.Duplicate, ""},
		"a locked Case":                                   {refusal("UNABLE_TO_LOCK_ROW", ""), caselog.NotNow, ""},
		"a locked Case, in words only":                    {refusal("", "unable to obtain exclusive access to this record"), caselog.NotNow, ""},
		"too many requests":                               {apex("REQUEST_LIMIT_EXCEEDED: ConcurrentPerOrgLongTxn Limit exceeded."), caselog.NotNow, ""},
		"a session that ended":                            {refusal("INVALID_SESSION_ID", ""), caselog.NotNow, ""},
		"a softphone that is not ready":                   {&opencti.CallError{Errors: []opencti.Failure{{Code: "SOFTPHONE_CONTAINER_ERROR"}}}, caselog.NotNow, ""},
		"a refusal without a word":                        {&opencti.CallError{}, caselog.NotNow, ""},
		"an exception in Apex that nobody knows":          {apex("System.NullPointerException: Attempt to de-reference a null object"), caselog.NotNow, ""},
		"a class that is not there":                       {apex("Could not load Apex class: TwilioCaseController."), caselog.Never, permission},
		"no access to the object":                         {refusal("INSUFFICIENT_ACCESS_OR_READONLY", ""), caselog.Never, permission},
		"no access, from Apex":                            {apex("System.DmlException: Insert failed. INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"), caselog.Never, permission},
		"a field that the agent may not write, from Apex": {apex("System.DmlException: Operation failed due to fields being inaccessible on Sobject Case, check errors on Exception or Result!"), caselog.Never, permission},
		"a field that the agent may not see":              {refusal("INVALID_FIELD", "No such column 'Key__c' on sobject of type TwilioCallLog__c"), caselog.Never, permission},
		"a validation rule":                               {refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Please enter a reason"), caselog.Never, "validation rule"},
		"a trigger that fails":                            {refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", ""), caselog.Never, "automation"},
		"a duplicate rule":                                {apex("DUPLICATES_DETECTED, You're creating a duplicate record"), caselog.Never, "duplicate rule"},
		"a required field of the org's own":               {refusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [Region__c]"), caselog.Never, "filled in"},
		"no storage left":                                 {refusal("STORAGE_LIMIT_EXCEEDED", ""), caselog.Never, "storage"},
		"a Case that somebody deleted":                    {refusal("ENTITY_IS_DELETED", ""), caselog.Never, "not there any more"},
		"a picklist without the value":                    {refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ""), caselog.Never, "deploy the package"},
		"a method that is not there":                      {&opencti.MissingError{Method: "runApex"}, caselog.Never, "has no runApex"},
		"a value that can't be sent":                      {&opencti.ArgumentError{Method: "runApex"}, caselog.Never, "Salesforce admin"},
		"no answer in time":                               {&opencti.TimeoutError{Method: "saveLog"}, caselog.Unknown, ""},
		"yes, but no id":                                  {opencti.ErrNoRecordID, caselog.Unknown, ""},
		"a null where a Case should be":                   {opencti.ErrNull, caselog.Unknown, ""},
		"an exception out of nowhere":                     {errors.New("boom"), caselog.Unknown, ""},
		"an answer that makes no sense":                   {&opencti.AnswerError{Method: "saveLog"}, caselog.Unknown, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := salesforce.New(&recorder{err: tt.err}, names).SaveLog(t.Context(), caselog.SaveLog{Task: task})
			var failed *salesforce.Error
			require.ErrorAs(t, err, &failed)
			require.Equal(t, tt.want, failed.Outcome(), "%v", tt.err)
			require.ErrorIs(t, err, tt.err)
			require.Contains(t, failed.Advice(), tt.advice)
			require.True(t, strings.HasSuffix(failed.Advice(), "."), "a sentence")
		})
	}
}

func TestCause(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want string
	}{
		"the class":                           {apex("Could not load Apex class: TwilioCaseController."), "class not accessible"},
		"the rights":                          {refusal("INSUFFICIENT_ACCESS_OR_READONLY", ""), "permission missing"},
		"a stand-in without the method":       {&opencti.MissingError{Method: "runApex"}, "missing method"},
		"a time-out, in Open CTI's own words": {&opencti.TimeoutError{Method: "saveLog", After: time.Second}, "Time-out: saveLog was not answered within 1s."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := salesforce.New(&recorder{err: tt.err}, names).SaveLog(t.Context(), caselog.SaveLog{Task: task})
			var failed *salesforce.Error
			require.ErrorAs(t, err, &failed)
			require.Equal(t, tt.want, failed.Cause())
		})
	}
}

func TestReason(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want string
	}{
		"codes":                         {refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Ada O_Neil must call back"), "GENERIC_ERROR, FIELD_CUSTOM_VALIDATION_EXCEPTION"},
		"an exception in Apex":          {apex("System.DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Ada"), "SERVER_ERROR, System.DmlException, REQUIRED_FIELD_MISSING"},
		"a name that looks like a code": {refusal("DUPLICATE_VALUE", "duplicate value found: ANNA_MARIA@EXAMPLE.COM is used"), "GENERIC_ERROR, DUPLICATE_VALUE"},
		"no refusal":                    {&opencti.TimeoutError{Method: "saveLog"}, ""},
		"a refusal without a word":      {&opencti.CallError{}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := salesforce.New(&recorder{err: tt.err}, names).SaveLog(t.Context(), caselog.SaveLog{Task: task})
			var failed *salesforce.Error
			require.ErrorAs(t, err, &failed)
			require.Equal(t, tt.want, failed.Reason())
		})
	}
}

func TestAdviceHoldsNothingOfTheCustomer(t *testing.T) {
	t.Parallel()
	_, err := salesforce.New(&recorder{err: refusal("STRING_TOO_LONG", "Name: data value too large: Ada +14155550100")}, names).
		SaveLog(t.Context(), caselog.SaveLog{Task: task})
	var failed *salesforce.Error
	require.ErrorAs(t, err, &failed)
	require.NotContains(t, failed.Advice(), "4155550100")
	require.NotContains(t, failed.Reason(), "Ada")
}
