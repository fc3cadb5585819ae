package peak

// Cost is what a day costs the org.
type Cost struct {
	Agents   int
	Tasks    int
	Calls    int // over Open CTI that reach the org: Apex and rows
	Rows     int // of TwilioCallLog__c
	Cases    int
	Storage  int // bytes
	PerSec   float64
	APIShare float64 // of the daily API requests, if each call counted
}

// API requests in 24 hours of an Enterprise org: 100,000 and 1,000 for each licence.
// See https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
const (
	apiBase       = 100_000
	apiPerLicence = 1_000
)

// Sum reckons a day.
func Sum(d Day, o Org) Cost {
	tasks := d.Tasks()
	cases := int(float64(tasks) * (100 - d.Legs) / 100)
	calls := tasks * CallsPerTask
	rows := tasks * RowsPerTask
	return Cost{
		Agents: d.Agents, Tasks: tasks, Calls: calls, Rows: rows, Cases: cases,
		Storage:  (rows + cases) * o.RowBytes,
		PerSec:   float64(calls) * d.Peak / 3600,
		APIShare: float64(calls) / float64(apiBase+apiPerLicence*d.Agents),
	}
}
