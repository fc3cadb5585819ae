package salesforce

import (
	"strings"
	"time"

	"flexcaselog/internal/caselog"
	"flexcaselog/internal/opencti"
	"flexcaselog/internal/span"
)

// lookTime is how long the page may take to say what it shows. Without an answer
// the agent is shown the record once more than needed.
const lookTime = time.Second

// flowTarget is what stands before the name of a flow in pop_target.
const flowTarget = "flow:"

// OnScreen tells whether the page says that it shows what ScreenPop would show: a
// record. What a search or a flow shows nobody can tell.
func (o *Org) OnScreen(ctx span.Context, ask caselog.ScreenPop) bool {
	id := o.record(ask)
	return id != "" && o.shows(ctx, id)
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

// shows tells whether the page says that it shows this record.
func (o *Org) shows(ctx span.Context, id string) bool {
	ctx, stop := span.WithTimeout(ctx, lookTime)
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
