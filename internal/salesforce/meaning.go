package salesforce

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/lean"
	"flexcaselog/internal/opencti"
)

// PermissionSet is the label of the permission set that agents need.
const PermissionSet = "Twilio Case Log Agent"

// meaning is what it means that Salesforce refuses with one of these signs:
// status codes, or words of the texts where the code is not handed on.
type meaning struct {
	outcome caselog.Outcome
	signs   []string
	advice  string // what a person can do; without customer data
	cause   string // in a few words, for the report
	// aboutFields says that it is a field, and not the row, that is not taken.
	aboutFields bool
}

// meanings is the whole table, the first match counts. Codes are those of the
// SOAP API's StatusCode and ExceptionCode.
//
// See https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
var meanings = []meaning{
	{outcome: caselog.Duplicate, signs: []string{"DUPLICATE_VALUE", "duplicate value found"}},

	// These pass by themselves.
	{outcome: caselog.NotNow, signs: []string{
		"UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access", "Record Currently Unavailable",
		"REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn", "ConcurrentRequests limit exceeded",
		"QUERY_TIMEOUT", "SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION", "ROW_LOCK",
		"INVALID_SESSION_ID", "Session expired", "SOFTPHONE_CONTAINER_ERROR", "container hasn't initialized",
	}},

	// These need a person.
	{outcome: caselog.Never, cause: "class not accessible", signs: []string{"Could not load Apex class"},
		advice: "Salesforce can't run the Apex class of the case log. Ask your Salesforce admin to install the package, or to assign you the permission set \"" + PermissionSet + "\"."},
	{outcome: caselog.Never, cause: "permission missing", aboutFields: true, signs: []string{
		"INSUFFICIENT_ACCESS", "insufficient access", "NoAccessException", "SecurityException", "no access to",
		"No such column", "is not supported", "INVALID_FIELD", "not accessible", "does not have permission", "being inaccessible",
	}, advice: "Salesforce refuses access to the case log. Ask your Salesforce admin for the permission set \"" + PermissionSet + "\"."},
	{outcome: caselog.Never, cause: "a validation rule or automation", signs: []string{"FIELD_CUSTOM_VALIDATION_EXCEPTION", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "FIELD_FILTER_VALIDATION_EXCEPTION"},
		advice: "A validation rule or automation in Salesforce refuses a record of the case log. It is kept; please tell your Salesforce admin."},
	{outcome: caselog.Never, cause: "a duplicate rule", signs: []string{"DUPLICATES_DETECTED"},
		advice: "A duplicate rule in Salesforce refuses the customer's Contact. Please tell your Salesforce admin."},
	{outcome: caselog.Never, cause: "a required field", signs: []string{"REQUIRED_FIELD_MISSING", "Required fields are missing"},
		advice: "Salesforce wants a field filled in that the case log does not know. Please tell your Salesforce admin."},
	{outcome: caselog.Never, cause: "no storage left", signs: []string{"STORAGE_LIMIT_EXCEEDED"},
		advice: "Salesforce has no storage left. The case log is kept; please tell your Salesforce admin."},
	{outcome: caselog.Never, cause: "the Case is gone", signs: []string{"ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"},
		advice: "The Case of this task is not there any more, so its log can't be written. Please tell your Salesforce admin."},
	{outcome: caselog.Never, cause: "fields are not as expected", aboutFields: true, signs: []string{
		"STRING_TOO_LONG", "data value too large", "INVALID_TYPE", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value for restricted picklist",
		"NUMBER_OUTSIDE_VALID_RANGE", "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID", "INVALID_PARAM", "INVALID_ID_FIELD",
	}, advice: "Salesforce's fields are not as the case log expects them. Please tell your Salesforce admin to deploy the package of this version."},
}

// unknownRefusal is what a refusal means that says nothing we know: it may pass.
var unknownRefusal = meaning{outcome: caselog.NotNow}

// meaningOf returns what an error of Open CTI means. Only what Salesforce has
// said itself, and what was never sent, is known: after all else it may have
// been done.
func meaningOf(err error) meaning {
	if refusal, ok := errors.AsType[*opencti.CallError](err); ok {
		said := lean.Lower(text(refusal))
		for _, m := range meanings {
			for _, sign := range m.signs {
				if strings.Contains(said, lean.Lower(sign)) {
					return m
				}
			}
		}
		return unknownRefusal
	}
	if missing, ok := errors.AsType[*opencti.MissingError](err); ok {
		return meaning{
			outcome: caselog.Never, cause: "missing method",
			advice: "What stands in for Salesforce's call library in this page has no " + missing.Method + ", so the case log can't go on with it. Please tell your Salesforce admin.",
		}
	}
	if _, ok := errors.AsType[*opencti.ArgumentError](err); ok {
		return meaning{outcome: caselog.Never}
	}
	return meaning{outcome: caselog.Unknown}
}

// codes returns the codes that Salesforce gave, and what it says in texts that the
// table knows or is an exception's name, each once. Anything else in a text may be
// the customer's.
func codes(refusal *opencti.CallError) string {
	var found []string
	add := func(code string) {
		if code != "" && !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	for _, f := range refusal.Errors {
		add(f.Code)
		for _, d := range f.Details {
			add(d.Code)
		}
	}
	words := lean.Blank(text(refusal), func(c byte) bool {
		return c < utf8.RuneSelf && c != '_' && c != '.' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	})
	for _, word := range strings.Split(words, " ") {
		word = strings.TrimSuffix(strings.TrimPrefix(word, "."), ".")
		if strings.HasSuffix(word, "Exception") || slices.ContainsFunc(meanings, func(m meaning) bool { return slices.Contains(m.signs, word) }) {
			add(word)
		}
	}
	return strings.Join(found, ", ")
}

// text returns all that Salesforce said.
func text(refusal *opencti.CallError) string {
	var b strings.Builder
	for _, f := range refusal.Errors {
		b.WriteString(f.Code + "\n" + f.Description + "\n")
		for _, d := range f.Details {
			b.WriteString(d.Code + "\n" + d.Message + "\n")
		}
	}
	return b.String()
}
