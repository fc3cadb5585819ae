package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// What the package in apex/ brings, and how it is put there.
const (
	permissionSet = "TwilioCaseLogAgent"
	engagement    = "TwilioEngagement__c"
	install       = "run `sf project deploy start --source-dir apex/force-app/main`"
	assign        = "run `sf org assign permset --name " + permissionSet + " --on-behalf-of` with the names of the agents"
)

// Names are what the package is called in an org: those of the settings.
type Names struct {
	APIVersion string // of Open CTI
	ApexClass  string
	LogObject  string
}

// logFields are the fields of the log, by the type an org describes them as.
var logFields = map[string]string{
	"Case__c": "reference", "Status__c": "picklist", "Duration__c": "double", "Key__c": "string", "StartTime__c": "datetime",
	"TaskSid__c": "string", "ReservationSid__c": "string", "Channel__c": "string", "Direction__c": "string",
	"Queue__c": "string", "EndedBy__c": "string",
}

var statuses = []string{"Reservation accepted", "Wrapup", "Completed"}

// Salesforce looks at an org.
func Salesforce(ctx context.Context, o *Org, names Names) []Check {
	r := &report{side: "salesforce"}
	if r.session(ctx, o, names) {
		r.objects(ctx, o, names)
		r.access(ctx, o, names)
		r.centre(ctx, o)
	}
	return r.checks
}

// failed is a thing that could not be looked at.
func (r *report) failed(name string, err error) bool {
	if err == nil {
		return false
	}
	mend := "see what the message says and look again"
	var e *orgError
	if errors.As(err, &e) && (e.code == "INVALID_TYPE" || e.status == http.StatusForbidden) {
		mend = "give the token of an administrator: this one may not see it"
	}
	r.wrong(name, err.Error(), mend)
	return true
}

// session is whether the token opens the org, and the org can do what is needed.
func (r *report) session(ctx context.Context, o *Org, names Names) bool {
	var limits map[string]struct{ Max, Remaining int }
	err := o.get(ctx, resource("/limits"), &limits)
	var e *orgError
	if errors.As(err, &e) && e.status == http.StatusUnauthorized {
		r.wrong("org", e.Error(), "the token is old or of another org: log in with `sf org login web` and take the one that `sf org display --verbose` shows")
		return false
	}
	if r.failed("org", err) {
		return false
	}
	r.ok("org", "the token opens "+o.host)
	daily := limits["DailyApiRequests"]
	fault := ""
	if daily.Remaining*10 < daily.Max {
		fault = fmt.Sprintf("%d of %d API requests are left for the next 24 hours", daily.Remaining, daily.Max)
	}
	r.judge("API limit", fault, "find what uses them up: Setup > System Overview > API Usage", fmt.Sprintf("%d of %d requests are left", daily.Remaining, daily.Max))

	var versions []struct{ Version string }
	if r.failed("Open CTI version", o.get(ctx, "/services/data/", &versions)) {
		return true
	}
	newest := 0.0
	for _, v := range versions {
		n, _ := strconv.ParseFloat(v.Version, 64)
		newest = max(newest, n)
	}
	want, _ := strconv.ParseFloat(names.APIVersion, 64)
	fault = ""
	if want > newest {
		fault = fmt.Sprintf("the plugin is set to load Open CTI %s, and the org has none newer than %.1f", names.APIVersion, newest)
	}
	r.judge("Open CTI version", fault, fmt.Sprintf("run `flexcase configure set api_version=\"%.1f\"`", newest), names.APIVersion)
	return true
}

// objects is whether what is written has a place.
func (r *report) objects(ctx context.Context, o *Org, names Names) {
	fields, ok, err := o.describe(ctx, names.LogObject)
	switch {
	case r.failed("object", err):
	case !ok:
		r.wrong("object", fmt.Sprintf("there is no object %s, or the token may not see it", names.LogObject), install+", or set log_object to what it is called here")
	default:
		r.ok("object", names.LogObject)
		r.judge("fields", logFaults(fields), install, fmt.Sprintf("all %d", len(logFields)))
	}
	fields, _, err = o.describe(ctx, "Case")
	if r.failed("Case field", err) {
		return
	}
	fault := ""
	if f, ok := fields[engagement]; !ok {
		fault = fmt.Sprintf("Case has no field %s, or the token may not see it", engagement)
	} else if !f.Unique || !f.ExternalID {
		fault = fmt.Sprintf("Case.%s is not a unique external id, so one call may open two Cases", engagement)
	}
	r.judge("Case field", fault, install, "Case."+engagement)
}

// logFaults says what of the log's fields is not as it must be.
func logFaults(fields map[string]field) string {
	var faults []string
	for name, kind := range logFields {
		f, ok := fields[name]
		switch {
		case !ok:
			faults = append(faults, name+" is missing, or the token may not see it")
		case f.Type != kind:
			faults = append(faults, fmt.Sprintf("%s is a %s and not a %s", name, f.Type, kind))
		case name == "Key__c" && (!f.Unique || !f.ExternalID):
			faults = append(faults, "Key__c is not a unique external id, so a row may be there twice")
		case name == "Status__c":
			for _, want := range statuses {
				if !slices.Contains(f.Values, value{want, true}) {
					faults = append(faults, fmt.Sprintf("Status__c has no value %q", want))
				}
			}
		}
	}
	slices.Sort(faults)
	return strings.Join(faults, "; ")
}

// access is whether there is a class to call, and agents may call it.
func (r *report) access(ctx context.Context, o *Org, names Names) {
	name := names.ApexClass
	if _, own, ok := strings.Cut(name, "."); ok {
		name = own // the namespace is not part of it
	}
	rows, _, err := o.query(ctx, fmt.Sprintf("SELECT Id, Name, Status, IsValid FROM ApexClass WHERE Name = '%s'", name))
	if !r.failed("class", err) {
		fault := ""
		switch {
		case len(rows) == 0:
			fault = "there is no Apex class " + name
		case rows[0].text("Status") != "Active" || rows[0]["IsValid"] != true:
			fault = fmt.Sprintf("the Apex class %s is %s and cannot be called, or has to be compiled again", name, strings.ToLower(rows[0].text("Status")))
		}
		r.judge("class", fault, install, name)
	}
	_, n, err := o.query(ctx, fmt.Sprintf("SELECT COUNT() FROM PermissionSet WHERE Name = '%s'", permissionSet))
	if r.failed("permission set", err) {
		return
	}
	if n == 0 {
		r.wrong("permission set", "there is no permission set "+permissionSet, install)
		return
	}
	_, n, err = o.query(ctx, fmt.Sprintf("SELECT COUNT() FROM PermissionSetAssignment WHERE PermissionSet.Name = '%s' AND Assignee.IsActive = true", permissionSet))
	if r.failed("permission set", err) {
		return
	}
	fault := ""
	if n == 0 {
		fault = fmt.Sprintf("nobody has the permission set %s", permissionSet)
	}
	r.judge("permission set", fault, assign, fmt.Sprintf("%d active users have %s", n, permissionSet))
}

// centre is whether the console shows Flex to agents.
func (r *report) centre(ctx context.Context, o *Org) {
	rows, _, err := o.query(ctx, "SELECT Id, Name, InternalName, AdapterUrl, CustomSettings FROM CallCenter")
	if r.failed("call centre", err) {
		return
	}
	i := slices.IndexFunc(rows, func(c row) bool {
		return strings.Contains(c.text("AdapterUrl")+c.text("CustomSettings"), "flex.twilio.com")
	})
	if i < 0 {
		r.wrong("call centre", fmt.Sprintf("none of the %d call centres shows Flex", len(rows)), "make one with your Flex's URL as its adapter URL: Setup > Call Centers")
		return
	}
	centre := rows[i]
	fault, mend := centreFault(centre)
	r.judge("call centre", fault, mend, centre.text("Name"))

	users := fmt.Sprintf("SELECT COUNT() FROM User WHERE CallCenterId = '%s' AND IsActive = true", centre.text("Id"))
	_, n, err := o.query(ctx, users)
	if r.failed("agents", err) {
		return
	}
	_, without, err := o.query(ctx, users+fmt.Sprintf(" AND Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = '%s')", permissionSet))
	if r.failed("agents", err) {
		return
	}
	switch {
	case n == 0:
		r.wrong("agents", fmt.Sprintf("nobody is in the call centre %q", centre.text("Name")), "add the agents: Setup > Call Centers > Manage Call Center Users")
	case without > 0:
		r.wrong("agents", fmt.Sprintf("%d of the %d agents in the call centre have not the permission set %s", without, n, permissionSet), assign)
	default:
		r.ok("agents", fmt.Sprintf("%d in the call centre, all with the permission set", n))
	}
}

// centreFault says what keeps a call centre from showing Flex, and what to do.
func centreFault(centre row) (fault, mend string) {
	adapter, settings := centre.text("AdapterUrl"), centre.text("CustomSettings")
	u, err := url.Parse(adapter)
	switch {
	case strings.Contains(adapter, placeholder):
		return "its adapter URL still is that of the package, " + adapter, "put your Flex's URL in its place: Setup > Call Centers"
	case adapter != "" && (err != nil || u.Scheme != "https"):
		return fmt.Sprintf("its adapter URL %s is not https, and no browser shows that in Salesforce", adapter), "put https:// before it: Setup > Call Centers"
	case strings.Contains(settings, "reqSalesforceCompatibilityMode") && !strings.Contains(settings, "Lightning"):
		return "its Salesforce Compatibility Mode is Classic, and Lightning shows nothing then", "set the mode to Lightning: Setup > Call Centers"
	}
	return "", ""
}

// placeholder is what the package has in the place of Flex's address.
const placeholder = "YOUR-FLEX-ADDRESS"
