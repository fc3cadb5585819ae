package opencti

import (
	"github.com/hack-pad/safejs"

	"flexcaselog/internal/jscall"
)

// inPage is what Host says of a copy that Load found.
const inPage = "a copy that was in the page (another plugin's or a stand-in)"

// Host returns whose copy of the library this client calls, in words for a
// report, such as "Salesforce's library 62.0".
func (c *Client) Host() string { return c.host }

// hostMark is the property of a copy in which an earlier program in this page has
// left whose it is.
const hostMark = "flexCaselogHost"

// mark leaves whose copy it is to later programs in this page.
func mark(api safejs.Value, host string) {
	_ = jscall.Set(api, hostMark, host) // of a copy that takes no mark the report says less
}

// hostOf returns whose a copy is that was in the page.
func hostOf(api safejs.Value) string {
	if host, err := jscall.String(api, hostMark); err == nil {
		return host
	}
	return inPage
}

// Lacks returns the methods of a client that its copy of the library does not
// have: none of Salesforce's own, perhaps some of a stand-in's. Calling one of
// them errors with a [*MissingError].
func (c *Client) Lacks() []string {
	var missing []string
	for _, method := range methods {
		if !has(c.api, method) {
			missing = append(missing, method)
		}
	}
	return missing
}

// methods are those that a client calls.
var methods = [...]string{
	"runApex", "saveLog", "screenPop", "searchAndScreenPop", "refreshView", methodAppView,
	"enableClickToDial", "disableClickToDial", "onClickToDial", "setSoftphonePanelVisibility",
}

// probes are methods that change nothing, whose answers prove that a copy of the
// library is alive.
var probes = [...]string{methodAppView, "isSoftphonePanelVisible", "getSoftphoneLayout", "getCallCenterSettings"}

// foreign reports whether a copy is not Salesforce's own, which can be started
// again, but something that stands in for it and has at least one of its methods.
func foreign(api safejs.Value) bool {
	c := &Client{api: api}
	return !has(api, methodStart) && len(c.Lacks()) < len(methods)
}

// methodStart has Salesforce's own copy read the page's address.
const methodStart = "initialize"
