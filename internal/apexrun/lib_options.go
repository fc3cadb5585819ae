package apexrun

import "strings"

// options is a Database.DMLOptions or its DuplicateRuleHeader. There are no duplicate rules here, so the header is held and has no effect.
type options struct {
	kind   string
	fields map[string]any // by lower-case name
}

// optionKinds are the options that are understood, and the types of their values. Another one is a fault: it would have an effect.
var optionKinds = map[string]map[string]string{
	"Database.DMLOptions":                     {"optallornone": "Boolean", "duplicateruleheader": "Database.DMLOptions.DuplicateRuleHeader"},
	"Database.DMLOptions.DuplicateRuleHeader": {"allowsave": "Boolean", "runascurrentuser": "Boolean", "includerecorddetails": "Boolean"},
}

func newOptions() *options {
	header := &options{kind: "Database.DMLOptions.DuplicateRuleHeader", fields: map[string]any{}}
	return &options{kind: "Database.DMLOptions", fields: map[string]any{"duplicateruleheader": header}}
}

func (f *frame) option(o *options, name string) (key, kind string) {
	key = strings.ToLower(name)
	kind, ok := optionKinds[o.kind][key]
	if !ok {
		f.fail("%s.%s is not known to this interpreter", o.kind, name)
	}
	return key, kind
}

func (f *frame) setOption(o *options, name string, v any) {
	key, kind := f.option(o, name)
	o.fields[key] = f.coerce(v, kind)
}
