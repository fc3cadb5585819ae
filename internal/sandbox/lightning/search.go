package lightning

import (
	"context"
	"strings"
)

// searched are the objects of the softphone layout, with their fields that may hold the number.
var searched = map[string][]string{
	"Contact": {"Phone", "MobilePhone", "HomePhone"},
	"Lead":    {"Phone", "MobilePhone"},
	"Account": {"Phone", "PersonMobilePhone"},
}

// PopToFlow makes the softphone layout pop a screen flow for what searchAndScreenPop finds, whatever that is; empty ends it.
func (c *Console) PopToFlow(flowDevName string) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.popFlow = flowDevName
}

func (c *Console) flow() string {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	return c.faults.popFlow
}

// searchAndScreenPop looks by the digits of a number or a part of a name, and pops what it found unless it is deferred.
func (c *Console) searchAndScreenPop(ctx context.Context, args map[string]any) verdict {
	wanted := text(args["searchParams"])
	found := map[string]any{}
	var ids []string
	for _, object := range []string{"Contact", "Lead", "Account"} {
		for _, record := range c.config.Org.Records(ctx, object) {
			if !searchHit(record, wanted) {
				continue
			}
			hit := map[string]any{
				"Id": record.ID, "Name": record.Fields["Name"], "Phone": record.Fields["Phone"], "RecordType": record.Object,
			}
			if record.Fields["IsPersonAccount"] == true {
				hit["IsPersonAccount"], hit["PersonContactId"] = true, record.Fields["PersonContactId"]
			}
			found[record.ID] = hit
			ids = append(ids, record.ID)
		}
	}
	kind, params := c.popFor(ids, wanted, args)
	if args["deferred"] == true {
		found["SCREEN_POP_DATA"] = map[string]any{"type": kind, "params": params}
		return answered(succeed(found))
	}
	out := answered(succeed(found))
	out.Pop = c.pop(ctx, kind, params)
	return out
}

// popFor is the softphone layout's choice: the flow, or by how many were found.
func (c *Console) popFor(ids []string, wanted string, args map[string]any) (kind string, params map[string]any) {
	switch flow := c.flow(); {
	case flow != "":
		given, _ := args["params"].(map[string]any)
		of, _ := given["FLOW"].(map[string]any)
		return "flow", map[string]any{"flowDevName": flow, "flowArgs": of["flowArgs"]}
	case len(ids) == 1:
		return "sobject", map[string]any{"recordId": ids[0]}
	case len(ids) > 1:
		return "search", map[string]any{"searchString": wanted}
	}
	return "newRecord", map[string]any{"entityName": "Contact", "defaultFieldValues": args["defaultFieldValues"]}
}

func searchHit(record Record, wanted string) bool {
	number := digits(wanted)
	for _, field := range searched[record.Object] {
		if len(number) >= 7 && strings.HasSuffix(digits(text(record.Fields[field])), number) {
			return true
		}
	}
	name := text(record.Fields["Name"])
	return number == "" && wanted != "" && strings.Contains(strings.ToLower(name), strings.ToLower(wanted))
}
