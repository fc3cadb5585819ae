package opencti

import "slices"

// methods are those that a client calls.
var methods = [...]string{
	"runApex", "saveLog", "screenPop", "searchAndScreenPop", "refreshView", methodAppView,
	"enableClickToDial", "disableClickToDial", methodOnClick, "setSoftphonePanelVisibility",
}

const (
	methodAppView = "getAppViewInfo"
	methodOnClick = "onClickToDial"
	// methodStart has Salesforce's own copy read the page's address.
	methodStart = "initialize"
)

// lacking returns the methods of a client that are not among these.
func lacking(has []string) []string {
	var missing []string
	for _, method := range methods {
		if !slices.Contains(has, method) {
			missing = append(missing, method)
		}
	}
	return missing
}

// foreign reports whether a copy with these methods is not Salesforce's own, which
// can be started again, but something that stands in for it and has at least one of
// its methods.
func foreign(has []string) bool {
	return !slices.Contains(has, methodStart) && len(lacking(has)) < len(methods)
}
