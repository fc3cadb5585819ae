package opencti

// PopType is where a screen pop goes: the value of one of the library's
// SCREENPOP_TYPE constants.
type PopType string

// The kinds of screen pop, each with the params it takes.
const (
	PopSObject    PopType = "sobject"    // recordId
	PopURL        PopType = "url"        // url, relative
	PopObjectHome PopType = "objecthome" // scope
	PopList       PopType = "list"       // listViewId, scope
	PopSearch     PopType = "search"     // searchString, three characters or more
	PopNewRecord  PopType = "newRecord"  // entityName, defaultFieldValues
	PopFlow       PopType = "flow"       // flowDevName, flowArgs
)

// FlowArg is one input variable of a screen flow.
type FlowArg struct {
	Name  string // the variable's API name
	Type  string // its data type, such as String
	Value string
}

// CallType is what a search is for: which of the softphone layout's settings it
// follows. It is the value of one of the library's CALL_TYPE constants.
type CallType string

// The types of call.
const (
	CallInbound  CallType = "inbound"
	CallOutbound CallType = "outbound"
	CallInternal CallType = "internal"
)
