package opencti

import "flexcaselog/internal/span"

// ScreenPop shows something in the Salesforce page. Success means that Salesforce
// took the call, not that the agent can see the record. It blocks until the
// answer or the deadline, and errors as RunApex does.
//
// See screenPop() for Lightning Experience in the Open CTI Developer Guide,
// https://developer.salesforce.com/docs/atlas.en-us.api_cti.meta/api_cti/sforce_api_cti_screenpop_lex.htm
func (c *Client) ScreenPop(ctx span.Context, kind PopType, params map[string]any) error {
	if kind == "" || len(params) == 0 {
		return &ArgumentError{"screenPop", "the type or params", "is missing"}
	}
	_, err := c.call(ctx, "screenPop", map[string]any{"type": string(kind), "params": params})
	return err
}

// PopRecord shows the record with this ID, as ScreenPop does.
func (c *Client) PopRecord(ctx span.Context, recordID string) error {
	if !isRecordID(recordID) {
		return &ArgumentError{"screenPop", "recordId", "is no record ID"}
	}
	return c.ScreenPop(ctx, PopSObject, map[string]any{"recordId": recordID})
}

// PopFlow starts an active screen flow with these input variables, as ScreenPop
// does.
func (c *Client) PopFlow(ctx span.Context, flowDevName string, args []FlowArg) error {
	if flowDevName == "" {
		return &ArgumentError{"screenPop", "flowDevName", "is missing"}
	}
	params := map[string]any{"flowDevName": flowDevName}
	if len(args) > 0 {
		list := make([]any, len(args))
		for i, a := range args {
			if a.Name == "" || a.Type == "" {
				return &ArgumentError{"screenPop", "an argument of the flow", "has no name or no type"}
			}
			list[i] = map[string]any{"name": a.Name, "type": a.Type, "value": a.Value}
		}
		params["flowArgs"] = list
	}
	return c.ScreenPop(ctx, PopFlow, params)
}
