package salesforce

import (
	"context"
	"strings"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
)

// lookTime is how long the page may take to say what it shows. Without an answer
// the agent is shown the record once more than needed.
const lookTime = time.Second

// flowTarget is what stands before the name of a flow in pop_target.
const flowTarget = "flow:"

// ScreenPop shows what the admin wants shown. There says that it is on the screen
// already.
func (o *Org) ScreenPop(ctx context.Context, ask caselog.ScreenPop) (there bool, err error) {
	customer := ask.Task.Customer()
	flow, isFlow := strings.CutPrefix(o.opts.PopTarget, flowTarget)
	switch {
	case isFlow:
		return false, fail(o.cti.PopFlow(ctx, flow, []opencti.FlowArg{
			{Name: "engagement", Type: "String", Value: string(ask.Task.Engagement())},
			{Name: "caseId", Type: "String", Value: string(ask.Case)},
			{Name: "phone", Type: "String", Value: customer.Phone},
		}))
	case o.opts.PopTarget == "search" && searchFor(customer) != "":
		return false, fail(o.cti.SearchAndScreenPop(ctx, searchFor(customer), callType(ask.Task), newContact(customer)))
	case o.opts.PopTarget == "contact" && ask.Contact != "":
		return o.popRecord(ctx, string(ask.Contact))
	}
	return o.popRecord(ctx, string(ask.Case))
}

func (o *Org) popRecord(ctx context.Context, id string) (there bool, err error) {
	if o.onScreen(ctx, id) {
		return true, nil
	}
	return false, fail(o.cti.PopRecord(ctx, id))
}

// onScreen tells whether the page says that it shows this record.
func (o *Org) onScreen(ctx context.Context, id string) bool {
	ctx, stop := context.WithTimeout(ctx, lookTime)
	defer stop()
	view, err := o.cti.AppView(ctx)
	return err == nil && sameRecord(view.RecordID, id)
}

// sameRecord compares ids, of which there is a form of 15 characters and one of 18
// that has the same at its beginning.
func sameRecord(a, b string) bool {
	const short = 15
	if len(a) < short || len(b) < short {
		return a == b && a != ""
	}
	return a[:short] == b[:short]
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
