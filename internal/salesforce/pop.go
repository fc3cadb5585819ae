package salesforce

import (
	"strings"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/span"
)

// flowTarget is what stands before the name of a flow in pop_target.
const flowTarget = "flow:"

// OnScreen tells whether the page says that it shows what ScreenPop would show: a
// record. What a search or a flow shows nobody can tell. Where the page does not say,
// the agent is shown the record once more than needed.
func (o *Org) OnScreen(ctx span.Context, ask caselog.ScreenPop) bool {
	id := o.record(ask)
	return id != "" && o.cti.Shows(ctx, id)
}

// record returns the record that is to be shown, or nothing where it is a search or
// a flow.
func (o *Org) record(ask caselog.ScreenPop) (id string) {
	switch {
	case strings.HasPrefix(o.opts.PopTarget, flowTarget), o.opts.PopTarget == "search" && searchFor(ask.Task.Customer()) != "":
		return ""
	case o.opts.PopTarget == "contact" && ask.Contact != "":
		return string(ask.Contact)
	}
	return string(ask.Case)
}

// ScreenPop shows what the admin wants shown.
func (o *Org) ScreenPop(ctx span.Context, ask caselog.ScreenPop) error {
	if id := o.record(ask); id != "" {
		return fail(o.cti.PopRecord(ctx, id))
	}
	customer := ask.Task.Customer()
	if flow, ok := strings.CutPrefix(o.opts.PopTarget, flowTarget); ok {
		return fail(o.cti.PopFlow(ctx, flow, []opencti.FlowArg{
			{Name: "engagement", Type: "String", Value: string(ask.Task.Engagement())},
			{Name: "caseId", Type: "String", Value: string(ask.Case)},
			{Name: "phone", Type: "String", Value: customer.Phone},
		}))
	}
	return fail(o.cti.SearchAndScreenPop(ctx, searchFor(customer), callType(ask.Task), newContact(customer)))
}

// searchFor returns what the customer can be found by, or nothing.
func searchFor(c caselog.Customer) string {
	if c.Phone != "" {
		return "+" + c.Phone
	}
	if strings.Contains(c.Address, "@") {
		return c.Address
	}
	return ""
}

// newContact returns the fields of a record that is made where none is found.
func newContact(c caselog.Customer) map[string]any {
	fields := map[string]any{}
	if c.Phone != "" {
		fields["Phone"] = "+" + c.Phone
	} else {
		fields["Email"] = c.Address
	}
	if c.Name != "" && c.Name != c.Address {
		fields["LastName"] = c.Name
	}
	return fields
}

func callType(t caselog.Task) opencti.CallType {
	if t.Direction == caselog.Outbound {
		return opencti.CallOutbound
	}
	return opencti.CallInbound
}
