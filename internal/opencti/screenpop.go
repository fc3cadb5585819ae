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
